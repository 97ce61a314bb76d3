import { ExternalId, HubId, Instant } from '@occ-hub/contracts';
import { z } from 'zod';
import { idOf } from '../store/id-of.ts';
import { MemberName } from '../members/member.ts';

/** Which OCC member a CRM user is, as it is stored. An inactive link is kept: it says who it was. */
export const UserLinkRecord = z.object({
  _id: HubId,
  org: HubId,
  connection: HubId,
  crm_id: ExternalId,
  member: HubId,
  active: z.boolean(),
  changed_by: HubId.describe('A member, or `hub` for a link that was made by e-mail address'),
  created_at: z.date(),
  updated_at: z.date(),
});
export type UserLinkRecord = z.infer<typeof UserLinkRecord>;

export const UserLinkView = z.object({
  crm_id: ExternalId,
  member: MemberName,
  active: z.boolean(),
  changed_by: HubId.describe('The member who changed it last; `hub`: made by the hub, by e-mail address'),
  created_at: Instant,
  updated_at: Instant,
});
export type UserLinkView = z.infer<typeof UserLinkView>;

export const SetUserLink = z.object({
  member: HubId,
  active: z.boolean().default(true).describe('Inactive: appointments of this CRM user are skipped'),
});
export type SetUserLink = z.infer<typeof SetUserLink>;

export function linkIdOf(connection: string, crmId: string): string {
  return idOf('lnk', [connection, crmId]);
}

export function userLinkView(link: UserLinkRecord, names: ReadonlyMap<string, string>): UserLinkView {
  return {
    crm_id: link.crm_id,
    member: { id: link.member, name: names.get(link.member) ?? '' },
    active: link.active,
    changed_by: link.changed_by,
    created_at: link.created_at.toISOString(),
    updated_at: link.updated_at.toISOString(),
  };
}

/** True when appointments that were skipped until now may come in: worth a sync at once. */
export function opensAppointments(before: UserLinkRecord | null, after: UserLinkRecord): boolean {
  return after.active && before?.active !== true;
}
