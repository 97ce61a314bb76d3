import { DocumentReference, DocumentType, HubId, Instant } from '@occ-hub/contracts';
import { z } from 'zod';
import { CrmStatus, crmStatusOf, CrmWrite } from '../settled/crm-status.ts';
import type { HasOutbox } from '../outbox/outbox-entry.ts';

/** A signed document as it is stored; its bytes lie in GridFS under `file`. */
export const DocumentRecord = z.object({
  _id: HubId,
  org: HubId,
  job: HubId,
  appointment: HubId,
  type: DocumentType,
  title: z.string(),
  content_type: z.literal('application/pdf'),
  size: z.int(),
  sha256: z.string(),
  file: z.string().describe('The id of the bytes'),
  signed_by: HubId,
  created_at: z.date(),
  crm: CrmWrite,
});
export type DocumentRecord = z.infer<typeof DocumentRecord> & HasOutbox;

export const DocumentView = DocumentReference.omit({ document_id: true }).extend({
  id: HubId,
  job: HubId,
  appointment: HubId,
  signed_by: HubId,
  created_at: Instant,
  crm_status: CrmStatus.optional(),
});
export type DocumentView = z.infer<typeof DocumentView>;

export function documentView(record: DocumentRecord): DocumentView {
  const { _id, org: _org, outbox: _outbox, file: _file, crm, created_at, ...rest } = record;
  return { id: _id, ...rest, created_at: created_at.toISOString(), crm_status: crmStatusOf(crm) };
}

/** What an event says of it. */
export function referenceOf(record: Omit<DocumentRecord, 'crm' | 'outbox'>): DocumentReference {
  const { _id, type, title, content_type, size, sha256 } = record;
  return { document_id: _id, type, title, content_type, size, sha256 };
}
