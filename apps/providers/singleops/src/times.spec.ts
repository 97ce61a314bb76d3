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

  it.each([
    ['named on the account’s clock', '2027-11-07T01:45'],
    ['named as an instant', '2027-11-07T05:45:00Z'],
  ])('without an end is taken just before the clocks go back, with an end that reads later: %s', (_what, start) => {
    expect(wantedVisit({ wanted_start: start }, clockOf('America/New_York'))).toMatchObject({
      visit: { start: '2027-11-07 01:45:00', stop: '2027-11-07 02:15:00', startsAt: '2027-11-07T05:45:00Z' },
    });
  });

  it('without an end always ends after it starts, by both clocks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), epochMinutes, fc.integer({ min: 5, max: 1440 }), (zone, from, minutes) => {
        const wanted = wantedVisit({ wanted_start: iso(from) }, { time_zone: zone, visit_minutes: minutes });
        const visit = 'visit' in wanted ? wanted.visit! : expect.unreachable();
        expect(visit.stop > visit.start && visit.endsAt > visit.startsAt).toBe(true);
        expect(wallOf(visit.endsAt, zone)).toBe(visit.stop);
      }),
    );
    // The hour that comes twice, in every minute of it.
    for (let from = Date.UTC(2027, 10, 7, 4); from < Date.UTC(2027, 10, 7, 8); from += 60_000) {
      const wanted = wantedVisit({ wanted_start: iso(from / 60_000) }, clockOf('America/New_York'));
      expect(wanted).toMatchObject({ visit: { startsAt: iso(from / 60_000) } });
    }
  });

  it.each([
    ['an hour that no clock shows', '2027-03-15T24:00', /date and a time/],
    ['a minute that no clock shows', '2027-03-15T10:60', /date and a time/],
    ['an hour that the clocks skip', '2027-03-14T02:30', /put forward/],
    ['an offset that nobody has', '2027-03-15T10:00+99:99', /-14:00 to \+14:00/],
    ['an offset just beyond the last', '2027-03-15T10:00-14:01', /-14:00 to \+14:00/],
    ['a year before cars', '0000-01-01T10:00', /1900 to 2100/],
    ['a year after our time', '2101-01-01', /1900 to 2100/],
  ])('is refused in words that say why: %s', (_what, wanted_start, words) => {
    expect(wantedVisit({ wanted_start }, clockOf('America/New_York'))).toEqual({
      faults: [{ pointer: '/wanted_start', message: expect.stringMatching(words) as string }],
    });
  });

  it('is taken with the largest offsets there are', () => {
    for (const offset of ['+14:00', '-14:00', '+1400'])
      expect(wantedVisit({ wanted_start: `2027-03-15T10:00${offset}` }, clockOf('UTC'))).toHaveProperty('visit');
  });

  it('that nobody named is none', () => {
    expect(wantedVisit({}, clockOf('UTC'))).toEqual({ visit: undefined });
  });
});
