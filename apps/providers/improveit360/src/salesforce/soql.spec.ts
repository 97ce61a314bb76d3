import { type Condition, type Query, parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateTime, idsAtOnce, inParts, listOf, quoted } from './soql.ts';

/** The one condition of a query; fails where a value has broken out of its quotes and made another one. */
function conditionOf(where: string): Condition & { readonly operator: string; readonly value: string | string[] } {
  const query: Query = parseQuery(`SELECT Id FROM Account WHERE ${where}`);
  expect(Object.keys(query).sort()).toEqual(['fields', 'sObject', 'where']);
  expect(Object.keys(query.where!)).toEqual(['left']);
  return query.where!.left as never;
}

/** What Salesforce reads in a literal, by its own list of escapes; fails at a quote or a backslash that stands alone. */
function readBack(literal: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', '\\': '\\', "'": "'" };
  expect(literal).toMatch(/^'(?:[^'\\\n\r]|\\[nr\\'])*'$/);
  return literal.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => escapes[letter]!);
}

/** Values as people and attackers write them. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom("'", '\\', '"', 'n', ' ', '\n', '\r', ')', 'OR', '--', 'é', '🏠'), maxLength: 12 }),
);

/** The parser stumbles over an empty text and over blanks beyond ASCII, which SOQL allows. */
const parsable = hostile.filter((text) => text !== '' && !/[^\S \n\r]/u.test(text));

describe('quoted', () => {
  it.each([
    ['Dana', "'Dana'"],
    ["O'Neil", "'O\\'Neil'"],
    ['back\\slash', "'back\\\\slash'"],
    // What breaks out of jsforce's own builder.
    ["x\\' OR Name != '", "'x\\\\\\' OR Name != \\''"],
    ['two\r\nlines', "'two\\r\\nlines'"],
    ['', "''"],
  ])('writes %j as %s', (text, literal) => {
    expect(quoted(text)).toBe(literal);
  });

  it('is read back as the same text, and is one literal', () => {
    fc.assert(fc.property(hostile, (text) => void expect(readBack(quoted(text))).toBe(text)));
  });

  it('stays one literal for a parser that is not ours, with the same words in it', () => {
    fc.assert(
      fc.property(parsable, (text) => {
        const { operator, value } = conditionOf(`Name = ${quoted(text)}`);
        expect(operator).toBe('=');
        expect(readBack(value as string)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('listOf', () => {
  it('has as many values as it was given, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(parsable, { minLength: 1, maxLength: 5 }), (texts) => {
        const { operator, value } = conditionOf(`Id IN ${listOf(texts)}`);
        expect(operator).toBe('IN');
        expect((value as string[]).map(readBack)).toEqual(texts);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses an empty list: no filter would be everything', () => {
    expect(() => listOf([])).toThrow(RangeError);
  });
});

describe('dateTime', () => {
  it.each([
    ['2026-10-22T14:02:00.000Z', '2026-10-22T14:02:00Z'],
    ['2026-10-22T14:02:00.999Z', '2026-10-22T14:02:00Z'],
    ['2026-10-22T10:02:00-04:00', '2026-10-22T14:02:00Z'],
  ])('writes %s as %s', (instant, literal) => {
    expect(dateTime(instant)).toBe(literal);
  });

  it('is no text to a parser', () => {
    const { value, ...rest } = conditionOf(`SystemModstamp >= ${dateTime('2026-10-22T14:02:00.000Z')}`);
    expect({ value, ...rest }).toMatchObject({ value: '2026-10-22T14:02:00Z', literalType: 'DATETIME' });
  });

  it('refuses what is no instant', () => {
    expect(() => dateTime('yesterday')).toThrow(RangeError);
  });
});

describe('inParts', () => {
  it('makes parts that join to the whole, none empty and none too long', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 50 }), fc.integer({ min: 1, max: 20 }), (items, size) => {
        const parts = inParts(items, size);
        expect(parts.flat()).toEqual(items);
        expect(parts.every((part) => part.length > 0 && part.length <= size)).toBe(true);
      }),
    );
  });

  it('keeps a list of ids within what an address may hold', () => {
    const [part = []] = inParts(Array.from({ length: 450 }, () => 'a0T5e00000Staf1EAB'));
    expect(part).toHaveLength(idsAtOnce);
    expect(encodeURIComponent(listOf(part)).length).toBeLessThan(16_384 / 2);
  });
});
