import type { CrmUser, SyncRun } from '@occ-hub/contracts';
import { ExternalId } from '@occ-hub/contracts';
import { z } from 'zod';
import { MemberName } from '../members/member.ts';
import { addressOf } from './link-by-email.ts';
import { type Candidate, suggestMember } from './suggest-member.ts';
import { type UserLinkRecord, UserLinkView, userLinkView } from './user-link.ts';

/** A CRM user with all that is needed to link them. */
export const CrmUserRow = z.object({
  crm_id: ExternalId,
  name: z.string(),
  email: z.string().optional(),
  listed: z.boolean().describe('False: appointments name this user, but the list of users does not'),
  link: UserLinkView.optional(),
  suggestion: MemberName.extend({ likeness: z.number() })
    .optional()
    .describe('An unlinked member of the same or nearly the same name, or e-mail address; a person decides'),
  skipped: z.int().describe('Appointments that the last run skipped because this user is not linked'),
});
export type CrmUserRow = z.infer<typeof CrmUserRow>;

export interface CrmUserFacts {
  readonly users: readonly CrmUser[];
  readonly links: readonly UserLinkRecord[];
  readonly members: readonly (Candidate & { readonly email: string })[];
  readonly skipped: SyncRun['skipped_reps'];
}

/** The CRM's users, those in need of a link first: most skipped appointments, then by name. */
export function crmUserList({ users, links, members, skipped }: CrmUserFacts): readonly CrmUserRow[] {
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const linkOf = new Map(links.map((link) => [link.crm_id, link]));
  const taken = new Set(links.filter(({ active }) => active).map(({ member }) => member));
  const free = members.filter(({ id }) => !taken.has(id));
  const skips = new Map(skipped.map((rep) => [rep.crm_user_id, rep.count]));
  const unlisted = skipped
    .filter((rep) => !users.some((user) => user.crm_id === rep.crm_user_id))
    .map((rep) => ({ crm_id: rep.crm_user_id, name: rep.name, listed: false }));
  const rows = [...users.map((user) => ({ ...user, listed: true })), ...unlisted].map((user): CrmUserRow => {
    const link = linkOf.get(user.crm_id);
    const suggestion = link?.active === true ? undefined : suggestionFor(user, free);
    return {
      ...user,
      skipped: link?.active === true ? 0 : (skips.get(user.crm_id) ?? 0),
      ...(link === undefined ? {} : { link: userLinkView(link, names) }),
      ...(suggestion === undefined ? {} : { suggestion }),
    };
  });
  return rows.sort((a, b) => b.skipped - a.skipped || a.name.localeCompare(b.name));
}

function suggestionFor(user: CrmUser, free: CrmUserFacts['members']): CrmUserRow['suggestion'] {
  const address = addressOf(user.email);
  const byEmail = address === '' ? undefined : free.find(({ email }) => addressOf(email) === address);
  if (byEmail !== undefined) return { id: byEmail.id, name: byEmail.name, likeness: 1 };
  const byName = suggestMember(user.name, free);
  return byName === undefined ? undefined : { id: byName.id, name: byName.name, likeness: byName.likeness };
}
