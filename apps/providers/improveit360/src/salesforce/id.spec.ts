import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longId } from './id.ts';

const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
const short = fc.string({ unit: letter, minLength: 15, maxLength: 15 });

describe('longId', () => {
  it('adds the checksum that Salesforce adds', () => {
    expect(longId('001D000000IRt53')).toBe('001D000000IRt53IAD');
  });

  it.each([
    ['000000000000000', 'AAA'],
    ['ABCDEABCDEABCDE', '555'],
    ['aBcdeabcdeabcdE', 'CAQ'],
  ])('counts of %s the capitals of each five from the left', (id, sum) => {
    expect(longId(id)).toBe(id + sum);
  });

  it('leaves what it has lengthened', () => {
    fc.assert(fc.property(short, (id) => void expect(longId(longId(id))).toBe(longId(id))));
  });

  it('keeps ids apart that differ in nothing but case, even where case is lost', () => {
    fc.assert(
      fc.property(short, (id) => {
        const other = [...id]
          .map((one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase()))
          .join('');
        fc.pre(other !== id);
        expect(longId(id).toLowerCase()).not.toBe(longId(other).toLowerCase());
      }),
    );
  });

  it('leaves anything else as it is', () => {
    for (const other of ['', '7', '001D000000IRt5', '001D000000IRt5é', '001D000000IRt 3', '001D000000IRt53IAD'])
      expect(longId(other)).toBe(other);
  });
});
