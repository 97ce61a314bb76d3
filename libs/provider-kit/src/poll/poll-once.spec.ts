import type { HubEvent, SyncRun } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import type { OpenConnection } from '../connections/clients.ts';
import type { Source } from '../source.ts';
import { type Visit, aVisit, visits } from '../testing/some-crm.ts';
import type { Digest, SliceChange } from './digest.ts';
import { pollOnce } from './poll-once.ts';
import { startTally } from './tally.ts';

const now = Date.parse('2026-03-09T03:30:00Z');
const away = new HubError({ kind: 'transient', code: 'x.away', message: 'Away.' });

/** A CRM, a Kafka and a memory of digests; any of them can be made to fail. */
function world(rows: (Visit | Record<string, unknown>)[]) {
  const digests = new Map<string, Map<string, Digest>>();
  const state = { rows, published: [] as HubEvent[], saved: [] as SliceChange[][], linked: ['r1'] };
  const broken: { read?: Error; publish?: Error; save?: Error } = {};
  /** The step during which the run is ended from outside. */
  const ended: { while?: 'reading' | 'publishing' } = {};
  const order: string[] = [];
  let stop = new AbortController();
  const pages = async function* () {
    if (ended.while === 'reading') stop.abort(away);
    yield state.rows.slice(0, 2);
    if (broken.read) throw broken.read;
    yield state.rows.slice(2);
  };
  let made = 0;
  const run = async (): Promise<SyncRun> => {
    stop = new AbortController();
    const tally = startTally({
      ...{ id: 'run-1', connection: 'con-1', source: 'visits', reason: 'person', state: 'running' },
      started_at: '2026-03-09T03:30:00.000Z',
      ...{
        fetched: 0,
        changed: 0,
        unchanged: 0,
        removed: 0,
        vendor_calls: 0,
        skipped: {},
        skipped_reps: [],
        set_aside: [],
        warnings: [],
      },
    });
    const connection = { _id: 'con-1', org: 'org-1' };
    const open = {
      connection,
      client: { pages },
      settings: {},
      timeZone: 'America/New_York',
    } as unknown as OpenConnection;
    await pollOnce(
      {
        provider: 'some-crm',
        digests: {
          load: async () => new Map([...digests.values()].flatMap((slice) => [...slice])),
          async save(_owner, changes) {
            order.push('save');
            if (broken.save) throw broken.save;
            state.saved.push([...changes]);
            for (const { slice, entries } of changes)
              digests.set(slice, new Map(entries.map(([id, hash, job]) => [id, { hash, slice, job }])));
          },
          forget: async () => digests.clear(),
        },
        async publish(events) {
          order.push('publish');
          if (broken.publish) throw broken.publish;
          state.published.push(...events);
          if (ended.while === 'publishing') stop.abort(away);
        },
        linkedReps: async () => new Set(state.linked),
        clock: () => now,
        newId: () => `id-${(made += 1)}`,
      },
      {
        source: visits as unknown as Source<never, never>,
        open,
        tally,
        lease: { fence: 1, takenAt: now },
        signal: stop.signal,
        progress: () => undefined,
      },
    );
    return tally.run();
  };
  const told = () => state.published.splice(0).map(({ attributes, data }) => `${attributes.type} ${idOf(data)}`);
  return { state, broken, ended, order, run, told };
}
function idOf(data: unknown): string {
  const { job, appointment } = data as { job?: { external_id: string }; appointment?: { external_id: string } };
  return (job ?? appointment)!.external_id;
}
const upserts = (id: number) => [`occ.job.upserted.v1 ${id}`, `occ.appointment.upserted.v1 ${id}`];

describe('pollOnce', () => {
  it('publishes everything once, and nothing and no digest while nothing changes', async () => {
    const { state, run, told } = world([aVisit(1), aVisit(2), aVisit(3)]);
    expect(await run()).toMatchObject({ fetched: 3, changed: 3, unchanged: 0 });
    expect(told()).toEqual([1, 2, 3].flatMap(upserts));
    expect(await run()).toMatchObject({ fetched: 3, changed: 0, unchanged: 3 });
    expect(told()).toEqual([]);
    expect(state.saved.filter((changes) => changes.length > 0)).toHaveLength(1);
  });

  it('publishes a moved record once, and once again when it moves back', async () => {
    const { state, run, told } = world([aVisit(1), aVisit(2)]);
    await run();
    told();
    for (const at of ['2026-03-10T09:00:00', '2026-03-09T14:00:00']) {
      state.rows = [aVisit(1), aVisit(2, { at })];
      expect((await run()).changed).toBe(1);
      expect(told()).toEqual(upserts(2));
      expect((await run()).changed).toBe(0);
    }
  });

  it('remembers only what Kafka has: a failure to publish repeats everything', async () => {
    const { broken, order, run, told } = world([aVisit(1)]);
    broken.publish = away;
    await expect(run()).rejects.toBe(away);
    expect(order).toEqual(['publish']);
    delete broken.publish;
    await run();
    expect(told()).toEqual(upserts(1));
  });

  it('repeats and loses nothing when it dies between Kafka and its memory', async () => {
    const { broken, run, told } = world([aVisit(1), aVisit(2)]);
    broken.save = new Error('killed');
    await expect(run()).rejects.toThrow('killed');
    expect(told()).toHaveLength(4);
    delete broken.save;
    expect((await run()).changed).toBe(2);
    expect(told()).toHaveLength(4);
    expect((await run()).changed).toBe(0);
  });

  it('concludes nothing from a fetch that breaks off in the middle', async () => {
    const { broken, order, run, told } = world([aVisit(1), aVisit(2), aVisit(3)]);
    broken.read = away;
    await expect(run()).rejects.toBe(away);
    expect(order).toEqual([]);
    delete broken.read;
    await run();
    expect(told()).toHaveLength(6);
  });

  it('publishes nothing when it is ended while it reads, and remembers nothing when it is ended while it publishes', async () => {
    const { ended, order, run, told } = world(Array.from({ length: 700 }, (_, index) => aVisit(index + 1)));
    ended.while = 'reading';
    await expect(run()).rejects.toBe(away);
    expect(order).toEqual([]);
    ended.while = 'publishing';
    await expect(run()).rejects.toBe(away);
    expect(order).toEqual(['publish']);
    told();
    delete ended.while;
    expect((await run()).changed).toBe(700);
    expect(told()).toHaveLength(1_400);
  });

  it('takes a row that is gone for no news, and knows it when it comes back', async () => {
    const { state, run, told } = world([aVisit(1), aVisit(2)]);
    await run();
    told();
    state.rows = [aVisit(1)];
    await run();
    state.rows = [aVisit(1), aVisit(2)];
    await run();
    expect(told()).toEqual([]);
  });

  it('brings what a rep has as soon as the rep is linked', async () => {
    const { state, run, told } = world([aVisit(1), aVisit(2, { rep: 'r2' })]);
    await run();
    expect(told()).toEqual(upserts(1));
    state.linked = ['r1', 'r2'];
    await run();
    expect(told()).toEqual(upserts(2));
  });

  it('goes on past a row that cannot be read, and publishes it when it can', async () => {
    const { state, run, told } = world([aVisit(1), { id: 2 }, aVisit(3)]);
    expect(await run()).toMatchObject({ changed: 2, skipped: { unreadable: 1 } });
    expect(told()).toEqual([1, 3].flatMap(upserts));
    state.rows = [aVisit(1), aVisit(2), aVisit(3)];
    await run();
    expect(told()).toEqual(upserts(2));
  });

  it('publishes more than fits one batch, in order, before it remembers', async () => {
    const many = Array.from({ length: 700 }, (_, index) => aVisit(index + 1));
    const { order, run, told } = world(many);
    expect((await run()).changed).toBe(700);
    expect(order).toEqual(['publish', 'publish', 'publish', 'save']);
    expect(told()).toHaveLength(1400);
  });

  it('goes on past a job that no event can carry: it is set aside, not remembered, and comes when it is shorter', async () => {
    const { state, run, told } = world([aVisit(1), aVisit(2, { note: 'x'.repeat(900 * 1024) }), aVisit(3)]);
    const first = await run();
    expect(first).toMatchObject({ state: 'running', fetched: 3, changed: 2, skipped: { unreadable: 1 } });
    expect(first.set_aside).toEqual([{ record: '2', reason: expect.stringMatching(/Shorten its notes/) }]);
    expect(told()).toEqual([1, 3].flatMap(upserts));
    state.rows = [aVisit(1), aVisit(2, { note: 'short' }), aVisit(3)];
    expect((await run()).changed).toBe(1);
    expect(told()).toEqual(upserts(2));
  });
});
