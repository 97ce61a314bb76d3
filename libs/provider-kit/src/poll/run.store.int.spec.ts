import type { SyncRun } from '@occ-hub/contracts';
import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newRun } from './new-run.ts';
import { type RunStore, createRunStore } from './run.store.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
let runs: RunStore;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  runs = await createRunStore(opened.store);
});
afterAll(() => opened.forget());

// Far ahead: runs of the past are forgotten by the store while the test looks.
const start = Date.parse('2099-03-09T03:30:00Z');
const waiting = (n: number, connection = `con-${n}`) =>
  newRun({ id: `${connection}-${n}`, connection, source: 'visits', reason: 'schedule', now: start + n * 1_000 });

describe('the runs that wait', () => {
  it('are served oldest first, however many came later, and without what is under way', async () => {
    for (const n of Array.from({ length: 130 }, (_, each) => 129 - each)) await runs.insert(waiting(n));
    const served = await runs.waiting({ without: [] });
    expect(served.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, n) => `con-${n}-${n}`));
    const without = [0, 1].map((n) => ({ connection: `con-${n}`, source: 'visits' }));
    const others = await runs.waiting({ without: [...without, { connection: 'con-2', source: 'other' }] });
    expect(others.map(({ id }) => id).slice(0, 2)).toEqual(['con-2-2', 'con-3-3']);
  });

  it('are joined at the one that will run first', async () => {
    await runs.insert(waiting(9, 'con-twice'));
    await runs.insert(waiting(4, 'con-twice'));
    const twice = { connection: 'con-twice', source: 'visits' };
    expect((await runs.waitingOf({ ...twice, reasons: ['person', 'schedule'] }))?.id).toBe('con-twice-4');
    expect(await runs.waitingOf({ ...twice, reasons: ['person'] })).toBeUndefined();
  });

  it('are shown newest first', async () => {
    const shown = await runs.list({ connection: 'con-twice', limit: 10 });
    expect(shown.map(({ id }) => id)).toEqual(['con-twice-9', 'con-twice-4']);
  });

  it('are shown page by page, each beginning before the last run of the page before', async () => {
    const before = 'con-twice-9';
    const shown = await runs.list({ connection: 'con-twice', limit: 1, before });
    expect(shown.map(({ id }) => id)).toEqual(['con-twice-4']);
    expect(await runs.list({ connection: 'con-twice', limit: 1, before: 'con-twice-4' })).toEqual([]);
  });
});

it('reads a run that a release left behind which did not count removals and calls', async () => {
  const { removed: _removed, vendor_calls: _calls, ...old } = waiting(1, 'con-upgraded');
  await runs.insert(old as SyncRun);
  expect(await runs.list({ connection: 'con-upgraded', limit: 1 })).toMatchObject([{ removed: 0, vendor_calls: 0 }]);
});
