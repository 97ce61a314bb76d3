import type { Lookups } from '@occ-hub/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptLookups } from './kept-lookups.ts';
import { mergeLookups } from './merge-lookups.ts';

const day = 24 * 60 * 60 * 1000;
const start = new Date('2030-01-01T00:00:00.000Z');
const after = (days: number) => new Date(start.getTime() + days * day);
const list = (...ids: string[]): Lookups => ({
  results: ids.map((id, position) => ({ id, description: `The ${id}`, position })),
});
const shown = (lookups: ReturnType<typeof mergeLookups>) =>
  (lookups['results'] ?? []).map(({ id, position, gone }) => `${position} ${id}${gone ? ' gone' : ''}`);

describe('lists that were read again', () => {
  it('keep what is missing behind the rest, marked with the time at which it was missed first', () => {
    const first = mergeLookups(list('a', 'b', 'c'), list('c', 'x'), start);
    expect(shown(first)).toEqual(['0 c', '1 x', '2 a gone', '3 b gone']);
    const second = mergeLookups(first, list('x'), after(1));
    expect(shown(second)).toEqual(['0 x', '1 c gone', '2 a gone', '3 b gone']);
    expect(second['results']?.map(({ gone_at }) => gone_at)).toEqual([
      undefined,
      after(1).toISOString(),
      start.toISOString(),
      start.toISOString(),
    ]);
  });

  it('lose the mark of what came back, and take its new words', () => {
    const without = mergeLookups(list('a', 'b'), list('b'), start);
    const back = mergeLookups(without, { results: [{ id: 'a', description: 'Anew', position: 4 }] }, after(3));
    expect(back['results']?.[0]).toEqual({ id: 'a', description: 'Anew', position: 4 });
    expect(shown(back)).toEqual(['4 a', '5 b gone']);
  });

  it('forget what has been gone for ninety days', () => {
    const without = mergeLookups(list('a', 'b'), list('b'), start);
    expect(shown(mergeLookups(without, list('b'), after(89.9)))).toEqual(['0 b', '1 a gone']);
    expect(shown(mergeLookups(without, list('b'), after(90)))).toEqual(['0 b']);
  });

  it('leave a whole list alone that was not read, and empty one that was read empty', () => {
    expect(mergeLookups(list('a'), {}, start)).toEqual(list('a'));
    const empty = mergeLookups(list('a'), { results: [] }, start);
    expect(shown(empty)).toEqual(['0 a gone']);
    expect(mergeLookups(empty, { results: [] }, after(90))).toEqual({ results: [] });
  });

  it('know a detail by its result: one that stands with a result no more is gone there alone', () => {
    const detail = (result_id: string) => ({ id: 'price', description: 'Price', position: 0, result_id });
    const merged = mergeLookups({ d: [detail('a'), detail('b')] }, { d: [detail('b')] }, start);
    expect(merged['d']?.map(({ result_id, gone }) => [result_id, gone])).toEqual([
      ['b', undefined],
      ['a', true],
    ]);
  });

  it('hold every entry once, all that was read unmarked and all else marked, however often they are read', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(fc.array(ids, { minLength: 1 }), (readings) => {
        const all = readings.reduce((held, read, index) => mergeLookups(held, list(...read), after(index / 100)), {});
        const entries = keptLookups(all)['results'] ?? [];
        const there = entries.filter(({ gone }) => !gone).map(({ id }) => id);
        expect(there).toEqual(readings.at(-1));
        expect(entries.map(({ id }) => id).toSorted()).toEqual([...new Set(readings.flat())].toSorted());
        expect(entries.map(({ position }) => position)).toEqual(entries.map((_entry, index) => index));
      }),
    );
  });
});

it('lists that were stored in an earlier shape are left out, and read anew', () => {
  const stored = { dispositions: [{ id: 'SALE', label: 'Sale' }], products: [], ...list('a') };
  expect(keptLookups(stored)).toEqual({ products: [], ...list('a') });
});
