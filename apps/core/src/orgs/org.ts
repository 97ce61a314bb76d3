import { HubId, Instant, TimeZone } from '@occ-hub/contracts';
import { z } from 'zod';

/** An organisation as it is stored. */
export const OrgRecord = z.object({ _id: HubId, name: z.string(), time_zone: TimeZone, created_at: z.date() });
export type OrgRecord = z.infer<typeof OrgRecord>;

export const NewOrg = z.object({
  id: HubId.optional().describe('Absent: core makes one'),
  name: z.string().trim().min(1).max(200),
  time_zone: TimeZone,
});
export type NewOrg = z.infer<typeof NewOrg>;

export const OrgView = z.object({ id: HubId, name: z.string(), time_zone: TimeZone, created_at: Instant });
export type OrgView = z.infer<typeof OrgView>;

export function orgView({ _id, created_at, ...rest }: OrgRecord): OrgView {
  return { id: _id, ...rest, created_at: created_at.toISOString() };
}
