import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HttpError } from './http-error.ts';
import { mask } from './mask.ts';
import { isMetadata } from './metadata.ts';
import { flatten, unflatten, valueAt } from './paths.ts';
import { plainOf, textKept, validityOf } from './typed-value.ts';
import { timeoutSecondsOf } from './variables.ts';

const typed = (own: string | number | boolean, facts: { raw?: unknown; valid: boolean }) =>
  Object.assign(Object(own) as object, facts);
const scalar = fc.oneof(fc.string(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }));

describe('plainOf', () => {
  it('gives the value of what is valid and the raw of what is not', () => {
    fc.assert(
      fc.property(scalar, fc.string(), fc.boolean(), (own, raw, valid) => {
        expect(plainOf(typed(own, { raw, valid }))).toBe(valid ? own : raw);
      }),
    );
  });

  it('reads a false boolean as false, which as an object it is not', () => {
    const no = typed(false, { raw: 'no', valid: true });
    expect([Boolean(no), plainOf(no)]).toEqual([true, false]);
  });

  it('leaves plain values as they are', () => {
    fc.assert(
      fc.property(scalar, (value) => {
        expect(plainOf(value)).toBe(value);
      }),
    );
  });

  it('is one of four kinds for anything at all, and a second reading changes nothing', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBoxedValues: true, withDate: true, withBigInt: true, withNullPrototype: true }),
        (value) => {
          const plain = plainOf(value);
          for (const entry of [plain].flat())
            expect(['string', 'number', 'boolean', 'undefined']).toContain(typeof entry);
          expect(plainOf(plain)).toEqual(plain);
        },
      ),
    );
  });

  it('compacts lists but keeps what is false or zero in them', () => {
    expect(plainOf([null, 'a', undefined, '', 0, typed(false, { raw: 'n', valid: true }), {}])).toEqual([
      'a',
      0,
      false,
    ]);
  });

  it('reads dates as LeadConduit writes them, and others as their instant', () => {
    const own = Object.assign(new Date(0), { raw: '1/1/70', valid: true, valueOf: () => '1970-01-01' });
    expect([plainOf(own), plainOf(new Date(0)), plainOf(new Date(Number.NaN))]).toEqual([
      '1970-01-01',
      '1970-01-01T00:00:00.000Z',
      undefined,
    ]);
  });

  it('is nothing for what is no value', () => {
    expect([null, undefined, {}, () => 'x', Symbol('x'), Number.NaN].map(plainOf)).toEqual(Array(6).fill(undefined));
  });
});

it('an id that was read as a number keeps its text', () => {
  expect(textKept(typed(7, { raw: '007', valid: true }))).toBe('007');
  expect(textKept('007')).toBe('007');
});

it('validity is told of typed values alone', () => {
  expect([validityOf(typed('x', { valid: false })), validityOf(typed('x', { valid: true })), validityOf('x')]).toEqual([
    false,
    true,
    undefined,
  ]);
});

describe('masking', () => {
  it('leaves as many asterisks as the secret had characters, typed or not', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.boolean(), (secret, isTyped) => {
        const vars = { leadperfection: { password: isTyped ? typed(secret, { raw: secret, valid: true }) : secret } };
        mask(vars, 'leadperfection.password');
        expect(vars.leadperfection.password).toBe('*'.repeat(secret.length));
      }),
    );
  });

  it('does nothing where there is no secret', () => {
    const vars = { leadperfection: { password: '' } };
    mask(vars, 'leadperfection.password');
    mask(vars, 'other.password');
    mask(undefined, 'other.password');
    expect(vars).toEqual({ leadperfection: { password: '' } });
  });
});

describe('paths', () => {
  it('come back as they went', () => {
    const key = fc.constantFrom('lead', 'city', 'trustedform', 'x');
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.oneof(fc.string(), fc.dictionary(key, fc.string(), { minKeys: 1 }))),
        (nested) => {
          expect(unflatten(flatten(nested))).toEqual({ ...nested });
        },
      ),
    );
  });

  it('never reach an ancestor', () => {
    unflatten([
      ['__proto__.polluted', 'yes'],
      ['constructor.prototype.polluted', 'yes'],
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(valueAt({}, 'constructor.name')).toBeUndefined();
    expect(flatten(JSON.parse('{"__proto__":{"polluted":"yes"},"a":1}'))).toEqual([['a', 1]]);
  });

  it('prefer the exact name to one in another case', () => {
    expect(valueAt({ LogNumber: 'b', lognumber: 'a' }, 'lognumber')).toBe('a');
    expect(valueAt({ Lead: { CITY: 'b' } }, 'lead.city')).toBe('b');
  });
});

it('metadata is what is about the way of a lead', () => {
  const metadata = ['timestamp', 'timeout_seconds', 'random', 'flow.id', 'source.name', 'account.id', 'lead.id'];
  const more = ['recipient.id', 'submission.ip', 'trustedform.outcome', 'a.b.reason', 'x.billable'];
  expect([...metadata, ...more].filter((path) => !isMetadata(path))).toEqual([]);
  expect(['lead.city', 'reason', 'outcome', 'source', 'timestamps'].filter(isMetadata)).toEqual([]);
});

it('an HttpError has the name and message that LeadConduit looks at', () => {
  const error = new HttpError(405, { Allow: 'GET' }, 'no');
  expect(error).toMatchObject({ name: 'HttpError', message: 'integration terminated early', status: 405, body: 'no' });
  expect(error).toBeInstanceOf(Error);
});

it.each([
  [{}, 360],
  [{ timeout_seconds: '20' }, 20],
  [{ timeout_seconds: typed(0.5, { raw: '0.5', valid: true }) }, 0.5],
  [{ timeout_seconds: 0 }, 360],
  [{ timeout_seconds: 'soon' }, 360],
  [undefined, 360],
])('the vendor has %j seconds: %d', (vars, seconds) => {
  expect(timeoutSecondsOf(vars)).toBe(seconds);
});
