import { describe, expect, test } from 'vitest';
import { deliverable, plain } from './typed-value.ts';
import { fieldType, readAs } from './types.ts';

const facts = (type: string, raw: string): Record<string, unknown> => {
  const value = readAs(type, raw);
  return { value: value.valueOf(), ...(value as object) };
};

describe('typed values', () => {
  test.each([
    ['(410) 555-0143', { value: '4105550143', valid: true, area: '410', exchange: '555', line: '0143', prefix: '1' }],
    ['+1 410 555 0143 x12', { value: '4105550143', valid: true, extension: '12' }],
    ['4105550143 w', { value: '4105550143', valid: true, type: 'work', raw: '4105550143 w' }],
    ['410*****43', { value: '410*****43', valid: false, masked: true }],
    ['call me', { value: 'call me', valid: false }],
    ['123', { valid: false, raw: '123' }],
  ])('the phone %j', (raw, expected) => expect(facts('phone', raw)).toMatchObject(expected));

  test.each([
    ['02120', { value: '02120', valid: true, zip: '02120', four: undefined, country_code: 'US' }],
    ['21204-1234', { value: '21204-1234', valid: true, zip: '21204', four: '1234' }],
    ['k1a0b1', { value: 'K1A 0B1', valid: true, country_code: 'CA' }],
    ['sw1a 1aa', { value: 'SW1A 1AA', valid: true, country_code: 'GB' }],
    ['2120', { value: '2120', valid: false, raw: '2120' }],
  ])('the postal code %j', (raw, expected) => expect(facts('postal_code', raw)).toMatchObject(expected));

  test.each([
    ['Yes', true, true],
    ['t', true, true],
    ['0', false, true],
    ['maybe', false, false],
  ])('the boolean %j is %j, valid %j, and an object that is truthy', (raw, value, valid) => {
    expect(facts('boolean', raw)).toMatchObject({ value, valid, raw });
    expect(Boolean(readAs('boolean', raw))).toBe(true);
  });

  test('numbers, e-mails, states, addresses and certificates', () => {
    expect(facts('number', '$1,200.50')).toMatchObject({ value: 1200.5, valid: true });
    expect(facts('number', 'some')).toMatchObject({ valid: false, raw: 'some' });
    expect(facts('email', 'Pat@Example.Test')).toMatchObject({ value: 'pat@example.test', user: 'Pat', valid: true });
    expect(facts('email', 'pat at example')).toMatchObject({ valid: false });
    expect(facts('state', 'md')).toMatchObject({ value: 'MD', valid: true });
    expect(facts('url', 'https://example.com/a?b=1')).toMatchObject({ valid: true, host: 'example.com' });
    expect(facts('url', 'nowhere')).toMatchObject({ valid: false });
    const id = 'a'.repeat(40);
    expect(facts('trustedform_url', `, http://cert.trustedform.com/${id}/`)).toMatchObject({
      value: `https://cert.trustedform.com/${id}`,
      valid: true,
    });
    expect(facts('trustedform_url', `https://cert.trustedform.com/${id}x`)).toMatchObject({ valid: false });
  });

  test('valid values are delivered as such, invalid ones as typed, and trees lose what is not there', () => {
    expect(deliverable(readAs('phone', 'call me'))).toBe('call me');
    const vars = {
      lead: { no: readAs('boolean', 'n'), phone: readAs('phone', '+1 (410) 555-0143') },
      list: ['a', null],
    };
    expect(plain({ ...vars, gone: null })).toEqual({ lead: { no: false, phone: '4105550143' }, list: ['a'] });
    expect(fieldType('srs_id')).toBe('string');
  });
});
