import type { CrmUser, Lookups } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import type { ConnectionRecord } from '../connections/connection.ts';
import type { ConnectionStore, UsersPart } from '../connections/connection.store.ts';
import type { MemberStore } from '../members/member.store.ts';
import { found } from '../store/found.ts';
import { untilSaved } from '../store/until-saved.ts';
import { addressOf, linkByEmail } from '../user-links/link-by-email.ts';
import { linkIdOf } from '../user-links/user-link.ts';
import type { UserLinkStore } from '../user-links/user-link.store.ts';
import { mergeLookups } from './merge-lookups.ts';

export interface KeepListsParts {
  readonly connections: ConnectionStore;
  readonly links: UserLinkStore;
  readonly members: MemberStore;
  readonly clock: Clock;
}

/** What was just read of a CRM; what was not read stays as it is. */
export interface ReadLists {
  /** Users that came before as parts of this reading, by `keepUsersPart`; `users` follow them. */
  readonly reading?: string | undefined;
  readonly users?: readonly CrmUser[];
  readonly lookups?: Lookups;
}

/** Keeps a part of a long list of users aside until `keepLists` brings the last. Throws HubError(transient) for one that does not follow. */
export async function keepUsersPart(
  { connections }: Pick<KeepListsParts, 'connections'>,
  { org, connection }: { readonly org: string; readonly connection: string },
  part: UsersPart,
): Promise<void> {
  if (await connections.keepPart(org, connection, part)) return;
  found(await connections.find(org, connection), 'connection');
  throw contended();
}

/** Who changed a link that no person made. */
const hub = 'hub';

/**
 * Keeps a CRM's users and lists as they were just read, and links users to members by e-mail where there is no doubt.
 * Repeating it changes nothing. Answers the connection as it is then. Throws NotFound for a connection that is not there.
 */
export async function keepLists(
  parts: KeepListsParts,
  { org, connection }: { readonly org: string; readonly connection: string },
  read: ReadLists,
): Promise<ConnectionRecord> {
  const kept = await untilSaved(async () => {
    const held = found(await parts.connections.find(org, connection), 'connection');
    // Readings of one connection are told apart by their time, whatever the clocks of two replicas say.
    const now = new Date(Math.max(parts.clock(), (held.read_at?.getTime() ?? 0) + 1));
    const users = read.users === undefined ? undefined : [...comingBefore(held, read.reading), ...read.users];
    const changes = {
      ...(users === undefined ? {} : { crm_users: users }),
      ...(read.lookups === undefined ? {} : { lookups: mergeLookups(held.lookups, read.lookups, now) }),
      read_at: now,
      updated_at: now,
    };
    return (await parts.connections.keepReading(held, changes, read.reading)) ?? undefined;
  }, contended);
  if (read.users !== undefined) await linkUsers(parts, kept);
  return kept;
}

function comingBefore({ coming }: ConnectionRecord, reading: string | undefined): readonly CrmUser[] {
  if (reading === undefined) return [];
  if (coming?.reading !== reading) throw contended();
  return coming.users;
}

async function linkUsers({ links, members, clock }: KeepListsParts, record: ConnectionRecord): Promise<void> {
  const { _id: connection, org, crm_users: users } = record;
  const addresses = [...new Set(users.map(({ email }) => addressOf(email)))].filter((address) => address !== '');
  const people = (await members.withEmails(org, addresses)).map(({ _id: id, email }) => ({ id, email }));
  if (people.length === 0) return;
  const made = linkByEmail({ users, links: await links.ofConnection(org, connection), members: people });
  const now = new Date(clock());
  const times = { created_at: now, updated_at: now };
  await links.addMissing(
    made.map(({ crm_id, member }) => {
      const _id = linkIdOf(connection, crm_id);
      return { _id, org, connection, crm_id, member, active: true, changed_by: hub, ...times };
    }),
  );
}

function contended(): HubError {
  return new HubError({
    kind: 'transient',
    code: 'core.crm-lists.contended',
    message: "Others are keeping this connection's lists at the same time. Try again.",
  });
}
