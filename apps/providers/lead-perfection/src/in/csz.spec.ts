import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsz } from './csz.ts';

describe('parseCsz', () => {
  it.each([
    ['Middle River, MD 21220', 'Middle River', 'MD', '21220'],
    ['Middle River, MD  21220', 'Middle River', 'MD', '21220'],
    ['Towson, MD 21204-1234', 'Towson', 'MD', '21204-1234'],
    ['Towson, MD', 'Towson', 'MD', ''],
    ['Towson MD 21204', 'Towson', 'MD', '21204'],
    ['Washington, D.C., DC 20001', 'Washington, D.C.', 'DC', '20001'],
    ['Toronto, ON M5V 2T6', 'Toronto', 'ON', 'M5V 2T6'],
    [', MD 21204', '', 'MD', '21204'],
    ['Towson, 21204', 'Towson', '', '21204'],
    ['Towson', 'Towson', '', ''],
    ['Towson,', 'Towson', '', ''],
    ['', '', '', ''],
    [null, '', '', ''],
  ])('reads %j', (csz, city, state, postalCode) => {
    expect(parseCsz(csz)).toEqual({ city, state, postalCode });
  });

  it("gives OCC's own answer for every well-formed value, whatever the blanks", () => {
    const words = fc.array(fc.stringMatching(/^[A-Z][a-z.']{1,9}$/), { minLength: 1, maxLength: 3 });
    const states = fc.stringMatching(/^[A-Z]{2}$/);
    const zips = fc.stringMatching(/^\d{5}(-\d{4})?$/);
    const blanks = fc.constantFrom(' ', '  ', '\t');
    fc.assert(
      fc.property(words, states, zips, blanks, (city, state, zip, blank) => {
        const occ = { city: city.join(' '), state, postalCode: zip };
        expect(parseCsz(`${city.join(blank)},${blank}${state}${blank}${zip}`)).toEqual(occ);
      }),
    );
  });

  it('never throws and never invents a letter', () => {
    fc.assert(
      fc.property(fc.string(), (csz) => {
        const { city, state, postalCode } = parseCsz(csz);
        for (const part of [city, state, postalCode]) expect(csz.replace(/\s+/g, ' ')).toContain(part);
      }),
    );
  });
});
