import { describe, expect, test } from 'vitest';
import { randomFrom } from '@occ-hub/simulator-stage';
import type { Appointment } from './appointment.ts';
import { householdOf } from './appointment.ts';
import { inventAppointments } from './appointments.ts';
import { inventedLookups } from './lookups.ts';
import { ODDITIES } from './oddities.ts';

const TODAY = '2026-03-05';
const invent = (seed: number, count = 200): Appointment[] =>
  inventAppointments({
    random: randomFrom(seed),
    lookups: inventedLookups(),
    today: TODAY,
    zone: 'America/New_York',
    count,
  });

describe('invented appointments', () => {
  const appointments = invent(7);

  test('the same seed gives the same company, another seed another one', () => {
    expect(invent(7)).toEqual(appointments);
    expect(invent(8)).not.toEqual(appointments);
  });

  test('every id is used once', () => {
    expect(new Set(appointments.map((one) => one.row.ID)).size).toBe(200);
  });

  test('the edges of the window are taken, and so are the days beyond them', () => {
    const days = new Set(appointments.map((one) => one.day));
    for (const day of ['2026-03-02', '2026-03-03', '2026-04-04', '2026-04-05']) expect(days).toContain(day);
    const inside = appointments.filter((one) => one.day >= '2026-03-03' && one.day <= '2026-04-04');
    expect(inside.length).toBeGreaterThan(160);
    expect(inside.length).toBeLessThan(200);
  });

  test('every oddity occurs exactly once', () => {
    const names = appointments.map((one) => one.oddity);
    for (const { name } of ODDITIES) expect(names.filter((found) => found === name)).toEqual([name]);
  });

  test('appointments lie at the missing and the repeated hour of the clock changes', () => {
    const dates = appointments.map((one) => one.row.ApptDate);
    expect(dates).toContain('2026-03-08T02:30:00');
    expect(dates).toContain('2026-11-01T01:30:00');
  });

  test('a row without a real date is still filed inside the window', () => {
    const dateless = appointments.filter((one) => one.row.ApptDate === null || one.row.ApptDate < '2000');
    expect(dateless).toHaveLength(3);
    for (const one of dateless) expect(one.day >= '2026-03-03' && one.day <= '2026-04-04').toBe(true);
  });

  test('some households have several appointments, with different ids and dates of their own', () => {
    const households = Map.groupBy(appointments, (one) => householdOf(one.row));
    const several = [...households.values()].filter((visits) => visits.length > 1);
    expect(several.length).toBeGreaterThan(5);
    for (const visits of several) expect(new Set(visits.map((one) => one.row.ID)).size).toBe(visits.length);
  });

  test('a rep is in the list or one of the known exceptions', () => {
    const known = new Set(inventedLookups().reps.map((rep) => String(rep.slrId)));
    const strangers = appointments.map((one) => String(one.row.slr_id)).filter((rep) => !known.has(rep));
    expect(strangers.sort()).toEqual(['0', '999', '999', 'null', 'null']);
  });

  test('nobody real: phones from the range for fiction, mail at example.test only', () => {
    for (const { row } of appointments) {
      for (const phone of [row.Phone, row.AltPhone1, row.AltPhone2]) {
        if (phone?.trim()) expect(phone.replace(/ x\d+$/, '').replace(/\D/g, '')).toMatch(/5550?1\d\d$/);
      }
      for (const email of [row.email, row.email2].flatMap((text) => text?.split(',') ?? [])) {
        if (email.trim()) expect(email.trim().toLowerCase()).toMatch(/^[^@\s]+@example\.test$/);
      }
    }
  });

  test('ten thousand rows of about a kilobyte lie inside the window', () => {
    const many = invent(7, 10_000);
    const inside = many.filter((one) => one.day >= '2026-03-03' && one.day <= '2026-04-04');
    expect(inside.length).toBeGreaterThan(9_990);
    const bytes = many.reduce((sum, one) => sum + JSON.stringify(one.row).length, 0) / many.length;
    expect(bytes).toBeGreaterThan(850);
    expect(bytes).toBeLessThan(1200);
  });
});
