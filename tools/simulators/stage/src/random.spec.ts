import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashOf, randomFrom } from './random.ts';

describe('random', () => {
  test('the same seed gives the same choices, another seed gives others', () => {
    const drawn = (seed: number): number[] => {
      const random = randomFrom(seed);
      return Array.from({ length: 20 }, () => random.int(1000));
    };
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
  });

  test('stays within its bounds for every seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (seed, below) => {
        const random = randomFrom(seed);
        const [part, whole] = [random.next(), random.int(below)];
        return part >= 0 && part < 1 && Number.isInteger(whole) && whole >= 0 && whole < below;
      }),
    );
  });

  test('cannot pick from an empty list', () => {
    expect(() => randomFrom(1).pick([])).toThrow('empty list');
  });

  test('a text has one hash, the published one of FNV-1a', () => {
    expect([hashOf(''), hashOf('a'), hashOf('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
  });
});
