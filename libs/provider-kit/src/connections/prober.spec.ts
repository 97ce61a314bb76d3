import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import type { AnyProvider } from '../provider.ts';
import type { Clients } from './clients.ts';
import type { Connection, ConnectionNews } from './connection.ts';
import type { ConnectionStore } from './connection.store.ts';
import { createProber } from './prober.ts';
import type { Registry } from './registry.ts';

const minute = 60_000;

/** One connection whose credentials were refused a minute ago, and a vendor that may take them again. */
function world(changes: Partial<Connection> = {}) {
  let connection = { _id: 'con-1', state: 'needs-reauthorization', probeAt: minute, ...changes } as Connection;
  let now = 0;
  const probes: number[] = [];
  const news: ConnectionNews['what'][] = [];
  const vendor = { fails: undefined as Error | undefined };
  const connections = {
    async moveProbe(_id: string, { from, to }: { from: number; to: number }) {
      if (connection.probeAt !== from) return false;
      connection = { ...connection, probeAt: to };
      return true;
    },
  } as unknown as ConnectionStore;
  const replica = () => {
    const held = connection;
    return createProber({
      provider: {
        async probe() {
          probes.push(now);
          if (vendor.fails) throw vendor.fails;
        },
      } as unknown as AnyProvider,
      clients: { open: async () => ({ client: {} }) } as unknown as Clients,
      connections,
      registry: {
        all: () => [held],
        tell: async (_id: string, { what }: ConnectionNews) => void news.push(what),
      } as unknown as Registry,
      clock: () => now,
    });
  };
  return { replica, vendor, probes, news, connection: () => connection, at: (ms: number) => void (now = ms) };
}

describe('createProber', () => {
  it('tries refused credentials when their time has come, and puts the connection back to work', async () => {
    const { replica, probes, news, at } = world();
    const probe = replica();
    at(minute - 1);
    await probe();
    expect(probes).toEqual([]);
    at(minute);
    await probe();
    expect([probes, news]).toEqual([[minute], ['proved']]);
  });

  it('tries again five minutes later when they are still refused', async () => {
    const { replica, vendor, news, connection, at } = world();
    vendor.fails = new HubError({ kind: 'credential', code: 'x', message: 'x' });
    at(minute);
    await replica()();
    expect([news, connection().probeAt]).toEqual([[], 6 * minute]);
  });

  it('probes once for all replicas', async () => {
    const { replica, probes, at } = world();
    at(minute);
    await Promise.all([replica(), replica(), replica()].map((probe) => probe()));
    expect(probes).toHaveLength(1);
  });

  it.each([{ state: 'paused' }, { state: 'draft' }, { state: 'healthy' }, { probeAt: null }] as const)(
    'leaves a connection alone that is %j',
    async (changes) => {
      const { replica, probes, at } = world(changes);
      at(10 * minute);
      await replica()();
      expect(probes).toEqual([]);
    },
  );
});
