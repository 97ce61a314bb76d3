import { z } from 'zod';
import { HubId } from './ids.ts';

/** OCC's classes of documents. */
export const DocumentType = z.enum(['signed_agreement', 'proposal', 'signable_document']);
export type DocumentType = z.infer<typeof DocumentType>;

/** What an event says of a document. The bytes stay in core: they are fetched by id (`occ.core.documents.get`). */
export const DocumentReference = z.object({
  document_id: HubId,
  type: DocumentType,
  title: z.string().min(1).max(200),
  content_type: z.literal('application/pdf'),
  size: z.int().nonnegative().describe('bytes'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DocumentReference = z.infer<typeof DocumentReference>;
