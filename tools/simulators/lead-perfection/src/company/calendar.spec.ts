import { describe, expect, test } from 'vitest';
import { randomFrom } from '@occ-hub/simulator-stage';
import type { Appointment } from '../data/appointment.ts';
import { inventAppointments } from '../data/appointments.ts';
import { inventedLookups } from '../data/lookups.ts';
import { Calendar } from './calendar.ts';

const STYLE = { fieldCase: 'documented', booleans: 'yn' } as const;

const founded = (): Calendar =>
  new Calendar(
    inventAppointments({
      random: randomFrom(3),
      lookups: inventedLookups(),
      today: '2026-03-05',
      zone: 'America/New_York',
      count: 80,
    }),
  );
const printedIds = (calendar: Calendar, from: string, to: string): number[] =>
  (JSON.parse(calendar.page(from, to, STYLE).toString()) as { ID: number }[]).map((row) => row.ID);
const ids = (appointments: readonly Appointment[]): number[] => appointments.map((one) => one.row.ID);

describe('calendar', () => {
  test('prints exactly the appointments between two days, both included, by time', () => {
    const calendar = founded();
    const expected = ids(
      [...calendar.all()]
        .filter((one) => one.day >= '2026-03-03' && one.day <= '2026-03-10')
        .sort(
          (a, b) =>
            a.day.localeCompare(b.day) ||
            (a.row.ApptDate ?? '').localeCompare(b.row.ApptDate ?? '') ||
            a.row.ID - b.row.ID,
        ),
    );
    expect(expected.length).toBeGreaterThan(5);
    expect(printedIds(calendar, '2026-03-03', '2026-03-10')).toEqual(expected);
    expect(ids(calendar.between('2026-03-03', '2026-03-10'))).toEqual(expected);
  });

  test('an unchanged page is printed once', () => {
    const calendar = founded();
    expect(calendar.page('2026-03-03', '2026-04-04', STYLE)).toBe(calendar.page('2026-03-03', '2026-04-04', STYLE));
  });

  test('a touched, removed or refiled appointment is printed anew', () => {
    const calendar = founded();
    const [first, second] = calendar.between('2026-03-06', '2026-04-04');
    if (!first || !second) throw new Error('the window is empty');
    calendar.page('2026-03-03', '2026-04-04', STYLE);
    first.row.PresNotes = 'changed in place';
    calendar.touched(first);
    expect(calendar.page('2026-03-03', '2026-04-04', STYLE).toString()).toContain('changed in place');
    calendar.refile(first, '2027-01-01');
    expect(printedIds(calendar, '2026-03-03', '2026-04-04')).not.toContain(first.row.ID);
    expect(printedIds(calendar, '2027-01-01', '2027-01-01')).toEqual([first.row.ID]);
    calendar.remove(second);
    expect(printedIds(calendar, '2026-03-03', '2026-04-04')).not.toContain(second.row.ID);
    expect(calendar.get(second.row.ID)).toBeUndefined();
  });

  test('a window without appointments is an empty array', () => {
    expect(founded().page('2030-01-01', '2030-01-31', STYLE).toString()).toBe('[]');
  });
});
