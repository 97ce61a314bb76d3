import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareIds, placeInJobs } from './job-identity.ts';

const none = new Map();
const digest = (job: string) => ({ hash: 'h', slice: 's', job });

describe('placeInJobs', () => {
  it('makes one job of the appointments of one household, named by the first', () => {
    const placed = placeInJobs(
      [
        { id: '12', key: 'moreno' },
        { id: '9', key: 'moreno' },
        { id: '10', key: undefined },
      ],
      none,
    );
    expect(Object.fromEntries(placed)).toEqual({ '9': '9', '12': '9', '10': '10' });
  });

  it('keeps the job of a published record when the first of the household has left the window', () => {
    const known = new Map([['12', digest('9')]]);
    const placed = placeInJobs(
      [
        { id: '12', key: 'moreno' },
        { id: '11', key: 'moreno' },
      ],
      known,
    );
    expect(Object.fromEntries(placed)).toEqual({ '12': '9', '11': '9' });
  });

  it('keeps the job of a record whose household was renamed', () => {
    expect(placeInJobs([{ id: '12', key: 'another name' }], new Map([['12', digest('9')]])).get('12')).toBe('9');
  });

  it('gives the same places whatever the order of the rows, and stays put at the next run', () => {
    const rows = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 500 }).map(String),
        key: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
      }),
      {
        selector: (row) => row.id,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(rows, (records) => {
        const placed = placeInJobs(records, none);
        expect(placeInJobs([...records].reverse(), none)).toEqual(placed);
        const known = new Map([...placed].map(([id, job]) => [id, digest(job)]));
        expect(placeInJobs(records, known)).toEqual(placed);
      }),
    );
  });
});

describe('compareIds', () => {
  it('compares numbers by value', () => {
    expect(['10', '9', '100'].sort(compareIds)).toEqual(['9', '10', '100']);
  });
});
