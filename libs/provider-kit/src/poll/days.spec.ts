import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { daysAround } from './days.ts';

describe('daysAround', () => {
  it('crosses months, leap days and years on the calendar', () => {
    expect(daysAround('2028-02-28', { before: 2, after: 2 })).toEqual({ from: '2028-02-26', to: '2028-03-01' });
    expect(daysAround('2026-12-31', { before: 2, after: 30 })).toEqual({ from: '2026-12-29', to: '2027-01-30' });
  });

  it('always spans the asked number of calendar days, also over a change of the clocks', () => {
    const today = fc.integer({ min: 0, max: 4000 }).map((days) => DateTime.utc(2024, 1, 1).plus({ days }).toISODate()!);
    fc.assert(
      fc.property(today, (day) => {
        const { from, to } = daysAround(day, { before: 2, after: 30 });
        expect(DateTime.fromISO(to, { zone: 'utc' }).diff(DateTime.fromISO(from, { zone: 'utc' }), 'days').days).toBe(
          32,
        );
        expect(from < day && day < to).toBe(true);
      }),
    );
  });
});
