import type { Asker } from '@occ-hub/bus';
import { type DocumentReference, coreSubject, getDocument, keepCrmLists, listUserLinks } from '@occ-hub/contracts';
import { fetchDocument } from '../documents/fetch-document.ts';
import type { CrmLists } from '../poll/poll-once.ts';

/** What a provider asks of core. `subjectOf` gives a subject's name on the server. */
export function createCoreQuestions(asker: Asker, subjectOf: (subject: string) => string) {
  return {
    /** CRM users with an active link to an OCC member. */
    async linkedReps(org: string, connection: string): Promise<ReadonlySet<string>> {
      const { crm_user_ids: ids } = await asker.ask(subjectOf(coreSubject(listUserLinks)), listUserLinks, {
        org,
        connection,
      });
      return new Set(ids);
    },
    /** Hands over what a CRM lists; core links users by e-mail. Answers as `linkedReps`. */
    async keepLists(org: string, connection: string, { users, lookups }: CrmLists): Promise<ReadonlySet<string>> {
      const { crm_user_ids: ids } = await asker.ask(subjectOf(coreSubject(keepCrmLists)), keepCrmLists, {
        ...{ org, connection },
        users: [...users],
        lookups,
      });
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
