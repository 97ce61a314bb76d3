import type { CrmUser } from '@occ-hub/contracts';
import type { UserLinkRecord } from './user-link.ts';

export interface EmailLinkFacts {
  readonly users: readonly CrmUser[];
  /** All links of the connection, the inactive ones too: those were made so by a person. */
  readonly links: readonly Pick<UserLinkRecord, 'crm_id' | 'member' | 'active'>[];
  readonly members: readonly { readonly id: string; readonly email: string }[];
}

/** A link that may be made without asking anybody. */
export interface EmailLink {
  readonly crm_id: string;
  readonly member: string;
}

/**
 * Which CRM users are members beyond doubt: exactly one CRM user and exactly one member have the address, the CRM user
 * was never linked, and the member is not linked on this connection. A wrong link would put a rep's work into another's
 * calendar, so whatever is doubtful is left to a person.
 */
export function linkByEmail({ users, links, members }: EmailLinkFacts): readonly EmailLink[] {
  const known = new Set(links.map(({ crm_id }) => crm_id));
  const taken = new Set(links.filter(({ active }) => active).map(({ member }) => member));
  const usersAt = idsByAddress(users.map(({ crm_id, email }) => ({ id: crm_id, email })));
  const membersAt = idsByAddress(members);
  const made = [...usersAt].flatMap(([address, [crm_id, ...otherUsers]]) => {
    const [member, ...otherMembers] = membersAt.get(address) ?? [];
    if (crm_id === undefined || member === undefined) return [];
    if (otherUsers.length > 0 || otherMembers.length > 0) return [];
    return known.has(crm_id) || taken.has(member) ? [] : [{ crm_id, member }];
  });
  // A CRM may list one user with two addresses, each of another member.
  const times = Map.groupBy(made, ({ crm_id }) => crm_id);
  return made.filter(({ crm_id }) => times.get(crm_id)?.length === 1);
}

/** An address as it is compared: case and blanks differ between systems. Empty for what is none. */
export function addressOf(email: string | undefined): string {
  return (email ?? '').replaceAll(/\s+/g, '').toLowerCase();
}

function idsByAddress(
  people: readonly { readonly id: string; readonly email?: string | undefined }[],
): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, Set<string>>();
  for (const { id, email } of people) {
    const address = addressOf(email);
    if (address !== '') ids.set(address, (ids.get(address) ?? new Set()).add(id));
  }
  return new Map([...ids].map(([address, set]) => [address, [...set]]));
}
