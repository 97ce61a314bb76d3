import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, headsOf, withinRoom } from './heads.ts';

const delivery = fc.record({
  lane: fc.constantFrom('job1', 'job2', 'job3'),
  connection: fc.constantFrom('c1', 'c2'),
  how: fc.constantFrom('due', 'retry-later', 'in-hand', 'asking'),
});
const stateOf = { due: 'waiting', 'retry-later': 'waiting', 'in-hand': 'sending', asking: 'awaiting-choice' } as const;
const ledgers = fc.array(delivery, { maxLength: 30 }).map((rows) =>
  rows.map((row, index) => {
    return { ...row, state: stateOf[row.how], _id: `d${index}`, order: String(index).padStart(4, '0') };
  }),
);
const turnOf = (rows: readonly (Candidate & { how: string })[]) =>
  headsOf(
    rows.filter((row) => row.how === 'due'),
    rows,
  ).map((head) => head._id);

describe('headsOf', () => {
  it('never starts a delivery whose elder in the lane is unsettled, wherever that one is', () => {
    fc.assert(
      fc.property(ledgers, (rows) => {
        for (const id of turnOf(rows)) {
          const chosen = rows.find((row) => row._id === id)!;
          expect(rows.some((row) => row.lane === chosen.lane && row.order < chosen.order)).toBe(false);
        }
      }),
    );
  });

  it('never starts a second delivery of a lane, also not an elder that a replay put back', () => {
    fc.assert(
      fc.property(ledgers, (rows) => {
        for (const id of turnOf(rows)) {
          const chosen = rows.find((row) => row._id === id)!;
          expect(rows.some((row) => row.lane === chosen.lane && row.state === 'sending')).toBe(false);
        }
      }),
    );
  });

  it('starts every lane whose eldest is due and of which nothing is in hand', () => {
    fc.assert(
      fc.property(ledgers, (rows) => {
        const byLane = Map.groupBy(rows, (row) => row.lane);
        const expected = [...byLane.values()]
          .filter((lane) => lane[0]!.how === 'due' && lane.every((row) => row.state !== 'sending'))
          .map((lane) => lane[0]!._id);
        expect([...turnOf(rows)].sort()).toEqual(expected.sort());
      }),
    );
  });

  it('delivers every lane in order whatever succeeds first', () => {
    fc.assert(
      fc.property(ledgers, fc.infiniteStream(fc.nat()), (rows, choices) => {
        let open = rows.map((row) => ({ ...row, how: 'due', state: 'waiting' as const }));
        const sent: typeof open = [];
        const pick = choices[Symbol.iterator]();
        while (open.length > 0) {
          const heads = turnOf(open);
          const id = heads[(pick.next().value ?? 0) % heads.length]!;
          sent.push(open.find((row) => row._id === id)!);
          open = open.filter((row) => row._id !== id);
        }
        for (const lane of ['job1', 'job2', 'job3']) {
          const orders = sent.filter((row) => row.lane === lane).map((row) => row.order);
          expect(orders).toEqual([...orders].sort());
        }
      }),
    );
  });
});

describe('withinRoom', () => {
  it('stays within what is free, in all and per connection, and forgets nobody', () => {
    fc.assert(
      fc.property(
        ledgers,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 2 }),
        (rows, free, perConnection) => {
          const { now, later } = withinRoom(rows, { free, freeOf: () => perConnection });
          expect(now.length).toBeLessThanOrEqual(free);
          for (const connection of ['c1', 'c2']) {
            expect(now.filter((row) => row.connection === connection).length).toBeLessThanOrEqual(perConnection);
          }
          expect([...now, ...later].map((row) => row._id).sort()).toEqual(rows.map((row) => row._id).sort());
        },
      ),
    );
  });
});
