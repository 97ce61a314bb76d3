import { describe, expect, it } from 'vitest';
import { fieldPath } from '../../catalogue/catalogue.ts';
import type { Category } from '../../catalogue/category.ts';
import { codes } from '../../testing/mapping-rows.ts';
import { readBoolean, readInteger, readNumber } from './amount.ts';
import { readCode } from './code.ts';
import { readPhone } from './phone.ts';
import { readState, readZip } from './place.ts';
import { type ReadContext, readValue } from './read-value.ts';
import { clean, entries, shortened } from './text.ts';
import { midnight, readDate, wallClock } from './wall-clock.ts';

describe('a phone', () => {
  it.each([
    ...['4135550142', '(413) 555-0142', '413-555-0142', '413.555.0142', '+1 413 555 0142', '1-413-555-0142'],
    ...[' 413 555 0142 ', '413‑555‑0142', '(413)555-0142'],
  ])('%s is ten digits', (text) => {
    expect(readPhone(text)).toEqual({ digits: '4135550142' });
  });

  it.each([
    '413-555-0142 x123',
    '4135550142 ext. 123',
    '413-555-0142;ext=123',
    '(413) 555-0142 #123',
    '413 555 0142x123',
  ])('%s has an extension', (text) => {
    expect(readPhone(text)).toEqual({ digits: '4135550142', extension: '123' });
  });

  it.each([
    '',
    '555-0142',
    '413555014',
    '41355501420',
    'n/a',
    '+44 20 7946 0958',
    '1135550142',
    'call 4135550142',
    '123-456-7890',
  ])('%s is none', (text) => {
    expect(readPhone(text)).toBeUndefined();
  });
});

describe('a date', () => {
  const zone = 'America/New_York';
  it.each([
    ['2026-04-03', '2026-04-03T00:00:00'],
    ['2026-04-03T09:30', '2026-04-03T09:30:00'],
    ['2026-04-03 09:30:15.123', '2026-04-03T09:30:15'],
    ['2026-04-03T02:00:00Z', '2026-04-02T22:00:00'],
    ['2026-01-03T02:00:00Z', '2026-01-02T21:00:00'],
    ['2026-04-03T09:30:00-07:00', '2026-04-03T12:30:00'],
    ['2026-04-03T09:30:00+0530', '2026-04-03T00:00:00'],
    ['4/3/2026', '2026-04-03T00:00:00'],
    ['04/03/2026 9:05 AM', '2026-04-03T09:05:00'],
    ['04/03/2026 12:00 am', '2026-04-03T00:00:00'],
    ['04/03/2026, 12:30:45 p.m.', '2026-04-03T12:30:45'],
    ['04/03/2026 21:05', '2026-04-03T21:05:00'],
    ['02/29/2028', '2028-02-29T00:00:00'],
  ])('%s is %s on the clock of the company', (text, expected) => {
    expect(readDate(text, zone)).toBe(expected);
  });

  it.each([
    ...['02/29/2026', '2026-02-30', '13/01/2026', '2026-04-03T25:00', '04/03/26', '1900-01-01', 'tomorrow', '20260403'],
    ...['04/03/2026 13:00 PM', '04/03/2026 0:30 AM', '2026-04-03T09:30:00+25:00', ''],
  ])('%s is none', (text) => {
    expect(readDate(text, zone)).toBeUndefined();
  });

  it('of a moment is the day that the company has then', () => {
    const now = Date.UTC(2026, 3, 3, 2, 5, 6);
    expect(wallClock(now, zone)).toBe('2026-04-02T22:05:06');
    expect(midnight(now, zone)).toBe('2026-04-02T00:00:00');
  });
});

describe('a number', () => {
  it.each([
    ['45', 45],
    ['$1,234.50', 1234.5],
    ['12.5%', 12.5],
    ['-$20', -20],
    ['1,234,567', 1_234_567],
    ['-0', 0],
  ])('%s is %d', (text, expected) => {
    expect(readNumber(text)).toBe(expected);
  });

  it.each(['', '1,23', '1.2.3', 'a lot', '1e5', '0x10', '12 34', 'NaN', 'Infinity', '1'.repeat(16)])(
    '%s is none',
    (text) => {
      expect(readNumber(text)).toBeUndefined();
    },
  );

  it('that is whole has no fraction and fits', () => {
    expect([readInteger('45.0'), readInteger('45.5'), readInteger('2147483648')]).toEqual([45, undefined, undefined]);
  });
});

describe('yes or no', () => {
  it.each([
    ['Yes', true],
    ['TRUE', true],
    ['1', true],
    ['no', false],
    ['Off', false],
    ['0', false],
    ['maybe', undefined],
    ['2', undefined],
  ])('%s is %s', (text, expected) => {
    expect(readBoolean(text)).toBe(expected);
  });
});

describe('a place', () => {
  it.each([
    ['ma', 'MA'],
    ['Massachusetts', 'MA'],
    ['new  york', 'NY'],
    ['D.C.', undefined],
    ['Québec', 'QC'],
    ['Ont', undefined],
    ['constructor', undefined],
  ])('%s is the state %s', (text, expected) => {
    expect(readState(text)).toBe(expected);
  });

  it.each([
    ['01000', '01000'],
    ['01000-1234', '01000-1234'],
    ['010001234', '01000-1234'],
    ['k1a0b1', 'K1A 0B1'],
    ['1000', undefined],
    ['01000-12', undefined],
  ])('%s is the postal code %s', (text, expected) => {
    expect(readZip(text)).toBe(expected);
  });
});

describe('a code', () => {
  const types = { list: 'Types', allows: () => true } as const;
  const divisions = { list: 'Divisions', allows: () => true } as const;
  it.each([
    ['RES', 'RES'],
    ['res', 'RES'],
    ['residential', 'RES'],
    ['OLD', undefined],
    ['Closed', undefined],
    ['COM', undefined],
  ])('%s is %s', (text, expected) => {
    expect(readCode(text, divisions, codes)).toBe(expected);
  });

  it('by a title that two entries have is none', () => {
    const twins = ['A', 'B'].map((code) => ({ code, title: 'Twin', active: true }));
    expect(readCode('Twin', types, { Types: twins })).toBeUndefined();
    expect(readCode('B', types, { Types: twins })).toBe('B');
  });

  it('is taken as it is while the list is not at hand', () => {
    expect(readCode('ANY', { list: 'TaxCodes', allows: () => true }, codes)).toBe('ANY');
    expect(readCode('ANY', types, undefined)).toBe('ANY');
  });
});

describe('a text', () => {
  it('has no control characters, and one line where the field has one', () => {
    expect(clean(' a\u0000b\r\nc\td ', { lines: true })).toBe('ab\nc\td');
    expect(clean(' a\u0000b\r\nc\td ', { lines: false })).toBe('ab c d');
  });

  it('is never cut through a character', () => {
    expect(shortened('ab🐜', 3)).toBe('ab');
    expect(shortened('ab cd', 3)).toBe('ab');
  });

  it('that is a list has each entry once', () => {
    expect(entries('ANTS, MICE;ANTS\n WASPS,,')).toEqual(['ANTS', 'MICE', 'WASPS']);
  });
});

describe('a value of a field', () => {
  const context: ReadContext = { timeZone: 'America/New_York', codes, tooLong: 'refuse' };
  const read = (field: string, text: string, more: Partial<ReadContext> = {}) => {
    const [category, ...name] = field.split('.');
    const found = fieldPath(category as Category, name.join('.'));
    if (!found) throw new Error(`no field ${field}`);
    return readValue(found.field, text, { ...context, ...more });
  };

  it.each([
    ['Lead.LeadType', 'web lead', 'WebLead'],
    ['Service.OrderType', 'credit-memo', 'CreditMemo'],
    ['Service.Color', '#FF8800', 'FF8800'],
    ['RecurringService.Color', 'FF8800', '#FF8800'],
    ['Service.TargetPestIds', '1, 2', [1, 2]],
    ['Service.TargetPests', 'ANTS;MICE', ['ANTS', 'MICE']],
    ['Task.TaskForUser', 'jane doe', 'JDOE'],
    ['Location.Active', 'no', false],
    ['Lead.ProposalValue', '$1,234.50', 1234.5],
  ])('%s takes %s as %j', (field, text, value) => {
    expect(read(field, text)).toEqual({ value });
  });

  it.each([
    ['Lead.LeadType', 'Call'],
    ['Service.Color', 'red'],
    ['Location.EMail', 'nobody'],
    ['Location.EMail', 'a@example.com, b@example.com'],
    ['Location.Comment', '\u0000'],
    ['Task.TaskForUser', 'TECH1'],
    ['Service.TargetPestIds', '1, ants'],
  ])('%s does not take %j, and does not repeat it', (field, text) => {
    const outcome = read(field, text);
    expect(outcome).toHaveProperty('fault');
    expect(JSON.stringify(outcome)).not.toContain(text);
  });

  it('that is too long is refused, or cut with a warning where the row says so', () => {
    const name = 'Featherstonehaugh-Smythe';
    expect(read('Location.LastName', name)).toEqual({ fault: 'is 24 characters long, and PestPac takes 20' });
    expect(read('Location.LastName', name, { tooLong: 'shorten' })).toEqual({
      value: 'Featherstonehaugh-Sm',
      warning: 'was cut from 24 to 20 characters',
    });
  });

  it('that would mean another one is never cut', () => {
    expect(read('Location.Builder', 'BUILDER-LONG', { tooLong: 'shorten' })).toHaveProperty('value', 'BUILDER-LO');
    const long = { code: 'EXEMPT-LONG', title: 'Exempt', active: true };
    const codes = { TaxCodes: [long] };
    expect(read('Location.TaxCode', 'EXEMPT-LONG', { tooLong: 'shorten', codes })).toHaveProperty('fault');
    expect(read('Location.EMail', `${'x'.repeat(200)}@example.com`, { tooLong: 'shorten' })).toHaveProperty('fault');
  });
});
