import { setTimeout as sleep } from 'node:timers/promises';
import { isHubError } from '@occ-hub/errors';
import type { Log } from '@occ-hub/service';
import type { Leases } from '@occ-hub/store';
import type { Clients } from '../connections/clients.ts';
import type { Connection } from '../connections/connection.ts';
import type { TokenStore } from '../vault/token.store.ts';
import type { Consents } from './consents.ts';
import { grantRecord } from './grants.ts';
import type { PendingStore } from './pending.store.ts';

export interface GiveBackParts {
  /** Absent where the provider declares no consent. */
  readonly consents: Consents | undefined;
  readonly clients: Clients;
  readonly pendings: Pick<PendingStore, 'forget'>;
  readonly tokens: Pick<TokenStore, 'forget'>;
  readonly leases: Leases;
  readonly log: Log;
}

const termMs = 30_000;
/** A refresh under way brings a token that has to be given back, too: it is waited for longer than the vendor may take. */
const waits = { times: 170, ms: 100 };

/**
 * Gives the access of a connection back to the vendor, and forgets grant, tokens and whatever was begun. A vendor that is
 * away does not keep anybody connected: then the answer says what a person still has to do there.
 */
export async function giveBack(parts: GiveBackParts, connection: Connection): Promise<string | undefined> {
  const { consents, pendings, tokens } = parts;
  await pendings.forget(connection._id);
  const note = consents && (await revokeAndForget(parts, consents, connection));
  await tokens.forget(connection._id);
  return note;
}

/** Gives back what an authorization brought that was finished while the connection was disconnected. Its settings are those of before. */
export async function giveBackLate(parts: GiveBackParts, connection: Connection): Promise<string | undefined> {
  const late = await parts.consents?.grants.read(connection._id).catch(() => undefined);
  return parts.consents && late && revokeAndForget(parts, parts.consents, connection);
}

/** Nobody refreshes in between: whoever comes later finds no grant, and not one that the vendor has ended. */
async function revokeAndForget(parts: GiveBackParts, consents: Consents, connection: Connection) {
  const lease = await rightToTheGrant(parts.leases, connection._id);
  try {
    const note = await revoke(parts, consents, connection);
    await consents.grants.forget(connection._id);
    return note;
  } finally {
    await lease?.release();
  }
}

async function revoke(parts: GiveBackParts, consents: Consents, connection: Connection): Promise<string | undefined> {
  try {
    const grant = await consents.grants.read(connection._id);
    if (!grant || grant.ended !== undefined) return undefined;
    const app = consents.appOf((await parts.clients.open(connection)).settings);
    await consents.callsOf(app).revoke(grant.refreshToken);
    return undefined;
  } catch (error) {
    if (!isHubError(error)) throw error;
    parts.log.warn({ connectionId: connection._id, error }, 'an access could not be given back');
    const { title } = consents.vendor;
    return `${title} could not be told. The hub has forgotten its access; ask the administrator of ${title} to remove the app's access there.`;
  }
}

async function rightToTheGrant(leases: Leases, connection: string) {
  for (let left = waits.times; left > 0; left -= 1) {
    const lease = await leases.take(grantRecord(connection), termMs);
    if (lease) return lease;
    await sleep(waits.ms);
  }
  return undefined;
}
