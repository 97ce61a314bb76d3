import { HubId, Instant, WriteOutcome } from '@occ-hub/contracts';
import { z } from 'zod';

/** What became of a change at the CRM: waiting to be told, or how the write ended. */
export const CrmWrite = z.object({
  status: z.enum(['pending', ...WriteOutcome.options]),
  event_id: HubId.describe('The event that asked for the write'),
  at: z.date(),
  delivery_id: HubId.optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  vendor_ids: z.record(z.string(), z.string()).optional(),
});
export type CrmWrite = z.infer<typeof CrmWrite>;

export const CrmStatus = CrmWrite.extend({ at: Instant }).describe('How the CRM stands with this change');
export type CrmStatus = z.infer<typeof CrmStatus>;

/** Absent where nothing was ever to be written to the CRM. */
export function crmStatusOf(write: CrmWrite | undefined): CrmStatus | undefined {
  return write === undefined ? undefined : { ...write, at: write.at.toISOString() };
}

/** True while the CRM has the change or will have it without anybody doing something. */
export function isOnItsWay(write: CrmWrite | undefined): boolean {
  return write !== undefined && ['pending', 'delivered'].includes(write.status);
}
