import { setTimeout as sleep } from 'node:timers/promises';
import type { SyncRun } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import { visits } from '../testing/some-crm.ts';
import { newRun } from './new-run.ts';
import { createPoller } from './poller.ts';
import type { RunnerParts } from './runner.ts';

const now = Date.parse('2026-03-09T03:30:00Z');

/** So many connections of which each wants a run, and a CRM that never answers unless it is told to. */
function world(connections: number, crm: { hangs: boolean }) {
  const ids = Array.from({ length: connections }, (_, n) => `con-${String(n).padStart(3, '0')}`);
  const runs = new Map<string, SyncRun>();
  const ask = (connection: string, reason: SyncRun['reason'], at: number) => {
    const run = newRun({ id: `run-${connection}`, connection, source: 'visits', reason, now: at });
    runs.set(run.id, run);
  };
  const read: string[] = [];
  const held = new Set<string>();
  const asksForWaiting: unknown[] = [];
  let made = 0;
  const parts = {
    provider: 'some-crm',
    definition: { sources: [visits] },
    clients: {
      open: async (connection: { _id: string }) => ({
        connection: { _id: connection._id, org: 'org-1' },
        client: {
          pages: async function* () {
            read.push(connection._id);
            if (crm.hangs) await sleep(60_000, undefined, { ref: false });
            yield [];
          },
        },
        settings: {},
        timeZone: 'America/New_York',
      }),
    },
    registry: {
      all: () => [],
      refresh: async () => undefined,
      get: (_id: string) => (ids.includes(_id) ? { _id, org: 'org-1', state: 'healthy' } : undefined),
      tell: async () => undefined,
    },
    leases: {
      async take(name: string) {
        if (held.has(name)) return undefined;
        held.add(name);
        return {
          fence: 1,
          takenAt: now,
          until: Infinity,
          renew: async () => true,
          release: async () => void held.delete(name),
        };
      },
    },
    runs: {
      async waiting(asked: { without: readonly { connection: string; source: string }[] }) {
        asksForWaiting.push(asked.without);
        const others = new Set(asked.without.map(({ connection }) => connection));
        return [...runs.values()].filter((run) => run.state === 'waiting' && !others.has(run.connection));
      },
      list: async ({ run }: { run: string }) => [runs.get(run)!],
      insert: async (run: SyncRun) => void runs.set(run.id, run),
      waitingOf: async (of: { connection: string; reasons: readonly string[] }) =>
        [...runs.values()].find(
          ({ connection, reason, state }) =>
            connection === of.connection && state === 'waiting' && of.reasons.includes(reason),
        ),
      save: async (run: SyncRun) => void runs.set(run.id, run),
      endBroken: async () => undefined,
    },
    digests: { load: async () => new Map(), save: async () => undefined },
    watermarks: { load: async () => undefined, save: async () => undefined },
    publish: async () => undefined,
    linkedReps: async () => new Set(),
    tell: () => undefined,
    clock: () => now,
    newId: () => `id-${(made += 1)}`,
    log: captureLog('test').log,
  } as unknown as RunnerParts;
  ids.forEach((id, n) => ask(id, n === 0 ? 'person' : 'schedule', now + n));
  return { poller: createPoller(parts), runs, read, held, asksForWaiting, of: (id: string) => runs.get(`run-${id}`)! };
}

describe('createPoller', () => {
  it('does not ask again for what it has under way', async () => {
    const { poller, read, asksForWaiting } = world(2, { hangs: true });
    await poller.tick();
    await sleep(20);
    await poller.tick();
    expect(read).toEqual(['con-000', 'con-001']);
    const pair = (connection: string) => ({ connection, source: 'visits' });
    expect(asksForWaiting).toEqual([[], [pair('con-000'), pair('con-001')]]);
    await poller.stop();
  });

  it('stops within two seconds though the CRM never answers: leases free, what a person asked for waits again', async () => {
    const { poller, held, of } = world(3, { hangs: true });
    await poller.tick();
    await sleep(20);
    expect(held.size).toBe(3);
    const toldAt = performance.now();
    await poller.stop();
    expect(performance.now() - toldAt).toBeLessThan(2_000);
    expect(held.size).toBe(0);
    expect(['con-000', 'con-001', 'con-002'].map((id) => of(id).error?.code ?? of(id).state)).toEqual([
      'waiting',
      'poll.interrupted',
      'poll.interrupted',
    ]);
  });

  it('starts nothing any more once it was stopped', async () => {
    const { poller, read } = world(1, { hangs: false });
    await poller.stop();
    await poller.tick();
    await sleep(20);
    expect(read).toEqual([]);
  });

  it.each([
    ['schedule', 'schedule', true],
    ['schedule', 'link-made', false],
    ['schedule', 'person', false],
    ['link-made', 'schedule', true],
    ['link-made', 'authorized', false],
    ['person', 'authorized', true],
    ['person', 'link-made', true],
    ['authorized', 'person', true],
  ] as const)('has a run waiting (%s) when one is asked for (%s): joins it: %s', async (there, reason, joins) => {
    const { poller, runs, held } = world(1, { hangs: false });
    runs.clear();
    // Another replica is at it: what waits stays waiting.
    held.add('poll/con-000/visits');
    const waiting = newRun({ id: 'there', connection: 'con-000', source: 'visits', reason: there, now });
    runs.set('there', waiting);
    const run = await poller.request('con-000', reason);
    expect([run === 'there', runs.size]).toEqual([joins, joins ? 1 : 2]);
    expect(runs.get(run)).toMatchObject({ state: 'waiting', reason: joins ? there : reason });
    await poller.stop();
  });

  it('comes to every connection, a few at a time', async () => {
    const { poller, read, runs } = world(10, { hangs: false });
    for (let ticks = 0; ticks < 5; ticks += 1) {
      await poller.tick();
      await sleep(20);
    }
    expect(read).toHaveLength(10);
    expect(new Set([...runs.values()].map(({ state }) => state))).toEqual(new Set(['done']));
  });
});
