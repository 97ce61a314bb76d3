import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.ts';
import type { CatalogueField, FieldType } from '../catalogue/field.ts';
import { MappingRow } from '../mappings/mappings.ts';
import { ask, fixed, needed, only, record } from '../testing/mapping-rows.ts';
import { transfer } from './transfer.ts';
import { readPhone } from './values/phone.ts';
import { readDate } from './values/wall-clock.ts';

/** What the steps need beside the location, so that nothing but the drawn rows can be wrong. */
const basics = [
  ...needed,
  fixed('Task.Subject', 'Call'),
  fixed('RecurringService.Schedule', 'QTRLY'),
  fixed('Service.LineItems[1].ServiceCode', 'PESTINIT'),
  fixed('RecurringService.LineItems[1].ServiceCode', 'PESTQTR'),
];
const taken = new Set(basics.map((row) => `${row.category}/${row.pestpac_field}`));
const open = catalogue.filter((field) => !field.closed && !taken.has(`${field.category}/${nameOf(field)}`));
const all = only('location', 'lead', 'task', 'service', 'recurring_service', 'card');

function nameOf({ name }: CatalogueField): string {
  return name.replace('[n]', '[1]').replace('[caption]', '[Gate]');
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    'yes',
    '413-555-0142 x9',
    '4/3/2026',
    'MA',
    '01000',
    'a@example.com',
    '$1,200',
    'Medium',
    '#00ff00',
    '🐜🐜',
  ),
  fc.string({ minLength: 7990, maxLength: 8020 }),
);
/** What people are likely to write into a field of the type. */
const likely: Partial<Record<FieldType, readonly string[]>> = {
  phone: ['(413) 555-0142', '413-555-0142 x9', '1 413 555 0177'],
  state: ['MA', 'new york', 'Québec'],
  zip: ['01000', '010001234', 'k1a 0b1'],
  email: ['a@example.com'],
  color: ['#00ff00', '00FF00'],
  integer: ['45', '1,200'],
  number: ['$1,200.50', '-3', '12%'],
  boolean: ['yes', 'No', '1'],
  date: ['2026-04-03', '4/3/2026 9:00 PM', '2026-04-03T02:00:00Z'],
  texts: ['ANTS, MICE'],
  integers: ['1;2'],
};
const anyRow = fc.constantFrom(...open).chain((field) => {
  const words = likely[field.type] ?? field.values ?? ['Alder', 'x'.repeat(12), '🐜🐜', 'two\nlines', 'y'.repeat(60)];
  const text = fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...words) }, anyText);
  return fc.record({ field: fc.constant(field), text, cut: fc.boolean(), required: fc.boolean() });
});

interface Leaf {
  readonly category: string;
  readonly path: string;
  readonly value: unknown;
}

function leaves(category: string, value: unknown, path = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ category, path, value }];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(category, inner, Array.isArray(value) ? `${path}[n]` : path ? `${path}.${key}` : key),
  );
}

describe('a transfer, whatever the lead holds', () => {
  it('is either faults that name a field, or bodies that PestPac takes by its own tables', () => {
    const outcomes = { faults: 0, bodies: 0 };
    fc.assert(
      fc.property(fc.uniqueArray(anyRow, { maxLength: 12, selector: ({ field }) => field }), (rows) => {
        const mappings = rows.map(({ field, cut, required }, at) =>
          MappingRow.parse({
            ...{ category: field.category, pestpac_field: nameOf(field), clickpoint_field: `Field ${at}`, required },
            too_long:
              cut && ['text', 'lines'].includes(field.type) && !field.lookup && field.max ? 'shorten' : 'refuse',
          }),
        );
        const given = { ...record, ...Object.fromEntries(rows.map(({ text }, at) => [`Field ${at}`, text])) };
        const made = transfer(ask({ mappings: [...basics, ...mappings], record: given, steps: all, codes: {} }));
        outcomes[made.ok ? 'bodies' : 'faults'] += 1;
        if (!made.ok) {
          expect(made.faults.length).toBeGreaterThan(0);
          for (const { message } of made.faults) expect(message).toMatch(/^(Fill|Put|Map) /);
          return;
        }
        for (const [category, body] of Object.entries(made.values)) leaves(category, body).forEach(isTaken);
      }),
      { numRuns: 400 },
    );
    expect(Math.min(outcomes.faults, outcomes.bodies)).toBeGreaterThan(40);
  });

  it('is the same every time', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(record)), anyText), (over) => {
        const given = ask({ record: { ...record, ...over } });
        expect(transfer(given)).toEqual(transfer(structuredClone(given)));
      }),
      { numRuns: 100 },
    );
  });
});

/** Neither null nor blank nor longer than the table says; of an enum, one of it. */
function isTaken({ category, path, value }: Leaf): void {
  expect(['string', 'number', 'boolean']).toContain(typeof value);
  if (typeof value !== 'string') return;
  expect(value.trim()).not.toBe('');
  expect(value.isWellFormed()).toBe(true);
  const field = catalogue.find((each) => each.category === category && each.name === path);
  // What may be a code's title is not judged while its list is not there.
  if (field?.max !== undefined && !field.lookup) expect(value.length).toBeLessThanOrEqual(field.max);
  if (field?.values) expect(field.values).toContain(value);
  if (field?.type === 'date') expect(value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  if (field?.type === 'phone') expect(value).toMatch(/^\d{10}$/);
}

describe('values', () => {
  const digits = fc.stringMatching(/^[2-9]\d{9}$/);

  it('of phones are read back however they are written', () => {
    const parts = (number: string) => [number.slice(0, 3), number.slice(3, 6), number.slice(6)] as const;
    const written = fc.constantFrom(
      (number: string) => `(${parts(number)[0]}) ${parts(number)[1]}-${parts(number)[2]}`,
      (number: string) => `+1 ${parts(number).join('.')}`,
      (number: string) => `1${number}`,
      (number: string) => `${parts(number).join('-')} ext 12`,
    );
    fc.assert(
      fc.property(digits, written, (number, write) => {
        expect(readPhone(write(number))?.digits).toBe(number);
      }),
    );
  });

  it('of moments are the same moment in the zone of the company', () => {
    const zones = fc.constantFrom('America/New_York', 'America/Phoenix', 'Pacific/Honolulu', 'America/St_Johns');
    const moments = fc.date({ min: new Date('2000-01-01Z'), max: new Date('2060-01-01Z'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, zones, (moment, timeZone) => {
        const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
        expect(readDate(moment.toISOString(), timeZone)).toBe(parts.format(moment).replace(' ', 'T'));
      }),
    );
  });
});
