import { DocumentSigned } from '@occ-hub/contracts';
import { defineSink } from '@occ-hub/provider-kit';
import type { LeadPerfectionClient } from '../client.ts';
import { type Settings, documentTypeId } from '../settings.ts';

/** LeadPerfection gives no id for a file, so its name carries ours: by it an upload of unknown end is found again. */
export const documentSigned = defineSink<LeadPerfectionClient, Settings, typeof DocumentSigned>({
  event: DocumentSigned,
  unwanted: ({ document }, { attach_documents: wanted }) =>
    wanted.includes(document.type) ? undefined : 'The document attachment preferences leave this type out.',
  async write({ data, client, settings, step, bytesOf }) {
    const { appointment_external_id: appointment, document } = data;
    const name = `${document.title.replace(/[^\p{L}\p{N}.-]+/gu, ' ').trim()} ${document.document_id}.pdf`;
    const written = { file: name, issued_lead: appointment };
    return step('add-file', {
      find: async () =>
        (await client.fileNames(appointment)).some((each) => each.includes(document.document_id)) ? written : undefined,
      do: async () => {
        const bytes = await bytesOf(document);
        await client.addFile({
          appointment,
          name,
          description: document.title,
          typeId: documentTypeId(settings, document.type),
          bytes,
        });
        return written;
      },
    });
  },
});
