import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phoneList, phoneListOf } from './phone-list.ts';

const name = fc
  .string({ unit: fc.constantFrom('M', 'o', 'b', ' ', '2', 'é', '.'), maxLength: 8 })
  .map((text) => text.trim());
const number = fc
  .tuple(fc.integer({ min: 200, max: 999 }), fc.integer({ min: 100, max: 199 }), fc.constantFrom('', ' ext: 12', ' x4'))
  .map(([area, line, extension]) => `${area}-555-0${line}${extension}`);
const entries = fc.uniqueArray(fc.record({ name, number }), {
  ...{ selector: (entry) => entry.number.replace(/\D/g, ''), maxLength: 6 },
});
const blanks = fc.constantFrom('', ' ', '  ');

describe('phoneListOf', () => {
  it('reads back what was written as "name: number", whatever blanks stand between', () => {
    fc.assert(
      fc.property(entries, blanks, blanks, (phones, before, behind) => {
        const text = phones
          .map((phone) => `${before}${phone.name}${behind}:${before}${phone.number}`)
          .join(`${behind},`);
        expect(phoneListOf(text)).toEqual({ phones, leftOut: 0 });
      }),
    );
  });

  it('gives no number twice, and none that is blank, of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(',', ':', ' ', '5', '-', 'a', '5550143') }), (text) => {
        const { phones } = phoneListOf(text);
        const digits = phones.map((phone) => phone.number.replace(/\D/g, '') || phone.number);
        expect(new Set(digits).size).toBe(digits.length);
        for (const phone of phones) expect(text).toContain(phone.number);
        expect(phones.every((phone) => phone.number.trim() === phone.number && phone.number !== '')).toBe(true);
      }),
    );
  });

  it('keeps a number without a name only where somebody could call it', () => {
    expect(phoneListOf('555-010')).toEqual({ phones: [], leftOut: 1 });
    expect(phoneListOf('555-0100')).toEqual({ phones: [{ name: '', number: '555-0100' }], leftOut: 0 });
  });

  it('takes what stands behind a name as it is, for an office writes words there, too', () => {
    expect(phoneListOf('Mobile: ask the wife').phones).toEqual([{ name: 'Mobile', number: 'ask the wife' }]);
  });
});

describe('phoneList', () => {
  const converted = (...values: (string | number | null | undefined)[]) => {
    const warnings: string[] = [];
    const phones = phoneList.convert(values, { timeZone: 'UTC', warn: (reason) => void warnings.push(reason) });
    return { numbers: phones.map((phone) => phone.number), warnings };
  };

  it('takes the first field that holds anything', () => {
    expect(converted(null, 'a: 555-0100').numbers).toEqual(['555-0100']);
    expect(converted('  ', 'a: 555-0100').numbers).toEqual(['555-0100']);
    expect(converted('a: 555-0101', 'a: 555-0100').numbers).toEqual(['555-0101']);
    expect(converted(undefined, null).numbers).toEqual([]);
    expect(converted(4105550143).numbers).toEqual(['4105550143']);
  });

  it('tells how much was left out, once and without what it was', () => {
    expect(converted('Whitfield, ext 4, a: 555-0100').warnings).toEqual([
      '2 part(s) of the phone list are no "name: number" and were left out.',
    ]);
    expect(converted('a: 555-0100').warnings).toEqual([]);
  });
});
