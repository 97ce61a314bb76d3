import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { MappingContext } from '../table.ts';
import { isRealDateTime, localDateTime, localDateTimePlus } from './wall-clock.ts';

const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Phoenix',
  'America/St_Johns',
  'Pacific/Honolulu',
  'Europe/London',
  'UTC',
];
const within = (timeZone: string): MappingContext => ({ timeZone, warn: () => undefined });
const newYork = within('America/New_York');
const wallClocks = fc
  .integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 })
  .map((minutes) => new Date(minutes * 60_000).toISOString().slice(0, 19));

describe('localDateTime', () => {
  it('reads the wall clock of the company, winter and summer', () => {
    expect(localDateTime.convert('2026-01-15T14:00:00', newYork)).toBe('2026-01-15T19:00:00.000Z');
    expect(localDateTime.convert('2026-07-15T14:00:00', newYork)).toBe('2026-07-15T18:00:00.000Z');
  });

  it('takes the first of an hour that happens twice', () => {
    expect(localDateTime.convert('2026-11-01T01:30:00', newYork)).toBe('2026-11-01T05:30:00.000Z');
  });

  it('moves an hour that the clocks skip forward', () => {
    expect(localDateTime.convert('2026-03-08T02:30:00', newYork)).toBe('2026-03-08T07:30:00.000Z');
  });

  it('gives back the same wall clock, except in a skipped hour', () => {
    fc.assert(
      fc.property(wallClocks, fc.constantFrom(...zones), (wall, zone) => {
        const back = DateTime.fromISO(localDateTime.convert(wall, within(zone)), { zone });
        const luxonBack = DateTime.fromISO(wall, { zone });
        const skipped = luxonBack.toFormat("yyyy-MM-dd'T'HH:mm:ss") !== wall;
        expect(back.toFormat("yyyy-MM-dd'T'HH:mm:ss")).toBe(
          skipped ? luxonBack.toFormat("yyyy-MM-dd'T'HH:mm:ss") : wall,
        );
      }),
    );
  });

  it.each([
    '',
    null,
    'tomorrow',
    '2026-02-30T10:00:00',
    '1899-12-30T11:00:00',
    '2026-03-09T14:00:00Z',
    '2026-03-09T14:00:00-05:00',
  ])('refuses %j instead of guessing', (value) =>
    expect(() => localDateTime.convert(value, newYork)).toThrow(/not a date and time/),
  );
});

describe('localDateTimePlus', () => {
  const end = localDateTimePlus({ hours: 2 });

  it('adds on the wall clock: an hour less of true time in spring, an hour more in autumn', () => {
    expect(end.convert('2026-03-08T01:00:00', newYork)).toBe('2026-03-08T07:00:00.000Z'); // 03:00 EDT, one hour after 01:00 EST
    expect(end.convert('2026-11-01T00:30:00', newYork)).toBe('2026-11-01T07:30:00.000Z'); // 02:30 EST, three hours after 00:30 EDT
  });

  it('is two hours of true time on every other day', () => {
    fc.assert(
      fc.property(wallClocks, fc.constantFrom(...zones), (wall, zone) => {
        const start = Date.parse(localDateTime.convert(wall, within(zone)));
        const stop = Date.parse(end.convert(wall, within(zone)));
        const changes =
          DateTime.fromISO(wall, { zone }).minus({ hours: 3 }).offset !==
          DateTime.fromISO(wall, { zone }).plus({ hours: 6 }).offset;
        if (!changes) expect(stop - start).toBe(7_200_000);
        else expect(stop - start).toBeGreaterThanOrEqual(3_600_000);
      }),
    );
  });
});

describe('isRealDateTime', () => {
  it('knows the sentinel days of old databases', () => {
    expect(isRealDateTime('1899-12-30T11:00:00')).toBe(false);
    expect(isRealDateTime('1900-01-01T14:00:00')).toBe(false);
    expect(isRealDateTime(null)).toBe(false);
    expect(isRealDateTime('2026-03-09T14:00:00')).toBe(true);
  });
});
