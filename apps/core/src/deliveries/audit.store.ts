import type { Connection } from 'mongoose';
import { DeliveryFilter, HubId } from '@occ-hub/contracts';
import { z } from 'zod';
import type { Page, PageQuery } from '../store/page.ts';
import { collection } from '../store/collection.ts';
import { pageOf } from '../store/page-of.ts';

/** Who did what to whose deliveries, and what came of it. Written once, never changed. */
export const AuditRecord = z.object({
  _id: HubId,
  at: z.date(),
  by: z.string(),
  role: z.string(),
  org: HubId.optional().describe("Absent: an operator's action over all orgs"),
  provider: z.string(),
  action: z.enum(['replay', 'abort', 'choose']),
  deliveries: z.array(HubId).readonly().optional(),
  filter: DeliveryFilter.optional(),
  send_again: z.boolean().optional(),
  reason: z.string().optional(),
  choice: z.string().optional().describe('The question that was answered, where it was named'),
  option: z.string().optional().describe('What was chosen'),
  step: z.enum(['asked', 'done', 'failed']),
  asked: HubId.optional().describe('The entry of the asking that this is the end of'),
  affected: z.array(HubId).readonly().optional(),
  code: z.string().optional(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

export type AuditStore = ReturnType<typeof createAuditStore>;

export function createAuditStore(connection: Connection) {
  const audit = collection<AuditRecord>(connection, {
    name: 'audit',
    indexes: [[{ at: 1, _id: 1 }], [{ org: 1, at: 1, _id: 1 }]],
  });
  return {
    async append(record: AuditRecord): Promise<void> {
      await audit.collection.insertOne(record as never);
    },
    /** Newest first; without an org of all. */
    async list(org: string | undefined, page: PageQuery): Promise<Page<AuditRecord>> {
      return pageOf(audit, org === undefined ? {} : { org }, { by: 'at', direction: 'newest-first', ...page });
    },
  };
}
