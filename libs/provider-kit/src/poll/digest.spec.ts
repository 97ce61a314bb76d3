import { describe, expect, it } from 'vitest';
import { createSlices, hashOf } from './digest.ts';

const digest = (hash: string, slice: string) => ({ hash, slice, job: 'j' });

describe('createSlices', () => {
  it('writes nothing when nothing was published', () => {
    expect(createSlices(new Map([['1', digest('a', 'mon')]]))(new Map())).toEqual([]);
  });

  it('writes only the slice that changed, whole', () => {
    const before = new Map([
      ['1', digest('a', 'mon')],
      ['2', digest('b', 'mon')],
      ['3', digest('c', 'tue')],
    ]);
    expect(createSlices(before)(new Map([['1', digest('a2', 'mon')]]))).toEqual([
      {
        slice: 'mon',
        entries: [
          ['1', 'a2', 'j'],
          ['2', 'b', 'j'],
        ],
      },
    ]);
  });

  it('takes a record that moved out of its old slice, so that moving back is seen', () => {
    const before = new Map([['1', digest('a', 'mon')]]);
    expect(createSlices(before)(new Map([['1', digest('a2', 'tue')]]))).toEqual([
      { slice: 'mon', entries: [] },
      { slice: 'tue', entries: [['1', 'a2', 'j']] },
    ]);
  });
});

it('slices grow with what was published before', () => {
  const changed = createSlices(new Map([['1', digest('a', 'mon')]]));
  changed(new Map([['2', digest('b', 'mon')]]));
  const [mon] = changed(new Map([['3', digest('c', 'mon')]]));
  expect(mon?.entries.map(([id]) => id)).toEqual(['1', '2', '3']);
  expect(
    changed(new Map([['1', digest('a', 'tue')]])).map(({ slice, entries }) => `${slice} ${entries.length}`),
  ).toEqual(['mon 2', 'tue 1']);
});

describe('hashOf', () => {
  it('is the same for the same content and short', () => {
    expect(hashOf({ a: 1 })).toBe(hashOf({ a: 1 }));
    expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: 2 }));
    expect(hashOf({ a: 1 })).toHaveLength(16);
  });
});
