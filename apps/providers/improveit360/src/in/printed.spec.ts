import { readFileSync } from 'node:fs';
import { type AnyMapping, type PrintedRow, printMapping, printRows, tablesOf } from '@occ-hub/mapping';
import { describe, expect, it } from 'vitest';
import { objects } from '../records.ts';
import { appointmentResult, opportunityResult } from '../results.ts';
import { appointmentFromAppointment, jobFromAppointment } from './appointment.map.ts';
import { resultFromPicklist } from './result.map.ts';
import { userFromStaff } from './user.map.ts';

const here = (file: string) => new URL(file, import.meta.url);

describe('the printed tables', () => {
  it.each([
    ['appointment.map.md', [printMapping(jobFromAppointment), printMapping(appointmentFromAppointment)]],
    ['user.map.md', [printMapping(userFromStaff)]],
    ['result.map.md', [printMapping(resultFromPicklist)]],
  ])('are as the code has them: %s (print anew with `vitest -u`)', async (file, tables) => {
    await expect(tables.join('\n')).toMatchFileSnapshot(here(file).pathname);
  });
});

/** The cells of the table below a heading of the seed's page. */
function tableBelow(heading: string): string[][] {
  const page = readFileSync(here('../../seed/appointment.md'), 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  const cells = (line: string) => line.split('|').slice(1, -1);
  return lines.slice(2).map((line) => cells(line).map((cell) => cell.trim()));
}

/** One line of the seed's table. */
interface SeedLine {
  readonly object: string;
  readonly field: string;
  readonly source: string;
}
const seed: readonly SeedLine[] = tableBelow('Facts').map(([object = '', field = '', source = '']) => ({
  ...{ object, field, source },
}));
/** What the page misspells → what it means. */
const slips = new Map(tableBelow('Spelling slips').map(([written = '', meant = '']) => [written, meant]));

type Line = PrintedRow & { readonly object: string };

/** The seed's names for our tables. Metadata is a table of its own here and a field name with a dot there. */
const names: Readonly<Record<string, readonly [object: string, prefix: string]>> = {
  user: ['User', ''],
  job: ['Job', ''],
  'metadata of job': ['Job', 'metadata.'],
  'job address': ['Job Address', ''],
  appointment: ['Appointment', ''],
  'sales opportunity': ['Sales Opportunity', ''],
  'metadata of appointment': ['Appointment', 'metadata.'],
};

function linesOf(table: AnyMapping): Line[] {
  const [object, prefix] = names[table.title] ?? expect.fail(`the table "${table.title}" is compared with nothing`);
  return printRows(table).map((row) => ({ ...row, object, field: prefix + row.field }));
}

const tables = [userFromStaff, jobFromAppointment, appointmentFromAppointment].flatMap((table) =>
  tablesOf(table as never),
);
/** One table serves all four lists; which field each list is of, results.ts says. */
const resultLines = [
  { list: 'Appointment Result', of: `${appointmentResult.object}.${appointmentResult.result}` },
  { list: 'Appointment Result Detail', of: `${appointmentResult.object}.${appointmentResult.detail}` },
  { list: 'Sales Opportunity Result', of: `${opportunityResult.object}.${opportunityResult.result}` },
  { list: 'Sales Opportunity Result Detail', of: `${opportunityResult.object}.${opportunityResult.detail}` },
].flatMap(({ list, of }) =>
  printRows(resultFromPicklist as unknown as AnyMapping).map((row) => ({
    ...row,
    object: list,
    vendor: row.vendor === 'detail_of' ? 'the result it is valid for' : `${of}, ${row.vendor}`,
  })),
);
const lines: readonly Line[] = [...tables.flatMap(linesOf), ...resultLines];

/** Where a line of the seed is filled here: the numbers of a job are one row, and the user of a job is its appointment's. */
function placeOf({ object, field }: SeedLine): { object: string; field: string } {
  if (object === 'Job Phone') return { object: 'Job', field: 'phones' };
  if (field === 'assigned user') return { object: 'Appointment', field: 'crm_user_id' };
  return { object, field: [...slips].reduce((text, [written, meant]) => text.replace(written, meant), field) };
}
function oursFor(line: SeedLine): Line {
  const place = placeOf(line);
  const found = lines.find(({ object, field }) => object === place.object && field === place.field);
  return found ?? expect.fail(`nothing fills ${place.object} ${place.field}`);
}

/** The fields that a line of the seed takes, by name alone. */
function fieldsOf(source: string): readonly string[] {
  return source
    .replace(/, (first|second) of the colon$/, '')
    .split(/: | - /)
    .map((name) => name.replace(/^appointment\./, '').replace(/^i360core__(Sales_Opportunity__r|Staff__c)\./, ''));
}
const meantBy = (source: string) =>
  [...slips].reduce((text, [written, meant]) => text.replaceAll(written, meant), source);
const ourFields = ({ vendor, conversion }: Line) =>
  vendor === '—' && conversion === 'always ""' ? ['NO MAPPING'] : vendor.split(' + ');
const differs = ({ note }: Line) => note.startsWith('differs from seed: ');

describe('the tables beside the seed', () => {
  it.each(seed)('fill $object $field from $source, or say why not', (line) => {
    const ours = oursFor(line);
    const same = ourFields(ours).join() === fieldsOf(line.source).join();
    expect(same || differs(ours), `${ours.vendor} "${ours.note}"`).toBe(true);
  });

  it.each(seed)('take for $object $field every field that the seed means by $source', (line) => {
    expect(ourFields(oursFor(line))).toEqual(expect.arrayContaining([...fieldsOf(meantBy(line.source))]));
  });

  it('say of nothing that it differs which does not', () => {
    expect(lines.filter(differs).map(({ object, field }) => `${object} ${field}`)).toEqual([
      'Job name',
      'Job phones',
      'Job Address state',
      'Appointment crm_user_id',
      'Appointment summary',
      'Appointment end_time',
    ]);
  });

  it('have the objects of the Lightning package and none of the Classic one', () => {
    expect(objects.appointment).toBe(slips.get('i360__Appointment__c'));
    expect(lines.map(({ vendor }) => vendor).join()).not.toMatch(/i360__/);
  });

  it('join names as the seed has them', () => {
    const conversion = (object: string, field: string) =>
      lines.find((line) => line.object === object && line.field === field)?.conversion;
    expect(conversion('Job', 'name')).toBe('name: categories');
    expect(conversion('Appointment', 'summary')).toBe('name: categories - type');
    expect(conversion('Sales Opportunity', 'name')).toBe('joined by ": "');
    expect(conversion('Job', 'phones')).toBe('split on comma, then on colon');
  });

  it('add to the seed what the hub itself needs, and nothing else', () => {
    const known = new Set(seed.map((line) => Object.values(placeOf(line)).join(' ')));
    const added = lines.map(({ object, field }) => `${object} ${field}`).filter((name) => !known.has(name));
    const nested = ['Job address', 'Job metadata', 'Appointment metadata'];
    expect(added.filter((name) => !nested.includes(name) && !/Result( Detail)? (id|confirm)$/.test(name))).toEqual([
      'Job external_id',
      'Job notes',
      'Job Address line_2',
      'Appointment external_id',
      'Appointment job_external_id',
      'Appointment notes',
      'Appointment time_zone',
      'Appointment lead_log_number',
      'Appointment Result result_id',
      'Sales Opportunity Result result_id',
    ]);
  });
});
