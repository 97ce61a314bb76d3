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

/** A second click comes within this; what is given again later is meant. */
export const doubleClickMs = 30_000;

/**
 * Whether giving the same again asks for nothing new: it is on its way, or it was delivered and either the CRM is known to
 * have it, or this is a second click. Later on the office may have changed it at the CRM, so it is sent once more.
 */
export function isRepeat(
  held: { readonly crm: CrmWrite | undefined; readonly givenAt: Date | undefined },
  { now, crmHasIt }: { readonly now: number; readonly crmHasIt: boolean },
): boolean {
  if (held.crm?.status === 'pending') return true;
  if (held.crm?.status !== 'delivered') return false;
  return crmHasIt || now - (held.givenAt?.getTime() ?? 0) < doubleClickMs;
}
