import { isHubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import type { Leases } from '@occ-hub/store';
import type { Login, TokenKeeper } from '../http/vendor-io.ts';
import { type TokenStore, tokenRecords } from './token.store.ts';
import type { Vault } from './vault.ts';

interface Held {
  readonly token: string;
  readonly goodUntil: number;
}

export interface TokenKeeperParts {
  readonly connection: string;
  /** Grows when settings are saved: a token of other credentials is never used. */
  readonly version: number;
  readonly store: TokenStore;
  readonly vault: Vault;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A token is not used in its last minute (or tenth, if it is short-lived): a call under way must not outlive it. */
const goodFor = (livesMs: number) => livesMs - Math.min(60_000, livesMs / 10);
const loginTermMs = 30_000;
/**
 * A look-up that somebody else began may bring the very token that this asker was refused: then one more. What a fresh
 * login gives is used even if it is said to have expired: a vendor must not be logged in to for ever.
 */
const mostLookUps = 2;

/**
 * One token per connection over all replicas. Everybody reuses the stored one; a login is made by the holder of a
 * lease, the others wait for what it stores. Within a process concurrent askers share one look-up.
 */
export function createTokenKeeper(parts: TokenKeeperParts, login: () => Promise<Login>): TokenKeeper {
  const { store, vault, leases, clock, sleep } = parts;
  const record = `${tokenRecords(parts.connection)}/${parts.version}`;
  let held: Held | undefined;
  let underWay: Promise<Held> | undefined;

  const isGood = (token: Held | undefined, refused?: string): token is Held =>
    token !== undefined && token.token !== refused && token.goodUntil > clock();

  /** A token that no key opens any more is as good as none: another one costs a login. */
  async function stored(): Promise<Held | undefined> {
    const sealed = await store.get(record);
    if (!sealed) return undefined;
    try {
      return (await vault.open(record, sealed)) as Held;
    } catch (error) {
      if (isHubError(error, 'config')) return undefined;
      throw error;
    }
  }

  async function renew(refused?: string): Promise<Held> {
    for (;;) {
      const known = await stored();
      if (isGood(known, refused)) return known;
      const lease = await leases.take(record, loginTermMs);
      if (!lease) {
        await sleep(100);
        continue;
      }
      // A login may have to wait for its turn with the vendor.
      const renewing = setInterval(() => void lease.renew().catch(() => false), loginTermMs / 3);
      try {
        const latest = await stored();
        if (isGood(latest, refused)) return latest;
        const { token, expiresInMs } = await login();
        const fresh = { token, goodUntil: clock() + goodFor(expiresInMs) };
        // Stored before it is used: nobody can hold a token that the next login has already replaced.
        await store.put(record, await vault.seal(record, fresh), fresh.goodUntil);
        return fresh;
      } finally {
        clearInterval(renewing);
        await lease.release();
      }
    }
  }

  async function usable(refused?: string): Promise<string> {
    let token = held;
    for (let done = 0; done < mostLookUps && !isGood(token, refused); done += 1) {
      underWay ??= renew(refused).finally(() => (underWay = undefined));
      token = held = await underWay;
    }
    return token!.token;
  }

  return { current: () => usable(), replacementFor: (refused) => usable(refused) };
}
