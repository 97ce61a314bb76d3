import { readFileSync, readdirSync } from 'node:fs';
import { applyMapping, readRecord } from '@occ-hub/mapping';
import { describe, expect, it } from 'vitest';
import { SfAppointment } from '../records.ts';
import { appointmentFromAppointment, jobFromAppointment } from './appointment.map.ts';
import { appointments } from './appointments.source.ts';

/** A row as Salesforce sends it, and what the hub makes of it, or why it cannot. */
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
  const warnings: string[] = [];
  const context = { timeZone, warn: (reason: string) => void warnings.push(reason) };
  const row = readRecord(SfAppointment, vendor);
  const placed = { ...row, job_of: row.Id };
  const job = applyMapping(jobFromAppointment, placed, context);
  const missing = appointments.withoutAppointment(row);
  const appointment = missing === undefined ? applyMapping(appointmentFromAppointment, placed, context) : null;
  if (missing !== undefined) context.warn(missing);
  return { job, appointment, ...(warnings.length > 0 ? { warnings } : {}) };
}

describe('a sales appointment becomes a job and an appointment', () => {
  it.each(pairs.filter(({ pair }) => pair.hub))('$name', ({ pair }) => {
    expect(translated(pair)).toEqual(pair.hub);
  });
});

describe('a row that cannot be read says where and why, without its data', () => {
  it.each(pairs.filter(({ pair }) => pair.unreadable !== undefined))('$name', ({ pair }) => {
    expect(() => translated(pair)).toThrow(pair.unreadable);
    expect(() => translated(pair)).toThrow(/^(?!.*(Dana|Whitfield|Friday|half past|example\.test|555))/);
  });
});

it('has a pair for every fixture and both kinds of them', () => {
  expect(pairs.every(({ pair }) => (pair.hub === undefined) !== (pair.unreadable === undefined))).toBe(true);
  expect(pairs.filter(({ pair }) => pair.hub).length).toBeGreaterThan(55);
  expect(pairs.filter(({ pair }) => pair.unreadable).length).toBeGreaterThan(8);
});

it('warns of a list of phones without showing what it says', () => {
  const warnings = pairs.flatMap(({ pair }) => (pair.hub ? (translated(pair).warnings ?? []) : []));
  expect(warnings.join()).not.toMatch(/555|ext 4|Whitfield|office/);
});
