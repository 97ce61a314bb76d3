import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { aDelivery } from '../testing/a-delivery.ts';
import { type Choices, createChoices } from './choices.ts';
import type { Delivery } from './delivery.ts';
import { type DeliveryModel, createDeliveryModel } from './delivery.store.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
let model: DeliveryModel;
let told: Delivery[];
let woken: number;
let made = 0;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  model = await createDeliveryModel(opened.store);
});
beforeEach(async () => {
  await model.deleteMany({});
  told = [];
  woken = 0;
});
afterAll(() => opened.forget());

/** A replica by its own clock. */
const replicaAt = (now: number): Choices =>
  createChoices(model, {
    clock: () => now,
    newId: () => `id-${(made += 1)}`,
    wake: () => void (woken += 1),
    tell: (delivery) => void told.push(delivery),
  });
const options = [
  { id: 'loc-1', title: '12 Oak Street' },
  { id: 'loc-2', title: '34 Elm Street' },
];
const choice = { name: 'location', prompt: 'Which?', options, expiresAt: 5_000 };
const ids = Array.from({ length: 50 }, (_, n) => `d${String(n).padStart(2, '0')}`);
const add = (of: readonly string[], changes: Partial<Delivery> = {}) =>
  model.collection.insertMany(
    of.map((_id) => aDelivery({ _id, lane: _id, state: 'awaiting-choice', choice, ...changes })) as never,
  );
const read = async (id: string) => (await model.findById(id).lean<Delivery>().exec())!;

describe('createChoices', () => {
  it('makes what was chosen for due, notes who chose what, and forgets the question', async () => {
    const steps = { look: { how: 'choose' }, place: { location: 'L1' } };
    await add(['d00'], { steps, choices: [{ name: 'bill-to', option: 'b1', by: 'adm', at: 1 }] });
    const answered = await replicaAt(4_999).choose({ delivery: 'd00', option: 'loc-2', by: 'rep', org: 'org-1' });
    expect(await read('d00')).toEqual(answered);
    expect(answered).toMatchObject({ state: 'waiting', nextAttemptAt: 4_999, attempts: 0, updatedAt: 4_999 });
    expect(answered.choices).toEqual([
      { name: 'bill-to', option: 'b1', by: 'adm', at: 1 },
      { name: 'location', option: 'loc-2', by: 'rep', at: 4_999, finished: 2 },
    ]);
    expect(answered).not.toHaveProperty('choice');
    expect([woken, told]).toEqual([1, []]);
  });

  it('lets nobody choose for another org, nor once the time is over, also before a sweep came by', async () => {
    await add(['d00']);
    const ask = { delivery: 'd00', option: 'loc-1', by: 'adm' };
    await expect(replicaAt(10).choose({ ...ask, org: 'org-2' })).rejects.toMatchObject({
      code: 'ledger.delivery-unknown',
    });
    await expect(replicaAt(5_000).choose(ask)).rejects.toMatchObject({ kind: 'rejected', code: 'ledger.no-choice' });
    expect((await read('d00')).state).toBe('awaiting-choice');
  });

  it('parks all whose time is over and no other, and tells each', async () => {
    await add(ids.slice(0, 3));
    await add(['later'], { choice: { ...choice, expiresAt: 5_001 } });
    await add(['done'], { state: 'delivered' });
    await replicaAt(5_000).expire();
    expect(told.map(({ _id }) => _id).sort()).toEqual(['d00', 'd01', 'd02']);
    const parked = await read('d00');
    expect(parked).toMatchObject({
      ...{ state: 'parked', kind: 'expired', code: 'ledger.choice-expired', failedStep: 'location' },
      ...{ untold: 'parked', updatedAt: 5_000 },
    });
    expect(parked).toEqual(told.find(({ _id }) => _id === 'd00'));
    expect(parked).not.toHaveProperty('choice');
    expect(new Set(told.map(({ mark }) => mark)).size).toBe(3);
    expect([(await read('later')).state, (await read('done')).state]).toEqual(['awaiting-choice', 'delivered']);
  });

  it('brings each to one end where replicas choose, expire and expire again at once by clocks that differ', async () => {
    await add(ids);
    const [behind, ahead, third] = [replicaAt(4_990), replicaAt(5_010), replicaAt(5_020)];
    const choosing = ids.flatMap((delivery) =>
      ['loc-1', 'loc-2'].map((option) =>
        behind.choose({ delivery, option, by: option }).then(
          () => delivery,
          () => undefined,
        ),
      ),
    );
    await Promise.all([...choosing, ahead.expire(), third.expire()]);
    const chosen = (await Promise.all(choosing)).filter((id) => id !== undefined);
    const expired = told.map(({ _id }) => _id);
    expect([...chosen, ...expired].sort()).toEqual(ids);
    for (const id of chosen)
      expect(await read(id)).toMatchObject({ state: 'waiting', choices: [{ name: 'location' }] });
    for (const id of expired) expect(await read(id)).not.toHaveProperty('choices');
  });
});
