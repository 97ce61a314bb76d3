import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newestOf, sortOut } from './upsert-newer.ts';

it('of many readings keeps one per record: the newest, of equal ones the last, in whatever order they come', () => {
  const reading = fc.record({
    _id: fc.constantFrom('a', 'b', 'c'),
    revision: fc.integer({ min: 0, max: 5 }),
    set: fc.record({ mark: fc.nat() }),
  });
  fc.assert(
    fc.property(fc.array(reading), (readings) => {
      const kept = newestOf(readings);
      expect(kept).toHaveLength(new Set(readings.map(({ _id }) => _id)).size);
      for (const one of kept) {
        const same = readings.filter(({ _id }) => _id === one._id);
        const newest = Math.max(...same.map(({ revision }) => revision));
        expect(one).toBe(same.findLast(({ revision }) => revision === newest));
      }
    }),
  );
});

it('inserts what is not held, updates what is held older, and leaves the rest', () => {
  const record = (_id: string, revision: number) => ({ _id, revision, set: {} });
  const held = new Map([
    ['older', 1],
    ['same', 2],
    ['newer', 3],
  ]);
  const records = ['older', 'same', 'newer', 'unknown'].map((id) => record(id, 2));
  const names = Object.entries(sortOut(records, held)).map(([name, list]) => [name, list.map(({ _id }) => _id)]);
  expect(Object.fromEntries(names)).toEqual({ fresh: ['unknown'], newer: ['older'], stale: ['same', 'newer'] });
});
