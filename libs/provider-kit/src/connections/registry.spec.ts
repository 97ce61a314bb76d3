import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import type { Connection } from './connection.ts';
import type { ConnectionStore } from './connection.store.ts';
import { createRegistry } from './registry.ts';

const refused = new HubError({ kind: 'credential', code: 'x.login-refused', message: 'Check the password.' });
const trouble = new HubError({ kind: 'transient', code: 'x.away', message: 'Away.' });

/** One connection in a store that two replicas share. */
function world() {
  let document = {
    _id: 'con-1',
    org: 'org-1',
    state: 'healthy',
    stateReason: null,
    probeAt: null,
    changedAt: new Date(1_000),
  } as Connection;
  let now = 1_000;
  const calls = { get: 0, changes: 0 };
  const store = {
    async get() {
      calls.get += 1;
      return { ...document };
    },
    changedSince: async (instant: Date | undefined) => ({
      connections: instant === undefined || document.changedAt >= instant ? [{ ...document }] : [],
      asOf: new Date(now),
    }),
    async changeState(_id: string, { from, to, probeAt }: Parameters<ConnectionStore['changeState']>[1]) {
      if (document.state !== from.state) return false;
      calls.changes += 1;
      const set = { state: to.state, stateReason: to.reason, underPause: to.under ?? null, probeAt };
      document = { ...document, ...set, changedAt: new Date(now) };
      return true;
    },
  } as unknown as ConnectionStore;
  /** `offMs`: how far its own clock is from that of the store. */
  const replica = (offMs = 0) => {
    const working: string[] = [];
    const rested: [string, number][] = [];
    const nudged = { count: 0 };
    const captured = captureLog('test');
    const registry = createRegistry({
      store,
      clock: () => now + offMs,
      log: captured.log,
      onWorking: (id) => void working.push(id),
      onRest: (id, ms) => void rested.push([id, ms]),
      onUntold: () => void (nudged.count += 1),
    });
    return { ...registry, working, rested, nudged, captured };
  };
  const change = (changes: Partial<Connection>) => {
    document = { ...document, ...changes, changedAt: new Date(now) };
  };
  return { replica, calls, change, document: () => document, later: (ms: number) => void (now += ms) };
}

describe('createRegistry', () => {
  it('asks the store for nothing when a healthy connection works', async () => {
    const { replica, calls } = world();
    const registry = replica();
    await registry.refresh();
    for (let n = 0; n < 100; n += 1) await registry.tell('con-1', { what: 'worked' });
    expect(calls).toEqual({ get: 0, changes: 0 });
  });

  it('tells a change of state once, however many writes fail at once', async () => {
    const { replica, calls, document } = world();
    const registry = replica();
    await registry.refresh();
    await Promise.all(Array.from({ length: 20 }, () => registry.tell('con-1', { what: 'refused', error: refused })));
    expect(document()).toMatchObject({ state: 'needs-reauthorization', stateReason: 'Check the password.' });
    expect(calls.changes).toBe(1);
    expect(registry.captured.of('connection changed state')).toHaveLength(1);
  });

  it('plans a probe of refused credentials a minute later, and drops the plan when they pass', async () => {
    const { replica, document } = world();
    const registry = replica();
    await registry.tell('con-1', { what: 'refused', error: refused });
    expect(document().probeAt).toBe(61_000);
    await registry.tell('con-1', { what: 'proved' });
    expect(document().probeAt).toBeNull();
  });

  it('wakes the work of a connection when it works again, not when it merely goes on', async () => {
    const { replica } = world();
    const registry = replica();
    await registry.refresh();
    await registry.tell('con-1', { what: 'worked' });
    expect(registry.working).toEqual([]);
    await registry.tell('con-1', { what: 'trouble', error: trouble });
    await registry.tell('con-1', { what: 'worked' });
    expect(registry.working).toEqual(['con-1']);
  });

  it('wakes the work of a connection whose pause ends, also where it goes back to trouble', async () => {
    const { replica } = world();
    const registry = replica();
    await registry.refresh();
    await registry.tell('con-1', { what: 'trouble', error: trouble });
    await registry.tell('con-1', { what: 'paused' });
    expect(await registry.tell('con-1', { what: 'resumed' })).toBe('retrying');
    expect(registry.working).toEqual(['con-1']);
  });

  it('remembers what happens during a pause, though the pause goes on, and plans a probe when it ends', async () => {
    const { replica, document } = world();
    const registry = replica();
    await registry.tell('con-1', { what: 'paused' });
    await registry.tell('con-1', { what: 'refused', error: refused });
    expect(document()).toMatchObject({ state: 'paused', probeAt: null });
    await registry.tell('con-1', { what: 'resumed' });
    expect(document()).toMatchObject({ state: 'needs-reauthorization', probeAt: 61_000 });
  });

  it('judges by what another replica has decided meanwhile', async () => {
    const { replica, document } = world();
    const [one, other] = [replica(), replica()];
    await Promise.all([one.refresh(), other.refresh()]);
    await one.tell('con-1', { what: 'paused' });
    expect(await other.tell('con-1', { what: 'refused', error: refused })).toBe('paused');
    expect(document().state).toBe('paused');
  });

  it.each([0, 3_600_000, -3_600_000])(
    'sees what others changed at its next look, though its own clock is off by %i ms',
    async (offMs) => {
      const { replica, later } = world();
      const [one, other] = [replica(), replica(offMs)];
      await other.refresh();
      later(60_000);
      await other.refresh();
      await one.tell('con-1', { what: 'paused' });
      later(5_000);
      await other.refresh();
      expect(other.get('con-1')?.state).toBe('paused');
    },
  );

  it('says that there is something to tell, whoever changed it, and not when there is nothing', async () => {
    const { replica, change } = world();
    const registry = replica();
    await registry.refresh();
    expect(registry.nudged.count).toBe(0);
    change({ untold: [{ id: 'evt-1', state: 'paused', before: 'healthy', reason: null, at: 1_000 }] });
    await registry.refresh();
    expect(registry.nudged.count).toBe(1);
  });

  it('passes on what is left of a rest that another replica was asked for, by the one clock of the store', async () => {
    const { replica, change, later } = world();
    const registry = replica(-3_600_000);
    await registry.refresh();
    expect(registry.rested).toEqual([]);
    change({ restUntil: 61_000 });
    later(20_000);
    await registry.refresh();
    expect(registry.rested).toEqual([['con-1', 40_000]]);
    later(40_000);
    const late = replica();
    await late.refresh();
    expect(late.rested).toEqual([]);
  });
});
