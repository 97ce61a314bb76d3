import { HubId, Instant, Metadata } from '@occ-hub/contracts';
import { z } from 'zod';
import { CrmStatus, crmStatusOf, CrmWrite } from '../settled/crm-status.ts';
import type { HasOutbox } from '../outbox/outbox-entry.ts';

/** A note as it is stored: read from the CRM, or written in OCC. */
export const NoteRecord = z.object({
  _id: HubId,
  org: HubId,
  job: HubId,
  appointment: HubId.optional(),
  note: z.string(),
  text_key: z.string().describe('Same job and same text, same key: what OCC wrote and a poll brings back is one note'),
  origin: z.enum(['crm', 'occ']),
  metadata: Metadata,
  written_by: HubId.optional(),
  created_at: z.date(),
  crm: CrmWrite.optional(),
});
export type NoteRecord = z.infer<typeof NoteRecord> & HasOutbox;

export const NoteView = z.object({
  id: HubId,
  job: HubId,
  appointment: HubId.optional(),
  note: z.string(),
  origin: z.enum(['crm', 'occ']),
  metadata: Metadata,
  written_by: HubId.optional(),
  created_at: Instant,
  crm_status: CrmStatus.optional(),
});
export type NoteView = z.infer<typeof NoteView>;

export function noteView(record: NoteRecord): NoteView {
  const { _id, org: _org, text_key: _key, outbox: _outbox, crm, created_at, ...rest } = record;
  return { id: _id, ...rest, created_at: created_at.toISOString(), crm_status: crmStatusOf(crm) };
}
