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
const separator = fc.constantFrom('', ' ', '-', '.', '\u00a0', '–', '  ', ' - ', '\u200b', '\u2009', '\n', '_');
const letters = fc.stringMatching(/^[g-zG-Z ,:;"'(){}[\]äéß]{0,20}$/);

const grouped = fc
  .tuple(
    luhn,
    fc.array(fc.integer({ min: 2, max: 6 }), { minLength: 10, maxLength: 10 }),
    fc.array(separator, { minLength: 20, maxLength: 20 }),
  )
  .map(([number, sizes, between]) => {
    const groups: string[] = [];
    for (let at = 0, n = 0; at < number.length; n += 1) {
      const size = sizes[n] ?? 4;
      groups.push(number.slice(at, at + size));
      at += size;
    }
    return groups.map((group, n) => group + (n === groups.length - 1 ? '' : (between[n] ?? ''))).join('');
  })
  // A decimal.
  .filter((text) => !/^\d{1,3}\.\d+$/.test(text.replaceAll('\u200b', '')));
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
  fc.assert(fc.property(text, look), { numRuns: 500 });

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
  const phone = fc
    .tuple(digits(3, 3), digits(3, 3), digits(4, 4), fc.constantFrom('-', '.', ' '))
    .map(([area, office, line, by]) => [area, office, line].join(by));

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
    never(luhn.map((number) => number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10)));
    expect(hasCardNumber('1'.repeat(25))).toBe(false);
  });
  it('where its digits are of several values', () => {
    expect(hasCardNumber('a=41111111&b=11111111')).toBe(false);
    expect(holdsCardNumber({ a: 41111111, b: '11111111', c: null, d: true, e: 1.5 })).toBe(false);
  });
});
