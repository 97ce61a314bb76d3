import { isHubError } from '@occ-hub/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldDescription, allEntries, validEntries } from './picklist.ts';

const values = (...all: string[]) => all.map((value) => ({ value, label: `label of ${value}`, validFor: null }));
const controller = (...all: string[]): FieldDescription => ({ name: 'Status', picklistValues: values(...all) });
const dependent = (entries: Readonly<Record<string, string | null>>): FieldDescription => ({
  name: 'Detail',
  dependentPicklist: true,
  controllerName: 'Status',
  picklistValues: Object.entries(entries).map(([value, validFor]) => ({ value, label: `label of ${value}`, validFor })),
});
const namesOf = (entries: readonly { readonly value: string }[]) => entries.map(({ value }) => value);
const valid = (fields: readonly FieldDescription[], controlling: string) =>
  namesOf(validEntries(fields, 'Detail', controlling));
const ending = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return isHubError(error) ? `${error.kind} ${error.code} ${error.message}` : error;
  }
};

describe('allEntries', () => {
  it('gives all entries in the order of the description, inactive ones too', () => {
    const described = [
      { active: true, label: 'Ran', value: 'Ran', validFor: null },
      { active: false, label: 'Old', value: 'Old', validFor: null },
      { active: true, label: 'Apart', value: 'Apart', validFor: null },
    ];
    expect(namesOf(allEntries([{ name: 'Status', picklistValues: described }], 'Status'))).toEqual([
      ...['Ran', 'Old', 'Apart'],
    ]);
  });

  it('takes a field without a list for an empty list', () => {
    expect(allEntries([{ name: 'Flag', type: 'boolean' }], 'Flag')).toEqual([]);
    expect(allEntries([{ name: 'Flag', picklistValues: null }], 'Flag')).toEqual([]);
  });

  it('knows fields by their exact name, and says whose business a missing one is', () => {
    for (const name of ['status', 'Stat', 'Status '])
      expect(ending(() => allEntries([controller('Ran')], name))).toMatch(
        /^rejected improveit360\.schema\.field-missing .*field-level security/,
      );
  });
});

describe('validEntries', () => {
  // The vendor's own example: IAAA = 2, EAAA = 3, MAAA = 2 and 3.
  const status = controller('Scheduled', 'Confirmed', 'Ran', 'Not Ran');
  const detail = dependent({ Sold: 'IAAA', 'Demoed, Not Sold': 'IAAA', 'No Show': 'MAAA', Canceled: 'EAAA' });

  it('reads the bits from the most significant one on', () => {
    expect(valid([status, detail], 'Ran')).toEqual(['Sold', 'Demoed, Not Sold', 'No Show']);
    expect(valid([status, detail], 'Not Ran')).toEqual(['No Show', 'Canceled']);
    expect(valid([status, detail], 'Scheduled')).toEqual([]);
    expect(valid([controller('A'), dependent({ first: 'gAAA' })], 'A')).toEqual(['first']);
  });

  it('goes by the value, never by the label, and by its exact letters', () => {
    const twins: FieldDescription = {
      name: 'Status',
      picklistValues: [
        { value: 'A', label: 'B', validFor: null },
        { value: 'B', label: 'A', validFor: null },
      ],
    };
    expect(valid([twins, dependent({ first: 'gAAA', second: 'QAAA' })], 'A')).toEqual(['first']);
    expect(valid([twins, dependent({ first: 'gAAA', second: 'QAAA' })], 'B')).toEqual(['second']);
    expect(ending(() => valid([twins, detail], 'a'))).toMatch(/^rejected improveit360\.schema\.value-missing/);
  });

  it('reads beyond the eighth value and the eighth byte', () => {
    const many = controller(...Array.from({ length: 120 }, (_, n) => `v${n}`));
    const bit = (place: number) => {
      const bytes = Buffer.alloc(15);
      bytes[place >> 3] = 0x80 >> (place % 8);
      return bytes.toString('base64');
    };
    const fields = [many, dependent({ eighth: bit(7), ninth: bit(8), seventieth: bit(69), last: bit(119) })];
    expect(valid(fields, 'v7')).toEqual(['eighth']);
    expect(valid(fields, 'v8')).toEqual(['ninth']);
    expect(valid(fields, 'v69')).toEqual(['seventieth']);
    expect(valid(fields, 'v119')).toEqual(['last']);
    expect(valid(fields, 'v0')).toEqual([]);
  });

  it('takes bytes that are not there, and no bytes at all, for no', () => {
    const many = controller(...Array.from({ length: 130 }, (_, n) => `v${n}`));
    const fields = [many, dependent({ short: '////', none: null, empty: '' })];
    expect(valid(fields, 'v23')).toEqual(['short']);
    for (const beyond of ['v24', 'v95', 'v96', 'v129']) expect(valid(fields, beyond)).toEqual([]);
  });

  it('keeps inactive entries, of either list, and their places', () => {
    const status = { name: 'Status', picklistValues: [{ value: 'Old', active: false }, { value: 'Ran' }] };
    const detail = {
      ...dependent({}),
      picklistValues: [
        { value: 'x', active: false, validFor: 'QAAA' },
        { value: 'y', validFor: 'gAAA' },
      ],
    };
    expect(valid([status, detail], 'Ran')).toEqual(['x']);
    expect(valid([status, detail], 'Old')).toEqual(['y']);
  });

  it('refuses a list that depends on nothing, before it looks at anything else', () => {
    const independent = { ...controller('A'), name: 'Detail', dependentPicklist: false };
    expect(ending(() => valid([independent], 'nowhere'))).toMatch(/^rejected improveit360\.schema\.not-dependent/);
    expect(ending(() => valid([{ name: 'Detail' }], 'nowhere'))).toMatch(/not-dependent/);
  });

  it('refuses a value that the controlling list does not have, and a checkbox, which has no list', () => {
    expect(ending(() => valid([status, detail], 'Gone'))).toMatch(
      /^rejected improveit360\.schema\.value-missing Status has no value "Gone"/,
    );
    const checkbox = { name: 'Status', type: 'boolean', picklistValues: [] };
    for (const value of ['true', 'false', '1'])
      expect(ending(() => valid([checkbox, detail], value))).toMatch(/value-missing/);
  });

  it('refuses where the controlling field is hidden or not named', () => {
    expect(ending(() => valid([detail], 'Ran'))).toMatch(/^rejected improveit360\.schema\.field-missing .*Status/);
    expect(ending(() => valid([status, { ...detail, controllerName: null }], 'Ran'))).toMatch(/field-missing/);
  });

  it('has nothing to ask where the dependent list is empty', () => {
    expect(valid([status, dependent({})], 'Gone')).toEqual([]);
    expect(valid([dependent({})], 'Gone')).toEqual([]);
  });

  it('reads back what an independent encoder wrote', () => {
    const places = fc.uniqueArray(fc.nat({ max: 299 }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.array(places, { maxLength: 8 }), (size, sets) => {
        const status = controller(...Array.from({ length: size }, (_, n) => `v${n}`));
        const entries = sets.map((set, n) => [`d${n}`, encoded(set.filter((place) => place < size))] as const);
        const fields = [status, dependent(Object.fromEntries(entries))];
        for (let place = 0; place < size; place++) {
          const expected = entries.map(([name]) => name).filter((_, n) => sets[n]!.includes(place));
          expect(valid(fields, `v${place}`)).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Bits as text, six to a letter, in whole groups of four letters: no byte is touched. */
function encoded(places: readonly number[]): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const length = Math.ceil((Math.max(-1, ...places) + 1) / 24) * 24;
  const bits = Array.from({ length }, (_, n) => (places.includes(n) ? '1' : '0')).join('');
  return (bits.match(/.{6}/g) ?? []).map((six) => alphabet[Number.parseInt(six, 2)]).join('');
}
