import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publishable } from './order.ts';
import type { Waiting } from './outbox.store.ts';

const waiting = (document: string, at: number, id = `${document}-${at}`): Waiting => ({
  document,
  entry: { id, at: new Date(at), event: {} as never },
});

const idsOf = (readings: Parameters<typeof publishable>[0]) => publishable(readings).map(({ item }) => item.entry.id);

describe('what may be published', () => {
  it('given all that waits, goes by time, then by id', () => {
    const notes = { waiting: [waiting('n1', 30), waiting('n2', 10, 'b')], more: false };
    const results = { waiting: [waiting('a1', 20), waiting('a2', 10, 'a')], more: false };
    expect(idsOf([notes, results])).toEqual(['a', 'b', 'a1-20', 'n1-30']);
  });

  it('given a collection read short, stops before its last document', () => {
    const short = { waiting: [waiting('n1', 10), waiting('n2', 20)], more: true };
    const all = { waiting: [waiting('a1', 15), waiting('a2', 25)], more: false };
    expect(idsOf([short, all])).toEqual(['n1-10', 'a1-15']);
  });

  it('given more of one millisecond than a reading holds, goes on all the same', () => {
    const short = { waiting: [waiting('n1', 10), waiting('n2', 10)], more: true };
    expect(idsOf([short])).toEqual(['n1-10', 'n2-10']);
  });

  it('never lets an entry pass an older one, however the collections are read', () => {
    const times = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 });
    fc.assert(
      fc.property(times, times, fc.integer({ min: 1, max: 12 }), (first, second, limit) => {
        const stored = [first, second].map((all, store) =>
          all.map((at, index) => waiting(`${store}-${index}`, at)).sort((a, b) => +a.entry.at - +b.entry.at),
        );
        const gone: number[] = [];
        while (stored.some((rows) => rows.length > 0)) {
          const readings = stored.map((rows) => ({ waiting: rows.slice(0, limit), more: rows.length >= limit }));
          const chosen = publishable(readings).map(({ item }) => item);
          expect(chosen.length).toBeGreaterThan(0);
          for (const item of chosen) {
            gone.push(item.entry.at.getTime());
            for (const rows of stored) if (rows.includes(item)) rows.splice(rows.indexOf(item), 1);
          }
        }
        expect(gone).toEqual([...gone].sort((a, b) => a - b));
        expect(gone).toHaveLength(first.length + second.length);
      }),
    );
  });
});
