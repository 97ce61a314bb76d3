import { setImmediate } from 'node:timers/promises';
import { HubError } from '@occ-hub/errors';
import type { Leases } from '@occ-hub/store';
import { describe, expect, it, vi } from 'vitest';
import type { Login } from '../http/vendor-io.ts';
import { readKeyRing } from './key-ring.ts';
import { createTokenKeeper } from './token-keeper.ts';
import type { TokenStore } from './token.store.ts';
import { type Sealed, createVault } from './vault.ts';

const hour = 3_600_000;

/** A vault of keys named here, the newest first. */
const vaultOf = (names: string) => {
  const entries = names.split(' ').map((name) => `${name}:${Buffer.alloc(32, name).toString('base64')}`);
  return createVault(readKeyRing(entries.join(',')));
};

/** A vendor that gives out tokens, and the store that all replicas share. */
function world() {
  let now = 1_000_000;
  const sealed = new Map<string, Sealed>();
  const held = new Map<string, number>();
  const store: TokenStore = {
    get: async (record) => sealed.get(record),
    put: async (record, token) => void sealed.set(record, token),
    forget: async () => sealed.clear(),
  };
  const leases: Leases = {
    async take(name, termMs) {
      if ((held.get(name) ?? 0) > now) return undefined;
      held.set(name, now + termMs);
      return {
        fence: 1,
        takenAt: now,
        until: now + termMs,
        async renew() {
          vendor.renewals += 1;
          return true;
        },
        release: async () => void held.set(name, 0),
      };
    },
  };
  const vendor = {
    logins: 0,
    renewals: 0,
    expiresInMs: hour,
    fails: undefined as Error | undefined,
    sameToken: false,
    answers: Promise.resolve(),
  };
  const login = async (): Promise<Login> => {
    vendor.logins += 1;
    if (vendor.logins > 100) throw new Error('a storm of logins');
    const token = vendor.sameToken ? 'token' : `token-${vendor.logins}`;
    await setImmediate();
    await vendor.answers;
    if (vendor.fails) throw vendor.fails;
    return { token, expiresInMs: vendor.expiresInMs };
  };
  const replica = (version = 1, keys = 'k1') =>
    createTokenKeeper(
      {
        connection: 'con-1',
        version,
        store,
        vault: vaultOf(keys),
        leases,
        clock: () => now,
        sleep: () => setImmediate(),
      },
      login,
    );
  return { replica, vendor, sealed, later: (ms: number) => void (now += ms) };
}

describe('createTokenKeeper', () => {
  it('logs in once for fifty who ask at once', async () => {
    const { replica, vendor } = world();
    const keeper = replica();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => keeper.current()));
    expect([new Set(tokens), vendor.logins]).toEqual([new Set(['token-1']), 1]);
  });

  it('logs in once for two replicas, at once or one after the other', async () => {
    const { replica, vendor } = world();
    expect(await Promise.all([replica().current(), replica().current()])).toEqual(['token-1', 'token-1']);
    expect(await replica().current()).toBe('token-1');
    expect(vendor.logins).toBe(1);
  });

  it('replaces a refused token once, whoever meets the refusal', async () => {
    const { replica, vendor } = world();
    const [one, other] = [replica(), replica()];
    const refused = await one.current();
    await other.current();
    const asked = Array.from({ length: 50 }, (_, index) => (index % 2 ? one : other).replacementFor(refused));
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['token-2']));
    expect(await one.replacementFor(refused)).toBe('token-2');
    expect(vendor.logins).toBe(2);
  });

  it('does not use a token in its last minute, nor a short-lived one in its last tenth', async () => {
    const { replica, vendor, later } = world();
    const keeper = replica();
    await keeper.current();
    later(hour - 60_001);
    expect(await keeper.current()).toBe('token-1');
    later(1);
    vendor.expiresInMs = 10_000;
    expect(await keeper.current()).toBe('token-2');
    later(8_999);
    expect(await keeper.current()).toBe('token-2');
    later(1);
    expect(await keeper.current()).toBe('token-3');
  });

  it('gives even a token that is said to have expired already, instead of logging in for ever', async () => {
    const { replica, vendor } = world();
    vendor.expiresInMs = 0;
    expect(await replica().current()).toMatch(/^token-/);
    expect(vendor.logins).toBeLessThan(5);
  });

  it('gives the same token again where the vendor gives no other, instead of logging in for ever', async () => {
    const { replica, vendor } = world();
    vendor.sameToken = true;
    const keeper = replica();
    expect(await keeper.replacementFor(await keeper.current())).toBe('token');
    expect(vendor.logins).toBeLessThan(6);
  });

  it('tells everybody of a refused login, and tries again when next asked', async () => {
    const { replica, vendor } = world();
    const keeper = replica();
    vendor.fails = new HubError({ kind: 'credential', code: 'x.login-refused', message: 'No.' });
    const asked = await Promise.allSettled([keeper.current(), keeper.current()]);
    expect(asked.map((each) => each.status)).toEqual(['rejected', 'rejected']);
    expect(vendor.logins).toBe(1);
    vendor.fails = undefined;
    expect(await keeper.current()).toBe('token-2');
  });

  it('never uses a token of earlier settings', async () => {
    const { replica } = world();
    expect([await replica(1).current(), await replica(2).current()]).toEqual(['token-1', 'token-2']);
  });

  it('stores tokens sealed', async () => {
    const { replica, sealed } = world();
    await replica().current();
    expect(sealed.size).toBe(1);
    expect(JSON.stringify([...sealed.values()])).not.toContain('token-1');
  });

  it('logs in anew where the key of the stored token was dropped, and that token is the one for all from then on', async () => {
    const { replica, vendor } = world();
    expect(await replica(1, 'k1').current()).toBe('token-1');
    expect(await replica(1, 'k2 k1').current()).toBe('token-1');
    expect(await replica(1, 'k2').current()).toBe('token-2');
    expect(await replica(1, 'k2').current()).toBe('token-2');
    expect(vendor.logins).toBe(2);
  });

  it('logs in anew where what is stored is no token that it sealed', async () => {
    const { replica, sealed } = world();
    await replica().current();
    const [record, token] = [...sealed][0]!;
    sealed.set(record, { ...token, tag: 'A'.repeat(22) });
    expect(await replica().current()).toBe('token-2');
  });

  it('keeps the right to log in while a login takes long, and no longer', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { replica, vendor } = world();
      const answers = Promise.withResolvers<void>();
      vendor.answers = answers.promise;
      const asked = replica().current();
      await setImmediate();
      vi.advanceTimersByTime(60_000);
      expect(vendor.renewals).toBe(6);
      answers.resolve();
      await asked;
      vi.advanceTimersByTime(60_000);
      expect(vendor.renewals).toBe(6);
    } finally {
      vi.useRealTimers();
    }
  });
});
