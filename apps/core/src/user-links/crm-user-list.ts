import type { CrmUser, SyncRun } from '@occ-hub/contracts';
import { ExternalId } from '@occ-hub/contracts';
import { z } from 'zod';
import { MemberName } from '../members/member.ts';
import { addressOf } from './link-by-email.ts';
import { type Candidate, type Likeness, suggestAmong } from './suggest-member.ts';
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

/** The CRM's users, those in need of a link first: most skipped appointments, then by name. Without suggestions. */
export function crmUserList({ users, links, members, skipped }: CrmUserFacts): readonly CrmUserRow[] {
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const linkOf = new Map(links.map((link) => [link.crm_id, link]));
  const skips = new Map(skipped.map((rep) => [rep.crm_user_id, rep.count]));
  const listed = new Set(users.map(({ crm_id }) => crm_id));
  const unlisted = skipped
    .filter((rep) => !listed.has(rep.crm_user_id))
    .map((rep) => ({ crm_id: rep.crm_user_id, name: rep.name, listed: false }));
  const rows = [...users.map((user) => ({ ...user, listed: true })), ...unlisted].map((user): CrmUserRow => {
    const link = linkOf.get(user.crm_id);
    return {
      ...user,
      skipped: link?.active === true ? 0 : (skips.get(user.crm_id) ?? 0),
      ...(link === undefined ? {} : { link: userLinkView(link, names) }),
    };
  });
  return rows.sort((a, b) => b.skipped - a.skipped || byName.compare(a.name, b.name));
}

/** Making one takes longer than most comparisons with it. */
const byName = new Intl.Collator();

/** Adds to each row without an active link whom to link it to: for the rows of a page, since comparing names takes long. */
export function withSuggestions(
  rows: readonly CrmUserRow[],
  { links, members }: Pick<CrmUserFacts, 'links' | 'members'>,
  likeness?: Likeness,
): readonly CrmUserRow[] {
  const taken = new Set(links.filter(({ active }) => active).map(({ member }) => member));
  const free = members.filter(({ id }) => !taken.has(id));
  const byEmail = new Map(free.toReversed().map((member) => [addressOf(member.email), member]));
  const suggest = suggestAmong(free, likeness);
  return rows.map((row) => {
    if (row.link?.active === true) return row;
    const address = addressOf(row.email);
    const same = address === '' ? undefined : byEmail.get(address);
    const found = same === undefined ? suggest(row.name) : { ...same, likeness: 1 };
    if (found === undefined) return row;
    return { ...row, suggestion: { id: found.id, name: found.name, likeness: found.likeness } };
  });
}
