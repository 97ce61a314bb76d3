import { answer, type Answering } from '@occ-hub/bus';
import { coreSubject, getDocument, keepCrmLists, keepCrmUsers, listUserLinks } from '@occ-hub/contracts';
import { withStoreFaults } from '@occ-hub/store';
import type { Clock } from '@occ-hub/service';
import { keepLists, keepUsersPart } from './crm-lists/keep-lists.ts';
import { referenceOf } from './documents/document.ts';
import type { DocumentTokens } from './documents/document-token.ts';
import type { Outside } from './outside.ts';
import { found } from './store/found.ts';
import type { Stores } from './stores.ts';

export interface QuestionParts {
  readonly stores: Stores;
  readonly tokens: DocumentTokens;
  readonly clock: Clock;
  /** Base of document URLs inside the cluster. */
  readonly internalUrl: string;
}

const queue = 'core';

/** Answers what providers ask core. */
export async function answerQuestions(
  { nats, subjectOf }: Outside,
  parts: QuestionParts,
): Promise<readonly Answering[]> {
  const { connections, links, documents } = parts.stores;
  return Promise.all([
    answer(nats, {
      subject: subjectOf(coreSubject(listUserLinks)),
      command: listUserLinks,
      queue,
      handle: withStoreFaults(async ({ org, connection }) => {
        // An error and never an empty answer: a poll with no links would skip every appointment.
        found(await connections.find(org, connection), 'connection');
        return { crm_user_ids: [...(await links.activeCrmIds(org, connection))] };
      }),
    }),
    answer(nats, {
      subject: subjectOf(coreSubject(keepCrmUsers)),
      command: keepCrmUsers,
      queue,
      handle: withStoreFaults(async ({ org, connection, ...part }) => {
        await keepUsersPart(parts.stores, { org, connection }, part);
        return {};
      }),
    }),
    answer(nats, {
      subject: subjectOf(coreSubject(keepCrmLists)),
      command: keepCrmLists,
      queue,
      handle: withStoreFaults(async ({ org, connection, ...read }) => {
        await keepLists({ ...parts.stores, clock: parts.clock }, { org, connection }, read);
        return { crm_user_ids: [...(await links.activeCrmIds(org, connection))] };
      }),
    }),
    answer(nats, {
      subject: subjectOf(coreSubject(getDocument)),
      command: getDocument,
      queue,
      handle: withStoreFaults(async ({ org, document: id }) => {
        const document = found(await documents.find(org, id), 'document');
        const token = await parts.tokens.sign(id);
        return { document: referenceOf(document), url: `${parts.internalUrl}/internal/documents/${id}?token=${token}` };
      }),
    }),
  ]);
}
