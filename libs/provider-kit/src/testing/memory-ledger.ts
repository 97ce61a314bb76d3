import type { Delivery } from '../ledger/delivery.ts';
import { unsettledStates } from '../ledger/delivery.ts';
import type { DeliveryStore } from '../ledger/delivery.store.ts';
import { idsMade } from '../ledger/ids-made.ts';
import { siblingsOf } from '../ledger/siblings.ts';

/** A ledger in memory for tests of what works on one; it can be made to fail. */
export function memoryLedger() {
  const kept = new Map<string, Delivery>();
  const failing = { marks: 0, reads: 0 };
  const all = () => [...kept.values()];
  const change = (id: string, changes: object) => void kept.set(id, { ...kept.get(id)!, ...changes });
  const store: DeliveryStore = {
    async add(deliveries) {
      const fresh = deliveries.filter((each) => !kept.has(each._id));
      for (const each of fresh) kept.set(each._id, each);
      return fresh.length;
    },
    get: async (id) => kept.get(id),
    unannounced: async () => all().filter((each) => each.unannounced),
    markAnnounced: async (id) => change(id, { unannounced: undefined }),
    async due({ now, limit, without, withoutLanes = [] }) {
      if (failing.reads-- > 0) throw new Error('the store is away');
      return all()
        .filter((each) => each.state === 'waiting' && each.nextAttemptAt <= now)
        .filter((each) => !without.includes(each.connection) && !withoutLanes.includes(each.lane))
        .sort((one, other) => (one.order < other.order ? -1 : 1))
        .slice(0, limit);
    },
    unsettledIn: async (lanes) =>
      all().filter((each) => lanes.includes(each.lane) && unsettledStates.includes(each.state)),
    async claim(ids, owner) {
      const mine = ids.filter((id) => kept.get(id)?.state === 'waiting');
      for (const id of mine) change(id, { state: 'sending', owner, attempts: kept.get(id)!.attempts + 1 });
      return mine.map((id) => kept.get(id)!);
    },
    async mark({ id, owner, set, steps, attempt }) {
      if (failing.marks-- > 0) throw new Error('the store is away');
      const delivery = kept.get(id);
      if (delivery?.owner !== owner) return undefined;
      const history = [...delivery.history, ...(attempt ? [attempt] : [])];
      change(id, { ...set, steps: { ...delivery.steps, ...steps }, history });
      return 'mark';
    },
    async handBack(of, from) {
      const given = all().filter(({ _id, state, owner }) =>
        state !== 'sending'
          ? false
          : 'owner' in of
            ? owner === of.owner && !of.but?.includes(_id)
            : !of.aliveOwners.includes(owner ?? ''),
      );
      for (const { _id } of given)
        change(_id, { state: 'waiting', owner: null, inDoubt: true, doubted: true, nextAttemptAt: from });
      return given.length;
    },
    hurry: async () => undefined,
    hasNewer: async ({ connection, replaces, order }) =>
      replaces !== null &&
      all().some(
        (each) =>
          each.connection === connection &&
          each.replaces === replaces &&
          each.order > order &&
          each.state === 'delivered',
      ),
    siblings: async (delivery) =>
      siblingsOf(
        delivery,
        all().filter(
          ({ _id, lane, connection }) =>
            lane === delivery.lane && connection === delivery.connection && _id !== delivery._id,
        ),
      ),
    earlier: async ({ _id, lane, connection }) =>
      idsMade(all().filter((each) => each._id !== _id && each.lane === lane && each.connection === connection)),
    counts: async () => ({ waiting: 0, parked: 0 }),
    untold: async () => [],
    markTold: async () => undefined,
  };
  return {
    store,
    add: store.add,
    get: (id: string) => kept.get(id),
    states: () => all().map(({ state }) => state),
    failMarks: (times: number) => void (failing.marks = times),
    failReads: (times: number) => void (failing.reads = times),
  };
}
