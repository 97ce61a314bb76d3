import { setTimeout as sleep } from 'node:timers/promises';
import type { HubEvent, SyncRun } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import type { Lease } from '@occ-hub/store';
import { describe, expect, it } from 'vitest';
import type { CallsUsed } from '../budget/calls-used.ts';
import type { ConnectionNews } from '../connections/connection.ts';
import { currentSignal } from '../http/exchanges.ts';
import { captureLog } from '../testing/captured-log.ts';
import { aVisit, visits } from '../testing/some-crm.ts';
import { newRun } from './new-run.ts';
import { type RunnerParts, performRun } from './runner.ts';

const revision = Date.parse('2026-03-09T03:30:00Z');

/** A CRM that may hang, and a lease that may be lost, around one run. */
function world(reason: SyncRun['reason'] = 'schedule') {
  const runs = new Map<string, SyncRun>();
  const asked = newRun({ id: 'run-1', connection: 'con-1', source: 'visits', reason, now: revision });
  runs.set(asked.id, asked);
  const state = {
    lease: { held: false, lost: false, away: false, renewals: 0 },
    published: [] as HubEvent[],
    saved: 0,
    news: [] as ConnectionNews['what'][],
    calls: undefined as CallsUsed | undefined,
    signal: undefined as AbortSignal | undefined,
  };
  const reading = Promise.withResolvers<void>();
  const crm = {
    pages: async function* () {
      yield [aVisit(1)];
    } as () => AsyncGenerator<unknown[]>,
  };
  const hang = () => {
    crm.pages = async function* () {
      state.signal = currentSignal();
      reading.resolve();
      // As a client that heeds nobody: the answer comes long after everything is over.
      await sleep(700);
      yield [aVisit(1)];
    };
  };
  const lease: Lease = {
    fence: 1,
    takenAt: revision,
    get until() {
      return Date.now() + (state.lease.away ? -1 : 30_000);
    },
    async renew() {
      state.lease.renewals += 1;
      if (state.lease.away) throw new Error('the store is away');
      return !state.lease.lost;
    },
    release: async () => void (state.lease.held = false),
  };
  const parts = {
    provider: 'some-crm',
    definition: { title: 'SomeCRM', sources: [visits] },
    clients: {
      open: async () => ({
        connection: { _id: 'con-1', org: 'org-1' },
        client: crm,
        settings: {},
        timeZone: 'America/New_York',
      }),
    },
    registry: {
      refresh: async () => undefined,
      get: () => ({ _id: 'con-1', org: 'org-1', state: 'healthy', calls: state.calls }),
      tell: async (_id: string, { what }: ConnectionNews) => void state.news.push(what),
    },
    leases: {
      async take() {
        if (state.lease.held) return undefined;
        state.lease.held = true;
        return lease;
      },
    },
    runs: {
      list: async ({ run }: { run: string }) => [runs.get(run)!],
      save: async (run: SyncRun) => void runs.set(run.id, run),
      endBroken: async () => undefined,
    },
    digests: { load: async () => new Map(), save: async () => void (state.saved += 1) },
    watermarks: { load: async () => undefined, save: async () => undefined },
    publish: async (events: readonly HubEvent[]) => void state.published.push(...events),
    linkedReps: async () => new Set(['r1']),
    tell: () => undefined,
    clock: () => Date.now(),
    newId: () => 'id',
    log: captureLog('test').log,
    limits: { termMs: 30, deadlineMs: 60_000 },
  } as unknown as RunnerParts & { limits: { termMs: number; deadlineMs: number } };
  const stopping = new AbortController();
  const perform = () => performRun(parts, asked, stopping.signal);
  return { state, crm, hang, reading: reading.promise, parts, stopping, perform, run: () => runs.get('run-1')! };
}
const nothingConcluded = { published: [], saved: 0 };
/** Long enough for an answer that comes too late to have come. */
const muchLater = () => sleep(800);

describe('performRun', () => {
  it('reads, publishes and ends, and gives the connection free', async () => {
    const { state, perform, run } = world();
    expect(await perform()).toBe(true);
    expect(run()).toMatchObject({ state: 'done', fetched: 1, changed: 1 });
    expect(state).toMatchObject({ saved: 1, news: ['worked'], lease: { held: false } });
  });

  it('leaves the run to others while they hold the connection', async () => {
    const { state, perform, run } = world();
    state.lease.held = true;
    expect(await perform()).toBe(false);
    expect(run().state).toBe('waiting');
  });

  it('keeps the connection while one page takes longer than the lease lasts', async () => {
    const { state, hang, perform, run } = world();
    hang();
    await perform();
    expect(run().state).toBe('done');
    expect(state.lease.renewals).toBeGreaterThan(10);
    const sofar = state.lease.renewals;
    await sleep(50);
    expect(state.lease.renewals).toBe(sofar);
  });

  it('ends at once when it is told to stop, in the middle of a read: call ended, lease released, nothing concluded', async () => {
    const { state, hang, reading, stopping, perform, run } = world();
    hang();
    const performing = perform();
    await reading;
    const toldAt = performance.now();
    stopping.abort();
    await performing;
    expect(performance.now() - toldAt).toBeLessThan(300);
    expect(run()).toMatchObject({ state: 'failed', error: { code: 'poll.interrupted' } });
    expect(run().ended_at).toBeDefined();
    expect([state.signal?.aborted, state.lease.held, state.news]).toEqual([true, false, []]);
    await muchLater();
    expect(state).toMatchObject(nothingConcluded);
  });

  it.each(['person', 'link-made', 'authorized'] as const)(
    'waits again when it is stopped and somebody had asked for it (%s)',
    async (reason) => {
      const { hang, reading, stopping, perform, run } = world(reason);
      hang();
      const performing = perform();
      await reading;
      stopping.abort();
      await performing;
      expect(run()).toMatchObject({ state: 'waiting', fetched: 0, reason });
      expect(run().window ?? run().error).toBeUndefined();
    },
  );

  it('concludes nothing once another replica has the connection', async () => {
    const { state, hang, reading, perform, run } = world();
    hang();
    const performing = perform();
    await reading;
    state.lease.lost = true;
    await performing;
    expect(run()).toMatchObject({ state: 'failed', error: { code: 'poll.overtaken' } });
    expect([state.signal?.aborted, state.news]).toEqual([true, []]);
    await muchLater();
    expect(state).toMatchObject(nothingConcluded);
  });

  it('bears a renewal that fails, but not longer than the lease lasts', async () => {
    const { state, hang, reading, perform, run } = world();
    hang();
    const performing = perform();
    await reading;
    state.lease.away = true;
    await performing;
    expect(run()).toMatchObject({ state: 'failed', error: { code: 'poll.overtaken' } });
    await muchLater();
    expect(state).toMatchObject(nothingConcluded);
  });

  it('is stopped when its deadline has passed, and tells that the vendor is in trouble', async () => {
    const { state, hang, parts, perform, run } = world();
    hang();
    parts.limits.deadlineMs = 50;
    await perform();
    expect(run()).toMatchObject({ state: 'failed', error: { code: 'poll.too-slow' } });
    expect([state.signal?.aborted, state.news]).toEqual([true, ['trouble']]);
    await muchLater();
    expect(state).toMatchObject(nothingConcluded);
  });

  it('is read at the moment the lease was taken, by the one clock of all replicas', async () => {
    const { state, perform } = world();
    await perform();
    expect(state.published.map(({ data }) => (data as { revision: number }).revision)).toEqual([revision, revision]);
  });

  const nearlyAll = () => ({ used: 14_900, limit: 15_000, at: Date.now() });
  it('leaves the last calls of a vendor to write-backs: a scheduled run ends at once, saying why, and is no trouble', async () => {
    const { state, crm, perform, run } = world('schedule');
    state.calls = nearlyAll();
    crm.pages = () => {
      throw new Error('the vendor was asked');
    };
    await perform();
    expect(run()).toMatchObject({
      state: 'failed',
      error: { code: 'budget.nearly-used', message: expect.stringMatching(/^SomeCRM has counted 14900 of the 15000/) },
    });
    expect(state).toMatchObject({ ...nothingConcluded, news: [], lease: { held: false } });
  });

  it.each(['person', 'link-made', 'authorized'] as const)(
    'takes of the last calls for what was asked for (%s)',
    async (why) => {
      const { state, perform, run } = world(why);
      state.calls = nearlyAll();
      await perform();
      expect(run()).toMatchObject({ state: 'done', changed: 1 });
    },
  );

  it("tells a vendor's own failure as it is", async () => {
    const { state, crm, perform, run } = world();
    crm.pages = async function* () {
      yield [aVisit(1)];
      throw new HubError({ kind: 'transient', code: 'x.away', message: 'Away.' });
    };
    await perform();
    expect(run()).toMatchObject({ state: 'failed', error: { code: 'x.away', message: 'Away.' } });
    expect(state).toMatchObject({ ...nothingConcluded, news: ['trouble'] });
  });
});
