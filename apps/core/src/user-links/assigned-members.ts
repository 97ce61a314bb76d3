import type { MemberName } from '../members/member.ts';
import type { MemberStore } from '../members/member.store.ts';
import type { UserLinkStore } from './user-link.store.ts';

/** A sales rep as appointments name them. */
export interface Rep {
  readonly connection: string;
  readonly crm_user_id: string;
}

/** Answers who a rep is at OCC; nobody without an active link. */
export type Assigned = (rep: Rep | undefined) => MemberName | undefined;

/**
 * Looks up the members behind these reps, for one page of answers. Resolved when read, so a link made today shows on the
 * appointments of yesterday, and an inactive one shows nowhere.
 */
export async function assignedMembers(
  stores: { links: UserLinkStore; members: MemberStore },
  org: string,
  reps: readonly Rep[],
): Promise<Assigned> {
  const links = await stores.links.activeFor(org, reps);
  const names = await stores.members.named(org, [...new Set(links.map(({ member }) => member))]);
  const byRep = new Map(links.map((link) => [repKey({ ...link, crm_user_id: link.crm_id }), link.member]));
  return (rep) => {
    const member = rep === undefined ? undefined : byRep.get(repKey(rep));
    const name = member === undefined ? undefined : names.get(member);
    return member === undefined || name === undefined ? undefined : { id: member, name };
  };
}

function repKey({ connection, crm_user_id }: Rep): string {
  return JSON.stringify([connection, crm_user_id]);
}
