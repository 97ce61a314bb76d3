import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import type { Page } from '../source.ts';
import { aPoll, pollTime, upserts } from '../testing/a-poll.ts';
import { type Visit, aVisit, changedVisits } from '../testing/some-crm.ts';
import type { ChangeWindow } from './window.ts';

const away = new HubError({ kind: 'transient', code: 'x.away', message: 'Away.' });
const minute = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();
const removed = (id: number) => `occ.appointment.removed.v1 ${id}`;

/** A CRM whose clock is its own, that gives the pages it is told to; one in whose place stands an error fails. */
function world(...pages: (Page | Error)[]) {
  const crm = { now: pollTime + 2 * minute, pages, asked: [] as ChangeWindow[] };
  const poll = aPoll(changedVisits, {
    get now() {
      return crm.now;
    },
    async *changes(window) {
      poll.order.push('read');
      crm.asked.push(window);
      for (const page of crm.pages) {
        if (page instanceof Error) throw page;
        yield page;
      }
    },
  });
  /** A quarter of an hour later the CRM has other news. */
  const later = (...next: (Page | Error)[]) => {
    crm.now += 15 * minute;
    crm.pages = next;
  };
  return { ...poll, crm, later };
}
const rows = (...visits: Visit[]): Page => ({ rows: visits });
const gone = (...ids: string[]): Page => ({ rows: [], gone: ids });

describe('a poll of changes', () => {
  it("is planned by the vendor's clock, and comes as far as the run began by it", async () => {
    const { state, crm, run, later } = world(rows(aVisit(1)));
    const first = await run();
    const began = pollTime + 2 * minute;
    expect(first.window).toEqual({ from: iso(began - 29 * 86_400_000), to: iso(began + 5_000) });
    expect(state.watermark).toEqual({ to: began, reps: ['r1'], fullAt: began });
    later(rows());
    await run();
    expect(crm.asked[1]).toMatchObject({ from: iso(began - 10 * minute), full: false, known: new Set(['1']) });
  });

  it('keeps what it knows as long as full passes are made, and says so only at their end', async () => {
    const { state, order, run, later } = world(rows(aVisit(1)));
    await run();
    expect(state.keptUntil).toBe(pollTime + 400 * 86_400_000);
    expect(order.slice(-2)).toEqual(['keep', 'watermark']);
    state.keptUntil = undefined;
    later(rows());
    await run();
    expect(state.keptUntil).toBeUndefined();
    later(rows());
    await run('person');
    expect(state.keptUntil).toBe(pollTime + 400 * 86_400_000);
  });

  it('tells a job as its newest record has it, though an older one is read later', async () => {
    const stamped = (id: number, name: string, note: string) => aVisit(id, { household: 'h', name, note });
    const { state, run, later } = world(rows(stamped(1, 'Old', '10:00'), stamped(2, 'Old', '10:00')));
    await run();
    later(rows(stamped(2, 'New', '12:00')), rows(stamped(1, 'Old', '11:00')));
    state.published.length = 0;
    await run();
    expect(state.published[0]?.data).toMatchObject({ job: { customer_name: 'New' } });
  });

  it('shows with the run what is odd about the lists that it read first', async () => {
    const { state, run } = world(rows(aVisit(1)));
    const odd = { record: 'Email', reason: 'It is hidden.' };
    state.lists = { ...state.lists, warnings: [odd] };
    expect((await run()).warnings).toEqual([odd]);
  });

  it('moves its watermark only after Kafka and the digests have everything, of every page', async () => {
    const { order, run } = world(rows(aVisit(1)), rows(aVisit(2)));
    await run();
    expect(order).toEqual(['lists', 'hand over', 'read', 'publish', 'save', 'keep', 'watermark']);
  });

  it.each(['a page', 'Kafka', 'the digests'])('asks for the same again when %s failed', async (what) => {
    const { state, broken, crm, run, told, later } = world(rows(aVisit(1)));
    await run();
    told();
    const before = state.watermark;
    later(rows(aVisit(2)), ...(what === 'a page' ? [away] : []));
    if (what === 'Kafka') broken.publish = away;
    if (what === 'the digests') broken.save = away;
    await expect(run()).rejects.toBe(away);
    expect(state.watermark).toBe(before);
    told();
    delete broken.publish;
    delete broken.save;
    later(rows(aVisit(2)));
    await run();
    expect(crm.asked[2]?.from).toBe(crm.asked[1]?.from);
    expect(told()).toEqual(upserts(2));
    expect(state.watermark?.to).toBe(crm.now);
  });

  it('moves its watermark when nothing changed', async () => {
    const { state, crm, order, run, later } = world(rows(aVisit(1)));
    await run();
    later(rows());
    order.length = 0;
    await run();
    expect([state.watermark?.to, order]).toEqual([crm.now, ['lists', 'hand over', 'read', 'watermark']]);
  });

  it('hands the lists over before anything is read, and brings in whom core links by them', async () => {
    const { state, order, run, told } = world(rows(aVisit(1, { rep: 'new' })));
    state.lists = { users: [{ crm_id: 'new', name: 'Rep new', email: 'new@example.com' }], lookups: {}, warnings: [] };
    state.linked = ['r1', 'new'];
    await run();
    expect(order.slice(0, 3)).toEqual(['lists', 'hand over', 'read']);
    expect(state.handedOver).toEqual([state.lists]);
    expect(told()).toEqual(upserts(1));
  });

  it('reads no record when the lists cannot be read', async () => {
    const { broken, order, crm, run } = world(rows(aVisit(1)));
    broken.lists = away;
    await expect(run()).rejects.toBe(away);
    expect([order, crm.asked]).toEqual([['lists'], []]);
  });

  it('shows what the source left at the vendor, and what it found odd', async () => {
    const rep = { id: 'r9', name: 'Rep r9' };
    const { run } = world({ rows: [], notOurs: [rep, rep], warnings: [{ record: '5', reason: 'It has no start.' }] });
    expect(await run()).toMatchObject({
      ...{ fetched: 0, skipped: { 'rep-not-linked': 2 }, warnings: [{ record: '5', reason: 'It has no start.' }] },
      skipped_reps: [{ crm_user_id: 'r9', name: 'Rep r9', count: 2 }],
    });
  });
});

describe('a record that the vendor has deleted', () => {
  it('is told as removed once, and once again after it was restored', async () => {
    const { crm, run, told, later } = world(rows(aVisit(1), aVisit(2)));
    await run();
    told();
    later(gone('2'));
    expect(await run()).toMatchObject({ removed: 1, changed: 0 });
    expect(told()).toEqual([removed(2)]);
    later(gone('2'));
    expect((await run()).removed).toBe(0);
    expect(told()).toEqual([]);
    expect(crm.asked.at(-1)?.known).toEqual(new Set(['1']));

    later(rows(aVisit(2)));
    expect((await run()).changed).toBe(1);
    expect(told()).toEqual(upserts(2));
    later(gone('2'));
    expect((await run()).removed).toBe(1);
    expect(told()).toEqual([removed(2)]);
  });

  it('is not told at all when it was never published', async () => {
    const { run, told, later } = world(rows(aVisit(1)));
    await run();
    told();
    later(gone('77'));
    expect((await run()).removed).toBe(0);
    expect(told()).toEqual([]);
  });

  it('is told again when the run died between Kafka and its memory', async () => {
    const { broken, run, told, later } = world(rows(aVisit(1)));
    await run();
    told();
    later(gone('1'));
    broken.save = new Error('killed');
    await expect(run()).rejects.toThrow('killed');
    delete broken.save;
    await run();
    expect(told()).toEqual([removed(1), removed(1)]);
  });

  it('names the job that it was published with', async () => {
    const household = 'moreno';
    const { state, run, told, later } = world(rows(aVisit(1, { household }), aVisit(2, { household })));
    await run();
    told();
    later(gone('2'));
    await run();
    expect(state.published.map(({ data }) => data)).toMatchObject([{ external_id: '2', job_external_id: '1' }]);
  });
});

describe('records that are not to be found any more', () => {
  const visits = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => aVisit(from + n));
  const missing = (from: number, to: number): Page => ({
    rows: [],
    missing: visits(from, to).map(({ id }) => String(id)),
  });

  it('are told as removed where they are few', async () => {
    const { run, told, later } = world(rows(...visits(0, 50)));
    await run();
    told();
    later(missing(0, 3));
    expect(await run()).toMatchObject({ removed: 3, warnings: [] });
    expect(told().sort()).toEqual([0, 1, 2].map(removed));
  });

  it('are left as they are where they are many, over all pages: the hub may see less than before, and says so', async () => {
    const { state, crm, run, told, later } = world(rows(...visits(0, 50)));
    await run();
    told();
    later(missing(0, 15), missing(15, 30), gone('40'));
    expect(await run()).toMatchObject({
      ...{ state: 'running', removed: 1 },
      warnings: [{ reason: expect.stringMatching(/^30 of 50 .*may see less than before/) as string }],
    });
    // What the vendor says is deleted is so all the same.
    expect(told()).toEqual([removed(40)]);
    later(rows());
    await run();
    expect([crm.asked.at(-1)?.known.size, state.watermark?.to]).toEqual([49, crm.now]);
  });

  it('are asked for again after they were told as removed, and come back when they are seen again', async () => {
    const { crm, run, told, later } = world(rows(aVisit(1), aVisit(2)));
    await run();
    later(missing(2, 3));
    await run();
    told();
    later(rows(aVisit(2)));
    await run('person');
    expect(crm.asked.at(-1)).toMatchObject({ full: true, known: new Set(['1']), removed: new Set(['2']) });
    expect(told()).toEqual(upserts(2));
  });
});

describe('a record among changes', () => {
  it('is followed though its rep has no link any more; an unknown one of that rep is skipped and counted', async () => {
    const { run, told, later } = world(rows(aVisit(1)));
    await run();
    told();
    later(rows(aVisit(1, { rep: 'other' }), aVisit(2, { rep: 'other' })));
    expect(await run()).toMatchObject({
      ...{ changed: 1, skipped: { 'rep-not-linked': 1 } },
      skipped_reps: [{ crm_user_id: 'other', name: 'Rep other', count: 1 }],
    });
    expect(told()).toEqual(upserts(1));
  });

  it('joins the job of an earlier run by its key, though nothing else of that job is there', async () => {
    const household = 'moreno';
    const { run, told, later } = world(rows(aVisit(10, { household })));
    await run();
    told();
    later(rows(aVisit(9, { household })));
    await run();
    expect(told()).toEqual(['occ.job.upserted.v1 10', 'occ.appointment.upserted.v1 9']);
    later(rows(aVisit(8, { household: 'other' })));
    await run();
    expect(told()).toEqual(upserts(8));
  });

  it('joins a job also when all appointments of it were removed', async () => {
    const household = 'moreno';
    const { run, told, later } = world(rows(aVisit(10, { household })));
    await run();
    later(gone('10'));
    await run();
    told();
    later(rows(aVisit(11, { household })));
    await run();
    expect(told()).toEqual(['occ.job.upserted.v1 10', 'occ.appointment.upserted.v1 11']);
  });

  it('is known in the store by a hash of its key, not by the key: a household is not written there', async () => {
    const { state, run } = world(rows(aVisit(1, { household: 'moreno' })));
    await run();
    expect(JSON.stringify(state.saved)).not.toContain('moreno');
  });
});
