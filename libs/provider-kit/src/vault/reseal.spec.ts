import { isHubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { vaultRecord } from '../connections/clients.ts';
import type { Connection } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';
import { readKeyRing } from './key-ring.ts';
import { resealOld } from './reseal.ts';
import { type Sealed, createVault } from './vault.ts';

/** Connections whose secrets several replicas seal and open, each with the keys it was started with. */
function world() {
  const secrets = new Map<string, Sealed>();
  const store = {
    changedSince: async () => ({
      connections: [...secrets].map(([_id, sealed]) => ({ _id, secrets: sealed }) as Connection),
    }),
    async reseal(_id: string, { from, to }: { from: Sealed; to: Sealed }) {
      if (secrets.get(_id)?.tag === from.tag) secrets.set(_id, to);
    },
  } as unknown as ConnectionStore;
  const replica = async (keys: string) => {
    const entries = keys.split(' ').map((name) => `${name}:${Buffer.alloc(32, name).toString('base64')}`);
    const vault = createVault(readKeyRing(entries.join(',')));
    const all = () => [...secrets].map(([_id, sealed]) => ({ _id, secrets: sealed }) as Connection);
    const reseal = () => resealOld(all(), store, vault);
    return {
      resealed: await reseal(),
      reseal,
      save: async (_id: string) => void secrets.set(_id, await vault.seal(vaultRecord(_id), `password of ${_id}`)),
      opens: async (_id: string) =>
        (await vault.open(vaultRecord(_id), secrets.get(_id)!).catch((error: unknown) => error)) ===
        `password of ${_id}`,
    };
  };
  return { replica, secrets };
}

describe('a rolling change of the key', () => {
  it('with the new key second everywhere, then first, then alone: every replica opens everything at every moment', async () => {
    const { replica } = world();
    const rings = ['k1', 'k1 k2', 'k2 k1', 'k2'];
    const ids: string[] = [];
    let running = [await replica(rings[0]!), await replica(rings[0]!)];
    for (const keys of rings) {
      // One replica after the other is started with the next ring, while all save connections.
      for (const index of running.keys()) {
        running = running.with(index, await replica(keys));
        for (const [n, each] of running.entries()) {
          const id = `con-${ids.length}-${n}`;
          await each.save(id);
          ids.push(id);
        }
        for (const each of running) for (const id of ids) expect(await each.opens(id)).toBe(true);
      }
    }
  });

  it('seals anew at a start what an older key had sealed, once', async () => {
    const { replica } = world();
    const old = await replica('k1');
    await old.save('con-1');
    expect((await replica('k2 k1')).resealed).toBe(1);
    expect((await replica('k2 k1')).resealed).toBe(0);
  });

  it('seals anew, some time after a start, what a replica of before has saved since', async () => {
    const { replica } = world();
    const old = await replica('k1 k2');
    const fresh = await replica('k2 k1');
    await old.save('con-1');
    expect([await fresh.reseal(), await fresh.reseal()]).toEqual([1, 0]);
  });

  it('with the new key put in front at once, the replicas that do not know it yet could not open: hence two steps', async () => {
    const { replica } = world();
    const before = await replica('k1');
    await before.save('con-1');
    await replica('k2 k1');
    expect(await before.opens('con-1')).toBe(false);
  });

  it('says so when the key of a connection is not there, instead of starting with what it cannot open', async () => {
    const { replica } = world();
    await (await replica('k1')).save('con-1');
    const error: unknown = await replica('k2').catch((thrown: unknown) => thrown);
    expect(isHubError(error, 'config') && error.message).toMatch(/con-1.*not in VAULT_KEYS/);
  });
});
