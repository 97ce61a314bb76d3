import { describe, expect, it } from 'vitest';
import { memoryLedger } from '../testing/memory-ledger.ts';
import type { Delivery } from './delivery.ts';
import { createTurns } from './turns.ts';

const delivery = (n: number, changes: Partial<Delivery> = {}) =>
  ({
    ...{
      _id: `d${n}`,
      lane: `job${n}`,
      order: String(n).padStart(6, '0'),
      connection: 'c1',
      state: 'waiting',
      nextAttemptAt: 0,
    },
    ...{ attempts: 0, owner: null, steps: {}, inDoubt: false, history: [], replays: [], replaces: null },
    ...changes,
  }) as unknown as Delivery;
const room = (free: number) => ({ free, freeOf: () => free });

async function ledgerOf(deliveries: readonly Delivery[]) {
  const ledger = memoryLedger();
  await ledger.add(deliveries);
  let looks = 0;
  const due: typeof ledger.store.due = (ask) => {
    looks += 1;
    return ledger.store.due(ask);
  };
  const turns = createTurns({ store: { ...ledger.store, due }, clock: () => 1_000, owner: 'me' });
  return { ledger, turns, looks: () => looks };
}
const idsOf = (deliveries: readonly Delivery[]) => deliveries.map((each) => each._id);

describe('createTurns', () => {
  it('starts a delivery behind thousands of others that wait for a stuck elder', async () => {
    const stuck = delivery(0, { lane: 'stuck', nextAttemptAt: 9_999_999 });
    const behind = Array.from({ length: 2_000 }, (_, n) => delivery(n + 1, { lane: 'stuck' }));
    const { turns } = await ledgerOf([stuck, ...behind, delivery(5_000)]);
    expect(idsOf(await turns.take(room(64), []))).toEqual(['d5000']);
  });

  it('looks once for a full house, not once for each that ends', async () => {
    const { turns, looks } = await ledgerOf(Array.from({ length: 100 }, (_, n) => delivery(n)));
    const taken: string[] = [];
    for (let n = 0; n < 100; n++) taken.push(...idsOf(await turns.take(room(1), [])));
    expect(new Set(taken).size).toBe(100);
    expect(looks()).toBe(1);
  });

  it('takes what it kept as it is by then, not as it was when it looked', async () => {
    const { ledger, turns } = await ledgerOf([delivery(1), delivery(2), delivery(3)]);
    await turns.take(room(1), []);
    await ledger.store.claim(['d2'], 'another replica');
    expect(idsOf(await turns.take(room(2), []))).toEqual(['d3']);
  });

  it('leaves a connection alone that was paused meanwhile', async () => {
    const { turns } = await ledgerOf([delivery(1), delivery(2), delivery(3, { connection: 'c2' })]);
    await turns.take(room(1), []);
    expect(idsOf(await turns.take(room(5), ['c1']))).toEqual(['d3']);
  });
});
