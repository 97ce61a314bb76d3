import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCardNumber, holdsCardNumber } from './card-numbers.ts';

/** The digit that makes digits pass Luhn. */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((left, char, index) => {
    const twice = Number(char) * (index % 2 === 0 ? 2 : 1);
    return left + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

const digits = (least: number, most: number) => fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`));
/** Passes Luhn, and is neither an instant nor a date and time in one. */
const luhn = digits(11, 17).chain((rest) =>
  fc.constantFrom('3', '4', '5', '6', '8', '9').map((first) => withCheckDigit(first + rest)),
);
const unseen = fc.constantFrom('', '\u200b');
const seen = fc.constantFrom(' ', '-', '.', '\u00a0', '–', '  ', ' - ', '\u2009', '_');
const letters = fc.stringMatching(/^[g-zG-Z ,:;"'(){}[\]äéß]{0,20}$/);

const many = (separator: fc.Arbitrary<string>) => fc.array(separator, { minLength: 20, maxLength: 20 });
const joined = (groups: readonly string[], between: readonly string[]) =>
  groups.map((group, n) => group + (n === groups.length - 1 ? '' : (between[n] ?? ''))).join('');
const groupsOf = (number: string, sizes: readonly number[]) => {
  const groups: string[] = [];
  for (let at = 0, n = 0; at < number.length; n += 1) {
    const size = sizes[n] ?? 4;
    groups.push(number.slice(at, at + size));
    at += size;
  }
  return groups;
};

/** As it stands on a card, whoever may have issued it. */
const asOnCards = fc
  .tuple(luhn, fc.oneof(many(unseen), many(seen)))
  .map(([number, between]) =>
    number.length === 16
      ? joined(groupsOf(number, []), between)
      : number.length === 15
        ? joined(groupsOf(number, [4, 6, 5]), between)
        : number,
  );
/** An issuer's, in any grouping. */
const issued = fc
  .constantFrom<[string, number]>(
    ...(
      [
        ['4', 16],
        ['51', 16],
        ['55', 16],
        ['2221', 16],
        ['2720', 16],
        ['34', 15],
        ['37', 15],
        ['6011', 16],
        ['65', 16],
        ['36', 14],
        ['3530', 16],
        ['62', 16],
        ['62', 19],
        ['5018', 16],
        ['67', 18],
      ] as const
    ).map(([begin, length]) => [begin, length] as [string, number]),
  )
  .chain(([begin, length]) =>
    digits(length - 1 - begin.length, length - 1 - begin.length).map((rest) => withCheckDigit(begin + rest)),
  );
const anyGrouping = fc
  .tuple(issued, fc.array(fc.integer({ min: 2, max: 6 }), { minLength: 10, maxLength: 10 }), many(seen))
  .map(([number, sizes, between]) => joined(groupsOf(number, sizes), between))
  // What reads as a decimal, a telephone number or a date is one.
  .filter((text) => {
    const told = text.replaceAll('\u200b', '');
    return !/(?<!\d)\d{1,3}\.\d{4}|(?<!\d)[2-9]\d\d\D*[2-9]\d\d\D+\d{4}(?!\d)|(?:19|20)\d\d\D|\D(?:19|20)\d\d(?!\d)|(?<!\d)\d{5}-\d{4}(?!\d)/.test(
      told,
    );
  });
const grouped = fc.oneof(asOnCards, anyGrouping);
const inText = fc.tuple(letters, grouped, letters).map((parts) => parts.join(''));

/** Every character as an escape, or only some. */
const escapedBy = (escape: (char: string) => string) =>
  fc
    .tuple(inText, fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }))
    .map(([text, which]) =>
      [...text].map((char, n) => (which[n % which.length] || /[%\\&+]/.test(char) ? escape(char) : char)).join(''),
    );
const json = (char: string) =>
  [...Array(char.length).keys()].map((n) => `\\u${char.charCodeAt(n).toString(16).padStart(4, '0')}`).join('');
const percent = (char: string) =>
  [...Buffer.from(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const found = (text: fc.Arbitrary<string>, look: (text: string) => boolean = hasCardNumber) =>
  fc.assert(fc.property(text, look), { numRuns: 200 });

describe('a card number is found', () => {
  it('in any grouping, in the midst of text', () => found(inText));
  it('in JSON escapes', () => found(escapedBy(json)));
  it('in percent escapes, also escaped once more', () => {
    found(escapedBy(percent));
    found(escapedBy(percent).map(encodeURIComponent));
  });
  it('in a form', () => found(inText.map((text) => new URLSearchParams({ a: '1', note: text, z: '2' }).toString())));
  it('in JSON in JSON', () => found(inText.map((text) => JSON.stringify({ a: JSON.stringify({ note: text }) }))));
  it('in digits of other scripts', () => {
    const zeros = fc.constantFrom(0x0660, 0x0966, 0x0de6, 0x0e50, 0xff10, 0x1d7ce, 0x1d7d8, 0x104a0);
    found(
      fc
        .tuple(grouped, zeros)
        .map(([text, zero]) => text.replaceAll(/\d/g, (char) => String.fromCodePoint(zero + Number(char)))),
    );
  });

  it.each([
    ['after a number', '12 4111 1111 1111 1111'],
    ['before its date and code', '5555 5555 5555 4444 12 28 123'],
    ['right before its date and code', '41111111111111111228123'],
    ['behind a percent sign that escapes nothing', '5%4111111111111111'],
    ['between letters', 'abc4111111111111111def'],
    ['of fifteen digits', 'Amex 3782-822463-10005.'],
    ['with HTML spaces', '4111&nbsp;1111&#160;1111&#xa0;1111'],
    ['in a trace context', '00-41111111111111110000000000000000-00f067aa0ba902b7-01'],
    ['swiped, of Visa', '%B4111111111111111^DOE/JANE^2512101000?'],
    ['swiped, of Mastercard', '%B5555555555554444^DOE/JANE^2512'],
    ['swiped, of American Express', '%B378282246310005^DOE/JANE^2512'],
    ['swiped, on the second track', ';4111111111111111=25121010000012345678?'],
    ['swiped, in a form', 'note=%25B4111111111111111%5EDOE%2FJANE%5E2512'],
    ['right before its code', '4111111111111111123'],
    ['right before its code of four digits', '3782822463100051234'],
    ['by slashes', '4111/1111/1111/1111'],
    ['by slashes in JSON', String.raw`{"note":"4111\/1111\/1111\/1111"}`],
    ['by commas', '4111, 1111, 1111, 1111'],
    ['by bars', '4111 | 1111 | 1111 | 1111'],
    ['by colons', '3782:822463:10005'],
    ['by four spaces', '4111    1111    1111    1111'],
    ['by two dashes', '4111 -- 1111 -- 1111 -- 1111'],
    ['one group a paragraph', '4111\r\n\r\n1111\r\n\r\n1111\r\n\r\n1111'],
    ['over two lines', '4111 1111\n1111 1111'],
    ['by <br>', '4111<br>1111<br/>1111<br />1111'],
    ['by cells of a table', '<td class="pan">4111</td><td>1111</td><td>1111</td><td>1111</td>'],
    ['by tags that are escaped', '4111&lt;br&gt;1111&lt;br&gt;1111&lt;br&gt;1111'],
    ['digit by digit', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'],
    ['beside a telephone number and a date', '443-555-0143 4111 1111 1111 1111 11/10/2026'],
    ['with an exponent', '{"card":4.111111111111111e15}'],
    ['with an exponent that takes away', '{"card":41111111111111110e-1}'],
    ['in Latin-1 escapes', '4111%a01111%A01111%a01111'],
  ])('%s', (_where, text) => expect(hasCardNumber(text)).toBe(true));

  it('in a JSON value: in texts, names and numbers, however deep', () => {
    found(
      fc.tuple(fc.json(), inText, fc.constantFrom('text', 'name', 'list')).map(([around, text, where]) =>
        JSON.stringify({
          around,
          deep: [[{ there: where === 'name' ? { [text]: 1 } : where === 'list' ? [text] : text }]],
        }),
      ),
      (text) => holdsCardNumber(JSON.parse(text)),
    );
    const deep = JSON.parse(`${'['.repeat(5_000)}4111111111111111${']'.repeat(5_000)}`) as unknown;
    expect([holdsCardNumber(deep), holdsCardNumber({ a: 4.111111111111111e15 })]).toEqual([true, true]);
  });
});

describe('no card number is found', () => {
  const never = (text: fc.Arbitrary<string>) =>
    fc.assert(
      fc.property(text, (each) => !hasCardNumber(each)),
      { numRuns: 500 },
    );
  const threeOfAPhone = fc.stringMatching(/^[2-9]\d\d$/);
  const phone = fc
    .tuple(threeOfAPhone, threeOfAPhone, digits(4, 4), fc.constantFrom('-', '.', ' '))
    .map(([area, office, line, by]) => [area, office, line].join(by));

  it.each([
    ['telephone, then ZIP', '713-606-2853 66540'],
    ['ZIP at a line end, telephone on the next', 'Baltimore MD 80455\n888-289-0507'],
    ['ZIP+4, telephone', '(443) 794-6248 29296-8218'],
    ['telephone, then extension', '311-744-4706 - 3823'],
    ['telephone, then US date', '623-921-8557 11-10-2026'],
    ['two US dates', '11-11-2026 - 12-10-2026'],
    ['a date and a time, twice', '11/10/2026 14:30 - 12/10/2026 16:00'],
    ['toll-free number and order number', '1-800-950-9413 025456'],
    ['coordinates by a space', '39.560977 -76.480182'],
    ['coordinates in JSON', '{"at":[39.560977,-76.480182]}'],
    ['a German mobile number', '+49 151 01542293'],
    ['addresses of proxies', '203.0.113.20, 198.51.100.21, 198.51.100.220'],
    ['identifiers by commas', '[45120187,45120195,45120203,45120211,45120229,45120237]'],
    ['years', '2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026'],
  ])('in %s', (_what, text) => expect(hasCardNumber(text)).toBe(false));

  it('in a telephone number, nor in several', () => {
    never(phone);
    never(fc.array(phone, { minLength: 2, maxLength: 5 }).map((phones) => phones.join(', ')));
    never(fc.tuple(phone, phone).map((phones) => phones.join(' ')));
  });
  it('in dates and times', () => {
    const date = fc.date({ min: new Date('2000-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });
    never(date.map((each) => each.toISOString()));
    never(fc.tuple(date, date).map((dates) => dates.map((each) => each.toISOString().slice(0, 10)).join(' ')));
    never(date.map((each) => each.toISOString().replaceAll(/[-T:.Z]/g, '')));
    never(date.filter((each) => each.getTime() > 1_300_000_000_000).map((each) => `{"at":${each.getTime()}}`));
  });
  it('in identifiers', () => {
    const uuid = fc.uuid().filter((id) => /[a-f]/.test(id));
    never(uuid);
    never(fc.tuple(uuid, uuid).map((ids) => ids.join(' ')));
    const mixed = (length: number) =>
      fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`)).filter((id) => (id.match(/[a-f]/g) ?? []).length > 1);
    never(fc.tuple(mixed(32), mixed(16)).map(([trace, span]) => `00-${trace}-${span}-01`));
  });
  it('in coordinates and amounts', () =>
    never(
      fc
        .double({ min: -180, max: 180, noNaN: true })
        .filter((each) => Math.abs(each) > 1e-3)
        .map(String),
    ));
  it('in digits of which no run passes Luhn', () => {
    const short = luhn.filter(({ length }) => length <= 16);
    never(short.map((number) => number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10)));
    expect(hasCardNumber('1'.repeat(25))).toBe(false);
  });
  it('where its digits are of several values', () => {
    expect(hasCardNumber('a=41111111&b=11111111')).toBe(false);
    expect(holdsCardNumber({ a: 41111111, b: '11111111', c: null, d: true, e: 1.5 })).toBe(false);
  });
});
