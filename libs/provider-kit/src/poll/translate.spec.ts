import type { SyncRun } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import type { Source } from '../source.ts';
import { aVisit, visits } from '../testing/some-crm.ts';
import type { Digests } from './digest.ts';
import { newRun } from './new-run.ts';
import { startTally } from './tally.ts';
import { readVendorRows, translate } from './translate.ts';

const start: SyncRun = newRun({
  ...{ id: 'run-1', connection: 'con-1', source: 'visits', reason: 'person' },
  now: Date.parse('2026-03-05T17:00:00Z'),
});

function reading(rows: readonly unknown[], known: Digests = new Map()) {
  const tally = startTally(start);
  const linkedReps = new Set(['r1']);
  const source = visits as unknown as Source<never, never>;
  const facts = { source, linkedReps, digests: known, timeZone: 'America/New_York', tally };
  const translated = [...translate(readVendorRows(rows, facts), facts)];
  return { translated, run: tally.run() };
}

describe('reading a page', () => {
  it('skips rows of reps without a link and counts them by rep, the busiest first', () => {
    const rows = [aVisit(1), aVisit(2, { rep: 'r8' }), aVisit(3, { rep: 'r9' }), aVisit(4, { rep: 'r9' })];
    const { translated, run } = reading(rows);
    expect(translated.map(({ id }) => id)).toEqual(['1']);
    expect(run).toMatchObject({
      fetched: 4,
      skipped: { 'rep-not-linked': 3 },
      skipped_reps: [
        { crm_user_id: 'r9', name: 'Rep r9', count: 2 },
        { crm_user_id: 'r8', name: 'Rep r8', count: 1 },
      ],
    });
  });

  it("sets a row aside that it cannot read, by its own label and without a person's data; the others go on", () => {
    const rows = [{ ...aVisit(1), name: { first: 'Pat', last: 'Moreno' } }, null, aVisit(3)];
    const { translated, run } = reading(rows);
    expect(translated.map(({ id }) => id)).toEqual(['3']);
    expect(run.skipped).toEqual({ unreadable: 2 });
    expect(run.set_aside.map(({ record }) => record)).toEqual(['1', '(no id)']);
    expect(run.set_aside[0]?.reason).toMatch(/^name: /);
    expect(JSON.stringify(run)).not.toContain('Moreno');
  });

  it('sets a row aside whose value no conversion knows, naming table and field', () => {
    const { translated, run } = reading([aVisit(1, { at: 'next Tuesday at Pat’s' }), aVisit(2)]);
    expect(translated.map(({ id }) => id)).toEqual(['2']);
    expect(run.set_aside).toEqual([
      { record: '1', reason: 'appointment.start_time (from at): not a date and time without offset' },
    ]);
  });

  it('makes a job without an appointment, and warns, where there is no date', () => {
    const { translated, run } = reading([aVisit(1, { at: null })]);
    expect([translated[0]?.job.external_id, translated[0]?.appointment]).toEqual(['1', undefined]);
    expect(run.warnings).toEqual([{ record: '1', reason: 'It has no date.' }]);
    expect(run.skipped).toEqual({});
  });

  it('puts visits to one household into one job, and keeps a job that a record already has', () => {
    const known: Digests = new Map([['5', { hash: 'h', slice: '2026-03-09', job: '2' }]]);
    const rows = [aVisit(4, { household: 'moreno' }), aVisit(5, { household: 'moreno' }), aVisit(6)];
    expect(reading(rows, known).translated.map(({ id, jobId }) => [id, jobId])).toEqual([
      ['4', '2'],
      ['5', '2'],
      ['6', '6'],
    ]);
  });

  it('gives the same hash to the same content and another to any change that would be published', () => {
    const hashOf = (changes: object) => reading([aVisit(1, changes)]).translated[0]?.hash;
    expect(hashOf({})).toBe(hashOf({}));
    expect(new Set([{}, { note: 'Seven' }, { name: 'Lee' }, { at: '2026-03-09T15:00:00' }].map(hashOf)).size).toBe(4);
  });
});

describe('startTally', () => {
  it('lists so many rows and counts them all', () => {
    const rows = Array.from({ length: 250 }, (_, id) => ({ id }));
    const { run } = reading(rows);
    expect([run.skipped['unreadable'], run.set_aside.length]).toEqual([250, 200]);
  });

  it('starts from the run as asked and leaves it alone', () => {
    const tally = startTally(start);
    tally.fetched();
    expect([tally.run().fetched, start.fetched]).toEqual([1, 0]);
    expect(tally.run().skipped).toEqual({});
  });
});
