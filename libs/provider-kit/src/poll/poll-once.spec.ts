import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { noteExchange } from '../http/exchanges.ts';
import { aPoll, upserts } from '../testing/a-poll.ts';
import { type Visit, aVisit, visits } from '../testing/some-crm.ts';
import { newRun } from './new-run.ts';
import { startTally } from './tally.ts';

const away = new HubError({ kind: 'transient', code: 'x.away', message: 'Away.' });

/** As the sender notes a call of the client. */
function call(times: number): void {
  const exchange = { method: 'GET', path: '/visits', request: '', status: 200, answer: '[2 rows]', ms: 1 };
  for (let n = 0; n < times; n += 1) noteExchange(exchange);
}

/** A CRM that gives the same rows every run, in two pages, until they are changed; or fails between the two. */
function world(rows: (Visit | Record<string, unknown>)[]) {
  const crm = { rows, broken: undefined as Error | undefined, callsAPage: 0 };
  /** The step during which the run is ended from outside. */
  const ended: { while?: 'reading' | 'publishing' } = {};
  const poll = aPoll(visits, {
    async *pages() {
      if (ended.while === 'reading') poll.end(away);
      call(crm.callsAPage);
      yield crm.rows.slice(0, 2);
      if (crm.broken) throw crm.broken;
      call(crm.callsAPage);
      yield crm.rows.slice(2);
    },
  });
  poll.meanwhile.publishing = () => {
    if (ended.while === 'publishing') poll.end(away);
  };
  return { ...poll, crm, ended };
}

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
    const { crm, run, told } = world([aVisit(1), aVisit(2)]);
    await run();
    told();
    for (const at of ['2026-03-10T09:00:00', '2026-03-09T14:00:00']) {
      crm.rows = [aVisit(1), aVisit(2, { at })];
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
    const { crm, order, run, told } = world([aVisit(1), aVisit(2), aVisit(3)]);
    crm.broken = away;
    await expect(run()).rejects.toBe(away);
    expect(order).toEqual([]);
    crm.broken = undefined;
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

  it('counts the calls to the vendor that it took, also of a run that fails', async () => {
    const { crm, run } = world([aVisit(1), aVisit(2), aVisit(3)]);
    crm.callsAPage = 2;
    expect((await run()).vendor_calls).toBe(4);
    crm.broken = away;
    const failing = newRun({ ...{ id: 'run-2', connection: 'con-1', source: 'visits', reason: 'person' }, now: 0 });
    const tally = startTally(failing);
    await expect(run('person', tally)).rejects.toBe(away);
    expect(tally.run()).toMatchObject({ fetched: 2, vendor_calls: 2 });
  });

  it('takes a row that is gone for no news, and knows it when it comes back', async () => {
    const { crm, run, told } = world([aVisit(1), aVisit(2)]);
    await run();
    told();
    crm.rows = [aVisit(1)];
    await run();
    crm.rows = [aVisit(1), aVisit(2)];
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
    const { crm, run, told } = world([aVisit(1), { id: 2 }, aVisit(3)]);
    expect(await run()).toMatchObject({ changed: 2, skipped: { unreadable: 1 } });
    expect(told()).toEqual([1, 3].flatMap(upserts));
    crm.rows = [aVisit(1), aVisit(2), aVisit(3)];
    await run();
    expect(told()).toEqual(upserts(2));
  });

  it('publishes in batches, and remembers each before it goes on', async () => {
    const many = Array.from({ length: 700 }, (_, index) => aVisit(index + 1));
    const { order, run, told } = world(many);
    expect((await run()).changed).toBe(700);
    expect(order).toEqual(['publish', 'save', 'publish', 'save', 'publish', 'save']);
    expect(told()).toEqual(many.flatMap(({ id }) => upserts(Number(id))));
    expect((await run()).changed).toBe(0);
  });

  it('leaves to the next run only what Kafka did not have when it was cut short', async () => {
    const { broken, meanwhile, run, told } = world(Array.from({ length: 700 }, (_, index) => aVisit(index + 1)));
    let batches = 0;
    meanwhile.publishing = () => void ((batches += 1) === 2 && (broken.publish = away));
    await expect(run()).rejects.toBe(away);
    expect(told()).toHaveLength(1_000);
    delete broken.publish;
    expect(await run()).toMatchObject({ changed: 200, unchanged: 500 });
    expect(told()).toHaveLength(400);
  });

  it('writes each day but once or twice, however many there are and in whatever order they come', async () => {
    const dayOf = (n: number) => `2026-03-${String((n % 20) + 1).padStart(2, '0')}T09:00:00`;
    const { state, run } = world(Array.from({ length: 2_000 }, (_, n) => aVisit(n + 1, { at: dayOf(n) })));
    expect((await run()).changed).toBe(2_000);
    expect(state.saved).toHaveLength(8);
    const written = state.saved.flat();
    expect(new Set(written.map(({ slice }) => slice)).size).toBe(20);
    expect(written.length).toBeLessThanOrEqual(20 + 8);
  });

  it('tells an appointment whose date was taken away as removed, once, and brings it back with a new one', async () => {
    const { crm, run, told } = world([aVisit(1), aVisit(2, { at: null })]);
    await run();
    expect(told()).toEqual([...upserts(1), 'occ.job.upserted.v1 2']);
    crm.rows = [aVisit(1, { at: null }), aVisit(2, { at: null, note: 'still none' })];
    expect(await run()).toMatchObject({ changed: 2, removed: 1 });
    expect(told()).toEqual(['occ.job.upserted.v1 1', 'occ.appointment.removed.v1 1', 'occ.job.upserted.v1 2']);
    crm.rows = [aVisit(1, { at: null, note: 'and still none' }), aVisit(2, { at: null, note: 'still none' })];
    await run();
    expect(told()).toEqual(['occ.job.upserted.v1 1']);
    crm.rows = [aVisit(1), aVisit(2, { at: null, note: 'still none' })];
    await run();
    expect(told()).toEqual(upserts(1));
  });

  it('goes on past a job that no event can carry: it is set aside, not remembered, and comes when it is shorter', async () => {
    const { crm, run, told } = world([aVisit(1), aVisit(2, { note: 'x'.repeat(900 * 1024) }), aVisit(3)]);
    const first = await run();
    expect(first).toMatchObject({ state: 'running', fetched: 3, changed: 2, skipped: { unreadable: 1 } });
    expect(first.set_aside).toEqual([{ record: '2', reason: expect.stringMatching(/Shorten its notes/) }]);
    expect(told()).toEqual([1, 3].flatMap(upserts));
    crm.rows = [aVisit(1), aVisit(2, { note: 'short' }), aVisit(3)];
    expect((await run()).changed).toBe(1);
    expect(told()).toEqual(upserts(2));
  });
});
