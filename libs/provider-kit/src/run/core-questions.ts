import type { Asker } from '@occ-hub/bus';
import {
  type DocumentReference,
  coreSubject,
  getDocument,
  keepCrmLists,
  keepCrmUsers,
  listUserLinks,
  usersAtOnce,
} from '@occ-hub/contracts';
import type { NewId } from '@occ-hub/service';
import { fetchDocument } from '../documents/fetch-document.ts';
import type { CrmLists } from '../poll/poll-once.ts';

/** What a provider asks of core. `subjectOf` gives a subject's name on the server. */
export function createCoreQuestions(asker: Asker, subjectOf: (subject: string) => string, newId: NewId) {
  return {
    /** CRM users with an active link to an OCC member. */
    async linkedReps(org: string, connection: string): Promise<ReadonlySet<string>> {
      const { crm_user_ids: ids } = await asker.ask(subjectOf(coreSubject(listUserLinks)), listUserLinks, {
        org,
        connection,
      });
      return new Set(ids);
    },
    /** Hands over what a CRM lists, long lists of users in parts; core links users by e-mail. Answers as `linkedReps`. */
    async keepLists(
      org: string,
      connection: string,
      { users, lookups }: Omit<CrmLists, 'warnings'>,
    ): Promise<ReadonlySet<string>> {
      const which = { org, connection };
      const reading = users.length <= usersAtOnce ? undefined : newId('rdg');
      let from = 0;
      for (; reading !== undefined && users.length - from > usersAtOnce; from += usersAtOnce) {
        const part = users.slice(from, from + usersAtOnce);
        await asker.ask(subjectOf(coreSubject(keepCrmUsers)), keepCrmUsers, { ...which, reading, from, users: part });
      }
      const last = { ...which, reading, users: users.slice(from), lookups };
      const { crm_user_ids: ids } = await asker.ask(subjectOf(coreSubject(keepCrmLists)), keepCrmLists, last);
      return new Set(ids);
    },
    /** A document's bytes, checked against the reference of the event. */
    async bytesOf(org: string, document: DocumentReference): Promise<Buffer> {
      const { url } = await asker.ask(subjectOf(coreSubject(getDocument)), getDocument, {
        org,
        document: document.document_id,
      });
      return fetchDocument(url, document);
    },
  };
}

/** What a provider asks of core. */
export type CoreQuestions = ReturnType<typeof createCoreQuestions>;
