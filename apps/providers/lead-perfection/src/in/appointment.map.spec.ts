import { readFileSync, readdirSync } from 'node:fs';
import { applyMapping, readRecord } from '@occ-hub/mapping';
import { describe, expect, it } from 'vitest';
import { LpAppointment } from '../records.ts';
import { appointmentFromAppointment, jobFromAppointment } from './appointment.map.ts';
import { appointments } from './appointments.source.ts';

/** A row as LeadPerfection sends it, and what the hub makes of it, or why it cannot. */
interface Pair {
  readonly time_zone: string;
  readonly vendor: Record<string, unknown>;
  readonly hub?: { readonly job: object; readonly appointment: object | null; readonly warnings?: readonly string[] };
  readonly unreadable?: string;
}

const folder = new URL('../../fixtures/', import.meta.url);
const pairs = readdirSync(folder).map((file) => ({
  name: file.replace('.json', '').replaceAll('-', ' '),
  pair: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Pair,
}));

/** As the kit does it for a row that stands alone. */
function translated({ vendor, time_zone: timeZone }: Pair) {
  const context = { timeZone, warn: () => undefined };
  const row = readRecord(LpAppointment, vendor);
  const placed = { ...row, job_of: String(row.ID) };
  const warning = appointments.withoutAppointment(row);
  return {
    job: applyMapping(jobFromAppointment, placed, context),
    appointment: warning === undefined ? applyMapping(appointmentFromAppointment, placed, context) : null,
    ...(warning === undefined ? {} : { warnings: [warning] }),
  };
}

describe('an appointment row becomes a job and an appointment', () => {
  it.each(pairs.filter(({ pair }) => pair.hub))('$name', ({ pair }) => {
    expect(translated(pair)).toEqual(pair.hub);
  });
});

it('has nothing at all for a log number that the notes do not name, so that such a row is no change', () => {
  const named = pairs.filter(
    ({ pair }) => pair.hub?.appointment && Object.hasOwn(translated(pair).appointment!, 'lead_log_number'),
  );
  expect(named.map(({ name }) => name)).toEqual(['notes that name a log number']);
});

describe('a row that cannot be read says where and why, without its data', () => {
  const unreadable = pairs.filter(({ pair }) => pair.unreadable !== undefined);

  it.each(unreadable)('$name', ({ pair }) => {
    expect(() => translated(pair)).toThrow(pair.unreadable);
    expect(() => translated(pair)).toThrow(/^(?!.*(Moreno|14:00|2:00 PM))/);
  });
});

it('has a pair for every fixture and both kinds of them', () => {
  expect(pairs.every(({ pair }) => (pair.hub === undefined) !== (pair.unreadable === undefined))).toBe(true);
  expect(pairs.length).toBeGreaterThan(30);
});
