import { answer, type Answering } from '@occ-hub/bus';
import { coreSubject, getDocument, listUserLinks } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { referenceOf } from './documents/document.ts';
import type { DocumentTokens } from './documents/document-token.ts';
import type { Outside } from './outside.ts';
import { storeFault } from './store/store-fault.ts';
import type { Stores } from './stores.ts';

export interface QuestionParts {
  readonly stores: Stores;
  readonly tokens: DocumentTokens;
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
      handle: atTheEdge(async ({ org, connection }) => {
        if ((await connections.find(org, connection)) === null) throw unknown('connection');
        return { crm_user_ids: [...(await links.activeCrmIds(org, connection))] };
      }),
    }),
    answer(nats, {
      subject: subjectOf(coreSubject(getDocument)),
      command: getDocument,
      queue,
      handle: atTheEdge(async ({ org, document: id }) => {
        const document = await documents.find(id, org);
        if (document === null) throw unknown('document');
        const token = await parts.tokens.sign(id);
        return { document: referenceOf(document), url: `${parts.internalUrl}/internal/documents/${id}?token=${token}` };
      }),
    }),
  ]);
}

function atTheEdge<Question, Reply>(handle: (question: Question) => Promise<Reply>) {
  return async (question: Question): Promise<Reply> => {
    try {
      return await handle(question);
    } catch (error) {
      throw storeFault(error);
    }
  };
}

/** An error and never an empty answer: a poll with no links would skip every appointment. */
function unknown(noun: string): HubError {
  const message = `Core has no such ${noun} in this org.`;
  return new HubError({ kind: 'rejected', code: `core.${noun}.unknown`, message });
}
