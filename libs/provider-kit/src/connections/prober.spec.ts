import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { currentSignal } from '../http/exchanges.ts';
import type { AnyProvider } from '../provider.ts';
import { captureLog } from '../testing/captured-log.ts';
import type { Clients } from './clients.ts';
import type { Connection, ConnectionNews } from './connection.ts';
import type { ConnectionStore } from './connection.store.ts';
import { createProber } from './prober.ts';
import type { Registry } from './registry.ts';

const minute = 60_000;

/** Connections whose credentials were refused a minute ago, and a vendor that may take them again, or hang. */
function world(changes: Partial<Connection> = {}, ids: readonly string[] = ['con-1']) {
  const known = new Map<string, Connection>();
  for (const _id of ids) {
    known.set(_id, { _id, state: 'needs-reauthorization', probeAt: minute, ...changes } as Connection);
  }
  let now = 0;
  const probes: [string, number][] = [];
  const news: string[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const vendor = { fails: undefined as Error | undefined, hangs: new Set<string>() };
  const connections = {
    async moveProbe(_id: string, { from, to }: { from: number; to: number }) {
      const connection = known.get(_id)!;
      if (connection.probeAt !== from) return false;
      known.set(_id, { ...connection, probeAt: to });
      return true;
    },
  } as unknown as ConnectionStore;
  const captured = captureLog('test');
  const replica = () => {
    const seen = [...known.keys()];
    return createProber({
      provider: {
        async probe({ of }: { of: string }) {
          probes.push([of, now]);
          signals.push(currentSignal());
          if (vendor.hangs.has(of)) await sleep(60_000, undefined, { ref: false });
          if (vendor.fails) throw vendor.fails;
        },
      } as unknown as AnyProvider,
      clients: { open: async ({ _id }: Connection) => ({ client: { of: _id } }) } as unknown as Clients,
      connections,
      registry: {
        all: () => seen.map((_id) => known.get(_id)!),
        tell: async (_id: string, { what }: ConnectionNews) => void news.push(`${_id} ${what}`),
      } as unknown as Registry,
      clock: () => now,
      log: captured.log,
      limits: { atOnce: 3, probeMs: 200 },
    });
  };
  const probesOf = (id: string) => probes.filter(([of]) => of === id).map(([, at]) => at);
  const at = (ms: number) => void (now = ms);
  return { replica, vendor, probes, probesOf, news, signals, captured, connection: () => known.get('con-1')!, at };
}
/** Starts what is due, and lets end what ends at once. */
async function round(prober: { tick(): Promise<void> }): Promise<void> {
  await prober.tick();
  await setImmediate();
}

describe('createProber', () => {
  it('tries refused credentials when their time has come, and puts the connection back to work', async () => {
    const { replica, probesOf, news, at } = world();
    const prober = replica();
    at(minute - 1);
    await round(prober);
    expect(probesOf('con-1')).toEqual([]);
    at(minute);
    await round(prober);
    expect([probesOf('con-1'), news]).toEqual([[minute], ['con-1 proved']]);
  });

  it('tries again five minutes later when they are still refused', async () => {
    const { replica, vendor, news, connection, at } = world();
    vendor.fails = new HubError({ kind: 'credential', code: 'x', message: 'x' });
    at(minute);
    await round(replica());
    expect([news, connection().probeAt]).toEqual([[], 6 * minute]);
  });

  it('probes once for all replicas', async () => {
    const { replica, probes, at } = world();
    at(minute);
    await Promise.all([replica(), replica(), replica()].map(round));
    expect(probes).toHaveLength(1);
  });

  it('lets nobody wait for a vendor that does not answer, and does not ask it twice meanwhile', async () => {
    const { replica, vendor, probesOf, news, at } = world({}, ['con-1', 'con-2', 'con-3']);
    vendor.hangs.add('con-1');
    const prober = replica();
    at(minute);
    await round(prober);
    expect(news).toEqual(['con-2 proved', 'con-3 proved']);
    at(6 * minute);
    await round(prober);
    expect(probesOf('con-1')).toEqual([minute]);
    expect(probesOf('con-2')).toEqual([minute, 6 * minute]);
    await prober.stop();
  });

  it('has so many probes under way and no more, and the others as soon as there is room', async () => {
    const ids = Array.from({ length: 7 }, (_, n) => `con-${n + 1}`);
    const { replica, vendor, probes, signals, at } = world({}, ids);
    ids.forEach((id) => vendor.hangs.add(id));
    const prober = replica();
    at(minute);
    await round(prober);
    await round(prober);
    expect(probes).toHaveLength(3);
    // A probe that hangs is given up, its call ended.
    await sleep(250);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true, true]);
    await round(prober);
    expect(probes).toHaveLength(6);
    await prober.stop();
  });

  it('ends its probes when it stops, at once', async () => {
    const { replica, vendor, news, signals, at } = world();
    vendor.hangs.add('con-1');
    const prober = replica();
    at(minute);
    await round(prober);
    const toldAt = performance.now();
    await prober.stop();
    expect(performance.now() - toldAt).toBeLessThan(100);
    await round(prober);
    expect([signals[0]?.aborted, signals.length, news]).toEqual([true, 1, []]);
  });

  it('writes down what is no fault of the vendor', async () => {
    const { replica, vendor, captured, at } = world();
    vendor.fails = new TypeError('a bug');
    at(minute);
    await round(replica());
    expect(captured.of('a probe failed')).toHaveLength(1);
  });

  it.each([{ state: 'paused' }, { state: 'draft' }, { state: 'healthy' }, { probeAt: null }] as const)(
    'leaves a connection alone that is %j',
    async (changes) => {
      const { replica, probes, at } = world(changes);
      at(10 * minute);
      await round(replica());
      expect(probes).toEqual([]);
    },
  );
});
