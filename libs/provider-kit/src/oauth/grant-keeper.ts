import { isHubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import type { Lease, Leases } from '@occ-hub/store';
import type { ConsentFault } from '../consent.ts';
import type { VendorName } from '../http/classify.ts';
import type { Grant, GrantKeeper } from '../http/vendor-io.ts';
import type { FaultWords } from './fault-words.ts';
import { busyGrant, endedGrant, noGrant, refusedGrant, uselessGrant } from './grant-faults.ts';
import { type GrantSecrets, type Grants, type KnownGrant, grantRecord } from './grants.ts';
import type { TokenAnswer } from './token-calls.ts';
import type { TokenWork } from './token-work.ts';

export interface GrantKeeperParts {
  readonly connection: string;
  /** The app that the settings name: a grant of another one is none. */
  readonly app: string;
  readonly vendor: VendorName;
  readonly grants: Grants;
  readonly leases: Leases;
  readonly refresh: (refreshToken: string) => Promise<TokenAnswer>;
  readonly passes: (fault: ConsentFault) => boolean;
  readonly ends: (fault: ConsentFault) => boolean;
  /** A refresh is part of it from the call until its tokens are stored. */
  readonly work: Pick<TokenWork, 'run'>;
  /** Gives back a token that is not kept. Never fails. */
  readonly drop: (refreshToken: string) => Promise<void>;
  readonly words: FaultWords;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

/** How long a grant is used before the store is asked whether it still is the one: somebody may have consented anew, or disconnected. */
const heldMs = 5_000;
const refreshTermMs = 30_000;
/** A refreshed token that is refused so soon is not refused for its age. One of a consent may be: the person took it back. */
const uselessMs = 30_000;
/** After a refresh that did not come through, another replica's may: waits between looks, in all less than two seconds. */
const looksMs = [250, 500, 1_000];
/** A vendor that rotates has ended the old refresh token by now: the store is tried until it takes the new one. */
const storeAgainMs = { first: 100, most: 2_000 };

/** The grant of one connection over all replicas: one of them refreshes, the others use what it stored. */
export function createGrantKeeper(parts: GrantKeeperParts): GrantKeeper {
  const { connection, vendor, grants, leases, clock, sleep } = parts;
  let held: { readonly grant: KnownGrant; readonly readAt: number } | undefined;
  let reading: Promise<KnownGrant> | undefined;
  let refreshing: { readonly refused: string; readonly work: Promise<KnownGrant> } | undefined;

  async function read(): Promise<KnownGrant> {
    held = undefined;
    const known = await grants.read(connection);
    if (!known || known.app !== parts.app) throw noGrant(vendor);
    if (known.ended !== undefined) throw endedGrant(vendor, known.ended);
    held = { grant: known, readAt: clock() };
    return known;
  }

  /** The right to refresh, or the grant that somebody else's refresh brought while it was waited for. */
  async function rightOrGrant(refused: string): Promise<Lease | KnownGrant> {
    for (;;) {
      const lease = await leases.take(grantRecord(connection), refreshTermMs);
      if (lease) return lease;
      await sleep(100);
      const known = await read();
      if (known.accessToken !== refused) return known;
    }
  }

  async function renew(refused: string): Promise<KnownGrant> {
    const lease = await rightOrGrant(refused);
    return 'accessToken' in lease ? lease : parts.work.run(() => renewBy(lease, refused));
  }

  async function renewBy(lease: Lease, refused: string): Promise<KnownGrant> {
    const renewing = setInterval(() => void lease.renew().catch(() => false), refreshTermMs / 3);
    try {
      const latest = await read();
      if (latest.accessToken !== refused) return latest;
      if (lease.takenAt - latest.refreshedAt < uselessMs) throw uselessGrant(vendor);
      return await refreshed(latest);
    } finally {
      clearInterval(renewing);
      await lease.release();
    }
  }

  async function refreshed(latest: KnownGrant): Promise<KnownGrant> {
    const answer = await parts.refresh(latest.refreshToken);
    if ('fault' in answer) return refuse(latest, answer.fault);
    const { accessToken, refreshToken = latest.refreshToken, facts } = answer.tokens;
    // Whoever is killed between the vendor's answer and this write loses a rotated refresh token: the vendor has ended the
    // old one, nobody knows the new one, and a person has to consent again. Nothing can be done about it on our side.
    const stored = await store(latest, { accessToken, refreshToken, facts: { ...latest.facts, ...facts } });
    if (!stored && refreshToken !== latest.refreshToken) await parts.drop(refreshToken);
    return read();
  }

  /** False where a consent, or a disconnection, has come in between: that counts. As long as the store is away the tokens live here alone. */
  async function store(latest: KnownGrant, fresh: GrantSecrets): Promise<boolean> {
    for (let ms = storeAgainMs.first; ; ms = Math.min(ms * 2, storeAgainMs.most)) {
      try {
        return await grants.replace(connection, latest, fresh);
      } catch {
        await sleep(ms);
      }
    }
  }

  async function refuse(latest: KnownGrant, fault: ConsentFault): Promise<KnownGrant> {
    if (parts.passes(fault)) throw busyGrant(vendor);
    const why = parts.words(fault);
    if (!parts.ends(fault)) throw refusedGrant(vendor, why);
    const { accessToken, refreshToken, facts } = latest;
    await grants.replace(connection, latest, { accessToken, refreshToken, facts, ended: why });
    return read();
  }

  async function renewOrWait(refused: string): Promise<KnownGrant> {
    try {
      return await renew(refused);
    } catch (error) {
      if (!isHubError(error, 'transient')) throw error;
      for (const ms of looksMs) {
        await sleep(ms);
        const known = await read();
        if (known.accessToken !== refused) return known;
      }
      throw error;
    }
  }

  return {
    async current() {
      if (held && clock() - held.readAt < heldMs) return grantOf(held.grant);
      return grantOf(await (reading ??= read().finally(() => (reading = undefined))));
    },
    async replacementFor({ accessToken: refused }) {
      if (refreshing?.refused !== refused) {
        const known = await read();
        if (known.accessToken !== refused) return grantOf(known);
      }
      // Asked again: others may have begun while the store was read.
      if (refreshing?.refused === refused) return grantOf(await refreshing.work);
      const work = renewOrWait(refused).finally(() => {
        if (refreshing?.work === work) refreshing = undefined;
      });
      refreshing = { refused, work };
      return grantOf(await work);
    },
  };
}

/** What a client is given: nothing to refresh with. */
function grantOf({ accessToken, facts }: KnownGrant): Grant {
  return { accessToken, facts };
}
