import { HubId, Instant } from '@occ-hub/contracts';
import { z } from 'zod';

/** What a member of an org may be. */
export const MemberRole = z.enum(['org-admin', 'org-user']);

/** An OCC user as it is stored. */
export const MemberRecord = z.object({
  _id: HubId,
  org: HubId,
  name: z.string(),
  email: z.string().describe('Lower case'),
  role: MemberRole,
  created_at: z.date(),
});
export type MemberRecord = z.infer<typeof MemberRecord>;

export const NewMember = z.object({
  id: HubId.optional().describe('The `sub` of their tokens; absent: core makes one'),
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254).toLowerCase(),
  role: MemberRole,
});

export const MemberView = z.object({
  id: HubId,
  name: z.string(),
  email: z.string(),
  role: MemberRole,
  created_at: Instant,
});
export type MemberView = z.infer<typeof MemberView>;

/** A member as other views name them. */
export const MemberName = z.object({ id: HubId, name: z.string() });
export type MemberName = z.infer<typeof MemberName>;

export function memberView({ _id, name, email, role, created_at }: MemberRecord): MemberView {
  return { id: _id, name, email, role, created_at: created_at.toISOString() };
}
