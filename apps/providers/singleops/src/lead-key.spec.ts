import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOfKey, leadKeyOf } from './lead-key.ts';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });

describe('the key of a lead', () => {
  it('is short and can be read', () => {
    expect(leadKeyOf({ source: 'Website', source_id: '17' }, 'k')).toBe('source/Website/17');
    expect(leadKeyOf({ source_id: '17' }, 'k')).toBe('source//17');
    expect(leadKeyOf({ source: 'Web site/2' }, 'web-17')).toBe('key/web-17');
  });

  it('of one id is another for each source, and for an idempotency key that reads alike', () => {
    const keys = [
      leadKeyOf({ source: 'a', source_id: 'b/17' }, 'x'),
      leadKeyOf({ source: 'a/b', source_id: '17' }, 'x'),
      leadKeyOf({ source_id: '17' }, 'x'),
      leadKeyOf({}, '17'),
      leadKeyOf({}, 'source//17'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is the same for the same alone, and never more than an event takes', () => {
    fc.assert(
      fc.property(fc.tuple(text, text), fc.tuple(text, text), (one, other) => {
        const [first, second] = [one, other].map(([source, id]) => leadKeyOf({ source, source_id: id }, 'x'));
        expect(first === second).toBe(JSON.stringify(one) === JSON.stringify(other));
        expect(first!.length).toBeLessThanOrEqual(200);
        expect(first!.isWellFormed()).toBe(true);
      }),
    );
    const long = 'k'.repeat(199);
    expect(leadKeyOf({}, `${long}a`)).not.toBe(leadKeyOf({}, `${long}b`));
  });

  it('gives back the idempotency key, by which people find the lead', () => {
    expect(idOfKey(leadKeyOf({}, 'web-17'))).toBe('web-17');
    expect([idOfKey('form-1a2b'), idOfKey('job-1')]).toEqual(['form-1a2b', 'job-1']);
  });
});
