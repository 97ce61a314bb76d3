import { describe, expect, it } from 'vitest';
import { createPace } from './pace.ts';

describe('the pace of an address', () => {
  it('is so many a minute, each address by itself', () => {
    const pace = createPace(2);
    expect([0, 1, 2].map((at) => pace.takes('a', at))).toEqual([true, true, false]);
    expect(pace.takes('b', 2)).toBe(true);
    expect(pace.takes('a', 59_999)).toBe(false);
    expect(pace.takes('a', 60_001)).toBe(true);
  });

  it('is not made longer by what was not taken', () => {
    const pace = createPace(1);
    expect([0, 30_000, 60_001].map((at) => pace.takes('a', at))).toEqual([true, false, true]);
  });

  it('forgets who was quiet longest where very many come', () => {
    const pace = createPace(1);
    for (let each = 0; each <= 10_000; each++) pace.takes(`address ${each}`, 0);
    expect([pace.takes('address 10000', 1), pace.takes('address 0', 1)]).toEqual([false, true]);
  });
});
