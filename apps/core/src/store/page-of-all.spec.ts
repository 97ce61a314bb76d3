import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOfAll } from './page-of-all.ts';

const idOf = (item: string) => item;

describe('pageOfAll', () => {
  it('gives every item once, in order, whatever the size of a page', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 })),
        fc.integer({ min: 1, max: 10 }),
        (all, limit) => {
          const seen: string[] = [];
          for (let cursor: string | undefined, pages = 0; pages <= all.length + 1; pages++) {
            const page = pageOfAll(all, idOf, { limit, cursor });
            seen.push(...page.items);
            cursor = page.next_cursor;
            if (cursor === undefined) break;
          }
          expect(seen).toEqual(all);
        },
      ),
    );
  });

  it('goes on at the place of an item that is gone', () => {
    const { next_cursor: cursor } = pageOfAll(['a', 'b', 'c', 'd'], idOf, { limit: 2 });
    expect(pageOfAll(['a', 'c', 'd'], idOf, { limit: 2, cursor }).items).toEqual(['d']);
    expect(pageOfAll(['a', 'b', 'x', 'c', 'd'], idOf, { limit: 2, cursor }).items).toEqual(['x', 'c']);
  });
});
