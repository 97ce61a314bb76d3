import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { aDelivery } from '../testing/a-delivery.ts';
import type { Delivery } from './delivery.ts';
import { type DeliveryModel, type DeliveryStore, createDeliveryModel, createDeliveryStore } from './delivery.store.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
let model: DeliveryModel;
let store: DeliveryStore;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  model = await createDeliveryModel(opened.store);
  store = createDeliveryStore(model, () => 9_000);
});
beforeEach(() => model.deleteMany({}));
afterAll(() => opened.forget());

const some = (count: number, changes: (n: number) => Partial<Delivery> = () => ({})) =>
  Array.from({ length: count }, (_, n) => {
    const id = `d${String(n).padStart(3, '0')}`;
    return aDelivery({ _id: id, order: id, lane: id, ...changes(n) });
  });
const ids = (deliveries: readonly { _id: string }[]) => deliveries.map(({ _id }) => _id).sort();
const read = async (id: string) => (await model.findById(id).lean<Delivery>().exec())!;

describe('createDeliveryStore', () => {
  it('adds what is new and leaves what is there as it is', async () => {
    expect(await store.add(some(3))).toBe(3);
    await store.claim(['d000'], 'me');
    expect(await store.add(some(5))).toBe(2);
    expect((await read('d000')).state).toBe('sending');
    expect(await store.add([])).toBe(0);
  });

  it('finds what is due, oldest first, and not what waits for later or must be left alone', async () => {
    const changes: Partial<Delivery>[] = [
      { order: 'z' },
      { nextAttemptAt: 10_001 },
      { connection: 'con-9' },
      { state: 'parked' },
      {},
    ];
    await store.add(some(5, (n) => changes[n]!));
    const due = await store.due({ now: 10_000, limit: 10, without: ['con-9'] });
    expect(due.map(({ _id }) => _id)).toEqual(['d004', 'd000']);
    expect(await store.due({ now: 10_000, limit: 1, without: [] })).toHaveLength(1);
  });

  it('gives each delivery to one of many who claim the same ones at once', async () => {
    await store.add(some(100));
    const all = ids(some(100));
    const claimed = await Promise.all(Array.from({ length: 8 }, (_, n) => store.claim(all, `owner-${n}`)));
    expect(claimed.flatMap((got) => ids(got)).sort()).toEqual(all);
    expect((await read('d000')).attempts).toBe(1);
  });

  it('knows what holds back a lane: what waits, for now, for later or for a choice, and what is in hand', async () => {
    const states = ['waiting', 'sending', 'delivered', 'parked', 'uncertain', 'superseded', 'awaiting-choice'] as const;
    await store.add(some(7, (n) => ({ lane: 'a', state: states[n]!, nextAttemptAt: 99_999 })));
    expect(ids(await store.unsettledIn(['a', 'b']))).toEqual(['d000', 'd001', 'd006']);
  });

  it('writes marks of the owner only, those that come together too', async () => {
    await store.add(some(200));
    await store.claim(ids(some(200)), 'me');
    const set = { state: 'delivered' } as const;
    const marks = await Promise.all([
      ...ids(some(200)).map((id) => store.mark({ id, owner: 'me', set })),
      store.mark({ id: 'd007', owner: 'somebody else', set: { state: 'parked' } }),
    ]);
    expect(marks.map((mark) => mark !== undefined)).toEqual([...Array.from({ length: 200 }, () => true), false]);
    expect(await model.countDocuments({ state: 'delivered' })).toBe(200);
  });

  it('keeps finished steps beside those that are there, and the last thirty lines of the history', async () => {
    await store.add(some(1));
    await store.claim(['d000'], 'me');
    const attempt = (n: number) => ({ attempt: n, at: n, ms: 1, outcome: 'retried', exchanges: [] });
    await store.mark({ id: 'd000', owner: 'me', steps: { 'create $lead': { lead: '7' } } });
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => store.mark({ id: 'd000', owner: 'me', attempt: attempt(n) })),
    );
    await store.mark({ id: 'd000', owner: 'me', steps: { 'create-task': { task: '$8' } }, set: { message: '$told' } });
    const { steps, history, message } = await read('d000');
    expect(steps).toEqual({ 'create $lead': { lead: '7' }, 'create-task': { task: '$8' } });
    expect(history.map((each) => each.attempt)).toEqual(Array.from({ length: 30 }, (_, n) => n + 10));
    expect(message).toBe('$told');
  });

  it('hands back what the dead had in hand, and what a stopping one has', async () => {
    await store.add(some(3));
    for (const [n, owner] of ['alive', 'dead', 'stopping'].entries()) await store.claim([`d00${n}`], owner);
    expect(await store.handBack({ aliveOwners: ['alive', 'stopping'] }, 10_000)).toBe(1);
    expect(await store.handBack({ owner: 'stopping' }, 10_000)).toBe(1);
    const states = await Promise.all(['d000', 'd001', 'd002'].map(read));
    expect(states.map(({ state, owner }) => [state, owner])).toEqual([
      ['sending', 'alive'],
      ['waiting', null],
      ['waiting', null],
    ]);
  });

  it("makes a connection's retries due, and nobody else's", async () => {
    await store.add(some(2, (n) => ({ connection: `con-${n}`, nextAttemptAt: 99_999 })));
    await store.hurry('con-0', { now: 10_000, inDoubtUntil: 0 });
    expect(ids(await store.due({ now: 10_000, limit: 9, without: [] }))).toEqual(['d000']);
  });

  it('leaves waits alone that a person set: their attempts are few', async () => {
    await store.add(some(2, (n) => ({ nextAttemptAt: 99_999, exactly: n === 0 })));
    await store.hurry('con-1', { now: 10_000, inDoubtUntil: 0 });
    expect(ids(await store.due({ now: 10_000, limit: 9, without: [] }))).toEqual(['d001']);
  });

  it('leaves retries in doubt alone that the vendor may still be at', async () => {
    const last = [5_001, 5_000] as const;
    await store.add(some(2, (n) => ({ nextAttemptAt: 99_999, inDoubt: true, updatedAt: last[n]! })));
    await store.hurry('con-1', { now: 10_000, inDoubtUntil: 5_000 });
    expect(ids(await store.due({ now: 10_000, limit: 9, without: [] }))).toEqual(['d001']);
  });

  it('knows a newer write of the same thing that reached the vendor, not one that still may be refused', async () => {
    const result = { replaces: 'result/7' };
    const [older, newer] = some(2, () => result);
    await store.add([older!]);
    expect(await store.hasNewer(older!)).toBe(false);
    for (const [state, expected] of [
      ['waiting', false],
      ['sending', false],
      ['delivered', true],
      ['parked', false],
      ['aborted', false],
    ] as const) {
      await model.deleteMany({ _id: newer!._id });
      await store.add([{ ...newer!, state }]);
      expect([state, await store.hasNewer(older!)]).toEqual([state, expected]);
    }
    expect(await store.hasNewer({ ...older!, connection: 'con-2' })).toBe(false);
    expect(await store.hasNewer({ ...older!, replaces: null })).toBe(false);
  });

  it('counts what is unsettled and what waits for a person', async () => {
    const states = ['waiting', 'sending', 'awaiting-choice', 'parked', 'uncertain', 'delivered'] as const;
    await store.add(some(6, (n) => ({ state: states[n]! })));
    expect(await store.counts('con-1')).toEqual({ waiting: 3, parked: 2 });
  });

  it("knows the vendor's ids of what was delivered in a lane before, of each name the newest", async () => {
    const deliveries: Partial<Delivery>[] = [
      { state: 'delivered', vendorIds: { location: 'L2', task: 'T2' }, updatedAt: 200 },
      { state: 'delivered', vendorIds: { location: 'L1', lead: 'l1' }, updatedAt: 100 },
      { state: 'parked', vendorIds: {}, updatedAt: 300 },
      { state: 'delivered', vendorIds: { location: 'L8' }, updatedAt: 300, connection: 'con-2' },
      { state: 'delivered', vendorIds: { location: 'L7' }, updatedAt: 300, lane: 'other' },
      { state: 'sending', vendorIds: {} },
    ];
    await store.add(some(6, (n) => ({ lane: 'a', ...deliveries[n]! })));
    const earlier = await store.earlier({ _id: 'd005', lane: 'a', connection: 'con-1' });
    expect(earlier).toEqual({ location: 'L2', task: 'T2', lead: 'l1' });
    expect(await store.earlier({ _id: 'd000', lane: 'a', connection: 'con-1' })).toEqual({
      location: 'L1',
      lead: 'l1',
    });
    expect(await store.earlier({ _id: 'd009', lane: 'empty', connection: 'con-1' })).toEqual({});
  });

  it('knows what unended, parked and aborted deliveries of a lane made, by when they made it', async () => {
    const made = (madeAt: number, ...steps: Record<string, string>[]) => ({
      madeAt,
      steps: Object.fromEntries(steps.map((ids, n) => [`step-${n}`, ids])),
    });
    const deliveries: Partial<Delivery>[] = [
      { state: 'aborted', ...made(100, { location: 'L1', person: 'p1' }, { lead: 'l1' }), updatedAt: 900 },
      { state: 'delivered', ...made(150, { location: 'not told' }), vendorIds: { location: 'L2' }, updatedAt: 200 },
      { state: 'uncertain', ...made(300, { lead: 'l3' }), updatedAt: 300 },
      { state: 'parked', ...made(250, { lead: 'l2', task: 't2' }), updatedAt: 800 },
      { state: 'waiting', ...made(160, { order: 'o1' }), updatedAt: 700 },
      { state: 'parked', ...made(999, { lead: 'l9' }), updatedAt: 999, connection: 'con-2' },
      { state: 'sending', steps: { own: { lead: 'own' } } },
    ];
    await store.add(some(7, (n) => ({ lane: 'a', ...deliveries[n]! })));
    const earlier = await store.earlier({ _id: 'd006', lane: 'a', connection: 'con-1' });
    expect(earlier).toEqual({ location: 'L2', person: 'p1', lead: 'l3', task: 't2', order: 'o1' });
  });

  it('tells the others of a lane, oldest first: which came later, mean the same doing, and were delivered', async () => {
    const deliveries: Partial<Delivery>[] = [
      { state: 'delivered', alike: 'sold' },
      { state: 'aborted', alike: 'lost' },
      { state: 'sending', alike: 'sold', steps: { own: { lead: 'own' } } },
      { state: 'parked', alike: 'sold', steps: { 'create-lead': { lead: 'l3' } } },
      { state: 'waiting' },
      { state: 'parked', alike: 'sold', connection: 'con-2' },
      { state: 'parked', alike: 'sold', lane: 'other' },
    ];
    const added = some(7, (n) => ({ lane: 'a', ...deliveries[n]! }));
    await store.add(added);
    expect(await store.siblings(added[2]!)).toEqual([
      { came: 'before', alike: true, delivered: true, steps: {} },
      { came: 'before', alike: false, delivered: false, steps: {} },
      { came: 'after', alike: true, delivered: false, steps: { 'create-lead': { lead: 'l3' } } },
      { came: 'after', alike: false, delivered: false, steps: {} },
    ]);
    const unlike = await store.siblings(added[4]!);
    expect(unlike.map(({ alike }) => alike)).not.toContain(true);
  });

  it('remembers settlements that were not told yet, until they are', async () => {
    await store.add(
      some(2, (n) => (n === 0 ? { untold: 'delivered', mark: 'this end', updatedAt: 100 } : { updatedAt: 100 })),
    );
    expect(await store.untold(100)).toEqual([]);
    expect(ids(await store.untold(101))).toEqual(['d000']);
    await store.markTold({ _id: 'd000', mark: 'an earlier end' });
    expect(ids(await store.untold(101))).toEqual(['d000']);
    await store.markTold({ _id: 'd000', mark: 'this end' });
    expect(await store.untold(101)).toEqual([]);
  });
});
