import { DocumentSigned } from '@occ-hub/contracts';
import { defineSink } from '@occ-hub/provider-kit';
import type { Improveit360Client } from '../client.ts';
import type { Settings } from '../settings.ts';

/** The document becomes a file of the appointment. Its description carries OCC's id: by it an upload of unknown end is found again. */
export const documentSigned = defineSink<Improveit360Client, Settings, typeof DocumentSigned>({
  event: DocumentSigned,
  unwanted: ({ document }, { attach_documents: wanted }) =>
    wanted.includes(document.type) ? undefined : 'The document attachment preferences leave this type out.',
  async write({ data, client, step, bytesOf }) {
    const { appointment_external_id: record, document } = data;
    const mark = `One Click Contractor document ${document.document_id}`;
    return step('add-file', {
      find: async () => {
        const file = await client.fileWith(record, mark);
        return file === undefined ? undefined : { content_document: file, sales_appointment: record };
      },
      do: async () => {
        const bytes = await bytesOf(document);
        const version = await client.addFile({ record, title: document.title, mark, digest: document.sha256, bytes });
        return { content_version: version, sales_appointment: record };
      },
    });
  },
});
