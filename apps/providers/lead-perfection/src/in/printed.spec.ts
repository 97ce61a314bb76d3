import { readFileSync } from 'node:fs';
import { type AnyMapping, type PrintedRow, printMapping, printRows, tablesOf } from '@occ-hub/mapping';
import { describe, expect, it } from 'vitest';
import { appointmentFromAppointment, jobFromAppointment } from './appointment.map.ts';
import { lookupFromEntry } from './lookup.map.ts';
import { userFromEntry } from './user.map.ts';

const here = (file: string) => new URL(file, import.meta.url);

describe('the printed tables', () => {
  it.each([
    ['appointment.map.md', [printMapping(jobFromAppointment), printMapping(appointmentFromAppointment)]],
    ['user.map.md', [printMapping(userFromEntry)]],
    ['lookup.map.md', [printMapping(lookupFromEntry)]],
  ])('are as the code has them: %s (print anew with `vitest -u`)', async (file, tables) => {
    await expect(tables.join('\n')).toMatchFileSnapshot(here(file).pathname);
  });
});

/** One line of the seed's table. */
interface SeedLine {
  readonly object: string;
  readonly field: string;
  readonly source: string;
}

const seed: readonly SeedLine[] = readFileSync(here('../../seed/appointment.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => {
    const [object = '', field = '', source = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { object, field, source };
  });

type Line = PrintedRow & { readonly object: string };

/** The seed's names for our tables. Metadata is a table of its own here and a field name with a dot there. */
const objects: Readonly<Record<string, readonly [object: string, prefix?: string][]>> = {
  user: [['User']],
  job: [['Job']],
  'metadata of job': [['Job', 'metadata.']],
  'job address': [['Job Address']],
  'job phone': [['Job Phone']],
  'job phone (alternate 1)': [['Job Phone']],
  'job phone (alternate 2)': [['Job Phone']],
  appointment: [['Appointment']],
  note: [['Note']],
  'metadata of appointment and note': [
    ['Appointment', 'metadata.'],
    ['Note', 'metadata.'],
  ],
};

function linesOf(table: AnyMapping): Line[] {
  const named = objects[table.title] ?? [];
  expect(named, `the table "${table.title}" is compared with nothing`).not.toEqual([]);
  return named.flatMap(([object, prefix = '']) =>
    printRows(table).map((row) => ({ ...row, object, field: prefix + row.field })),
  );
}
const tables = [userFromEntry, jobFromAppointment, appointmentFromAppointment] as const;
const lines: readonly Line[] = [...new Set(tables.flatMap((table) => tablesOf(table as never)))].flatMap(linesOf);

/** Both sides in one spelling: LeadPerfection's case of a name is not stable (`id`, `ID`). */
function sourceOf({ vendor, conversion }: PrintedRow): string {
  if (vendor !== '—') return vendor.toLowerCase();
  return conversion === 'always ""' ? 'not used' : conversion.replace(/^always "(.*)"$/, '$1').toLowerCase();
}
function seedSourceOf({ source, object }: SeedLine): string {
  const [, base, plus] = /^(\w+)( \+ .*)$/.exec(source) ?? [];
  // "start_time + 2 Hours" comes from where start_time comes from.
  const from =
    plus === undefined
      ? source
      : (seed.find((line) => line.object === object && line.field === base)?.source ?? source);
  return from
    .replaceAll(/(Appointment|User)\./g, '')
    .split(/[:,]\s*/)
    .join(' + ')
    .toLowerCase();
}

describe('the tables beside the seed', () => {
  it.each(seed)('fill $object $field from $source, or say why not', (line) => {
    const ours = lines.filter(({ object, field }) => object === line.object && field === line.field);
    const same = ours.some((row) => sourceOf(row) === seedSourceOf(line));
    const explained = ours.length > 0 && ours.every(({ note }) => note.startsWith('differs from seed:'));
    expect(same || explained, `${JSON.stringify(ours)} against ${seedSourceOf(line)}`).toBe(true);
  });

  it('make the end two hours after the start', () => {
    expect(lines.find(({ field }) => field === 'end_time')?.conversion).toBe('wall clock + 2 h to UTC');
  });

  it('say of nothing that it differs which does not', () => {
    const differing = lines.filter(({ note }) => note.startsWith('differs from seed:'));
    expect(differing.map(({ field }) => field)).toEqual(['metadata.lead_perferction_id']);
  });

  it('add to the seed what the hub itself needs, and nothing else', () => {
    const known = new Set(seed.map(({ object, field }) => `${object} ${field}`));
    const added = lines.filter(({ object, field }) => !known.has(`${object} ${field}`));
    const nested = ['Job metadata', 'Job address', 'Job phones', 'Job notes', 'Appointment metadata', 'Note metadata'];
    expect(added.map(({ object, field }) => `${object} ${field}`).filter((name) => !nested.includes(name))).toEqual([
      'User email',
      'Job external_id',
      'Appointment external_id',
      'Appointment job_external_id',
      'Appointment crm_user_id',
      'Appointment time_zone',
      'Appointment sales_opportunities',
      'Appointment lead_log_number',
    ]);
  });
});
