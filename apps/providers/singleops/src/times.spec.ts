import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wantedVisit } from './times.ts';

const zones = ['America/New_York', 'America/Phoenix', 'America/St_Johns', 'Pacific/Honolulu', 'UTC'] as const;
const clockOf = (time_zone: string) => ({ time_zone, visit_minutes: 30 });
const epochMinutes = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 });
const iso = (minute: number) => new Date(minute * 60_000).toISOString().replace('.000', '');

/** The wall clock of a zone by another way than the one under test. */
function wallOf(instant: string, timeZone: string): string {
  const format = { dateStyle: 'short', timeStyle: 'medium', timeZone, hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('sv-SE', format).format(new Date(instant));
}

describe('a wanted time', () => {
  it('reads on the account’s clock as the zone says, and is the same instant', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), epochMinutes, fc.integer({ min: 1, max: 600 }), (zone, from, minutes) => {
        const [start, end] = [iso(from), iso(from + minutes)];
        const wanted = wantedVisit({ wanted_start: start, wanted_end: end }, clockOf(zone));
        const [wallStart, wallStop] = [wallOf(start, zone), wallOf(end, zone)];
        // When the clocks go back, an hour reads twice: such a visit is refused, not sent the wrong way round.
        const visit = { start: wallStart, stop: wallStop, allDay: false, startsAt: start, endsAt: end };
        const faults = [{ pointer: '/wanted_end', message: 'The visit ends before it starts.' }];
        expect(wanted).toEqual(wallStop <= wallStart ? { faults } : { visit });
      }),
    );
  });

  it('without an offset is the account’s own clock', () => {
    expect(wantedVisit({ wanted_start: '2026-07-01 09:00:30' }, clockOf('America/St_Johns'))).toEqual({
      visit: {
        ...{ start: '2026-07-01 09:00:30', stop: '2026-07-01 09:30:30', allDay: false },
        ...{ startsAt: '2026-07-01T11:30:30Z', endsAt: '2026-07-01T12:00:30Z' },
      },
    });
  });

  it('of a date is the whole day, however long it is', () => {
    expect(wantedVisit({ wanted_start: '2026-03-08' }, clockOf('America/New_York'))).toEqual({
      visit: {
        ...{ start: '2026-03-08 00:00:00', stop: '2026-03-08 23:59:59', allDay: true },
        ...{ startsAt: '2026-03-08T05:00:00Z', endsAt: '2026-03-09T03:59:59Z' },
      },
    });
  });

  it('of an instant is the day on the account’s clock, not in UTC', () => {
    const lead = { wanted_start: '2026-05-05T02:00:00Z', all_day: 'yes' } as const;
    expect(wantedVisit(lead, clockOf('America/New_York'))).toMatchObject({ visit: { start: '2026-05-04 00:00:00' } });
  });

  it('that nobody named is none', () => {
    expect(wantedVisit({}, clockOf('UTC'))).toEqual({ visit: undefined });
  });
});
