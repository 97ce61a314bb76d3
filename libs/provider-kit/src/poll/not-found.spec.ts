import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeNotFound } from './not-found.ts';

const ids = (count: number) => new Set(Array.from({ length: count }, (_, n) => `r${n}`));

describe('records that are not found any more', () => {
  it.each([
    { missing: 20, known: 20 },
    { missing: 20, known: 21 },
    { missing: 200, known: 1000 },
  ])('are gone where they are few: $missing of $known', ({ missing, known }) => {
    expect(judgeNotFound(ids(missing), ids(known))).toEqual({ gone: [...ids(missing)], warning: undefined });
  });

  it.each([
    { missing: 21, known: 21 },
    { missing: 201, known: 1000 },
    { missing: 300, known: 300 },
  ])('are left as they are where they are many, and a person is warned: $missing of $known', ({ missing, known }) => {
    const { gone, warning } = judgeNotFound(ids(missing), ids(known));
    expect(gone).toEqual([]);
    expect(warning?.reason).toMatch(
      new RegExp(`^${missing} of ${known} records.*may see less than before.*permissions`),
    );
  });

  it('are counted only where they were known', () => {
    expect(judgeNotFound(ids(300), new Set(['r1']))).toEqual({ gone: ['r1'], warning: undefined });
  });

  it('are all gone or none', () => {
    const count = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(count, count, (missing, known) => {
        const { gone, warning } = judgeNotFound(ids(missing), ids(known));
        expect(gone).toHaveLength(warning ? 0 : Math.min(missing, known));
      }),
    );
  });
});
