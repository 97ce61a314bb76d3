import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailsIn, isEmailOf, isPhoneOf, phoneForms, tenDigits, writtenPhone } from './contact.ts';

const digits = fc.stringMatching(/^[2-9]\d{9}$/);
const form = fc.constantFrom<(number: string) => string>(
  (n) => n,
  (n) => `${n.slice(0, 3)}-${n.slice(3, 6)}-${n.slice(6)}`,
  (n) => `(${n.slice(0, 3)}) ${n.slice(3, 6)}-${n.slice(6)}`,
  (n) => `+1 ${n.slice(0, 3)}.${n.slice(3, 6)}.${n.slice(6)}`,
  (n) => `1${n}`,
);
const behind = fc.constantFrom('', ' x12', ' ext. 9', ' #7', 'x1234');

describe('a phone number', () => {
  it('is the same ten digits in every form, with an extension or without', () => {
    fc.assert(
      fc.property(digits, form, behind, (number, write, extension) => {
        expect(tenDigits(`${write(number)}${extension}`)).toBe(number);
      }),
    );
  });

  it('is searched in the forms that people type, each once', () => {
    expect(phoneForms('404.555.0112 x12')).toEqual(['404.555.0112', '404-555-0112', '(404) 555-0112', '4045550112']);
    expect(phoneForms('404-555-0112')).toEqual(['404-555-0112', '(404) 555-0112', '4045550112']);
  });

  it.each([
    ['404-555-0112 / 404-555-0113', '404-555-0112 / 404-555-0113'],
    ['(404) 555-0112 (cell)', '404-555-0112 (cell)'],
    ['404-555-0112 ask for Ann', '404-555-0112 ask for Ann'],
    ['Cell: 4045550112', 'Cell: 404-555-0112'],
    ['404-555-0112 after 5pm', '404-555-0112 after 5pm'],
    ['1 (404) 555-0112 extension12', '404-555-0112 x12'],
    ['404-555-0112 ext:12', '404-555-0112 x12'],
    ['404-555-0112,12', '404-555-0112,12'],
    ['001 404 555 0112', '404-555-0112'],
    ['001-404-555-0112 ext. 4', '404-555-0112 x4'],
    ['404 555 0112 x 12 or 13', '404-555-0112 x 12 or 13'],
  ])('among other words counts by its first number, and the words stay: %s', (given, written) => {
    expect(tenDigits(given)).toBe('4045550112');
    expect(phoneForms(given)).toEqual(expect.arrayContaining(['404-555-0112', '(404) 555-0112', '4045550112']));
    expect(phoneForms(given).every((form) => form.replace(/\D/g, '').endsWith('4045550112'))).toBe(true);
    expect([writtenPhone(given), writtenPhone(written)]).toEqual([written, written]);
    expect(isPhoneOf('404.555.0112', given)).toBe(true);
  });

  it('of another country is none of ours, whatever ten digits it has', () => {
    for (const number of ['+44 2079460155', '0044 207 946 0155', '(+44) 207-946-0155', '+49 404 555 0112'])
      expect(phoneForms(number)).toEqual([]);
    for (const number of ['404-555-01122', '2404-555-0112', '4111 404-55', 'April 5, 2027'])
      expect(tenDigits(number)).toBeUndefined();
  });

  it('is not searched where it is no ten digits: a short prefix would find half the account', () => {
    for (const number of ['', '4', '555-0112', '+44 20 7946 0155', 'call me']) expect(phoneForms(number)).toEqual([]);
  });

  it('matches a stored one that begins with it, whatever its form and whatever follows', () => {
    const rest = fc.constantFrom('', ' x12', ' or 404-555-0999', ' (office)');
    fc.assert(
      fc.property(digits, form, fc.tuple(form, rest), (number, stored, [given, after]) => {
        expect(isPhoneOf(`${stored(number)}${after}`, given(number))).toBe(true);
      }),
    );
  });

  it('matches no other number', () => {
    fc.assert(
      fc.property(digits, digits, form, (one, other, write) => {
        fc.pre(one !== other);
        expect(isPhoneOf(write(one), other)).toBe(false);
      }),
    );
    expect(isPhoneOf('', '404-555-0112')).toBe(false);
    expect(isPhoneOf('404-555', '404-555')).toBe(false);
  });

  it('is written with dashes, its extension kept; one of elsewhere stays as it was given', () => {
    expect(writtenPhone('+1 (404) 555 0112 extension 3')).toBe('404-555-0112 x3');
    expect(writtenPhone(' +44 20 7946 0155 ')).toBe('+44 20 7946 0155');
    fc.assert(
      fc.property(digits, form, behind, (number, write, extension) => {
        const once = writtenPhone(`${write(number)}${extension}`);
        expect(writtenPhone(once)).toBe(once);
      }),
    );
  });
});

describe('an e-mail address', () => {
  it('matches itself, whatever its case, alone or among others', () => {
    expect(isEmailOf('Mila@Example.com', 'mila@example.com')).toBe(true);
    expect(isEmailOf('bo@example.com, bo.lind@example.net', 'bo@example.com')).toBe(true);
  });

  it('does not match one that it merely begins, nor a field with other words', () => {
    expect(isEmailOf('kit@shop.example.com', 'kit@shop.example')).toBe(false);
    expect(isEmailOf('office@parkside.example; flat 1', 'office@parkside.example')).toBe(false);
    expect(isEmailOf('', 'kit@shop.example')).toBe(false);
  });

  it('is read out of lists, once each; a field with anything else has none', () => {
    expect(emailsIn('A@example.com; b@example.net,a@example.com')).toEqual(['a@example.com', 'b@example.net']);
    expect(emailsIn('')).toEqual([]);
    for (const text of ['mina', 'mina@', '@example.com', 'mina@example', 'mina at example.com', 'a@b@c.com'])
      expect(emailsIn(text)).toBeUndefined();
  });
});
