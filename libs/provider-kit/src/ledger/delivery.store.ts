import type { DeliveryState } from '@occ-hub/contracts';
import type { Clock } from '@occ-hub/service';
import { type Store, createJoinedWrites, isOnlyDuplicates } from '@occ-hub/store';
import mongoose from 'mongoose';
import type { Sibling, VendorIds } from '../sink.ts';
import type { Candidate } from './heads.ts';
import { type Delivery, parkedStates, unsettledStates } from './delivery.ts';
import { idsMade } from './ids-made.ts';
import { type Mark, createMarks } from './marks.ts';
import { type SiblingOf, siblingsOf } from './siblings.ts';

export interface DeliveryStore {
  /** Adds deliveries; those that are there already (a repeated event) are left as they are. Gives the number that are new. */
  add(deliveries: readonly Delivery[]): Promise<number>;
  get(id: string): Promise<Delivery | undefined>;
  /** Deliveries whose event came in over HTTP and was not published yet, older than an instant. */
  unannounced(olderThan: number): Promise<readonly Delivery[]>;
  markAnnounced(id: string): Promise<void>;
  /** What may be tried now, oldest first, without some connections and lanes. */
  due(ask: {
    now: number;
    limit: number;
    without: readonly string[];
    withoutLanes?: readonly string[];
  }): Promise<readonly Candidate[]>;
  /** What is unsettled in these lanes. */
  unsettledIn(lanes: readonly string[]): Promise<readonly Candidate[]>;
  /** Takes what is still waiting and due, and counts the attempt; gives what this owner got, as it is now. */
  claim(ids: readonly string[], owner: string): Promise<readonly Delivery[]>;
  /** Writes a mark; marks that come together share one command. Gives its number; undefined when the delivery is not in that owner's hands any more. */
  mark(mark: Mark): Promise<string | undefined>;
  /**
   * Hands back everything whose owner is not alive, or what one owner had but those in its hands, to be tried from an
   * instant on. How its attempt went nobody knows.
   */
  handBack(
    of: { aliveOwners: readonly string[] } | { owner: string; but?: readonly string[] },
    from: number,
  ): Promise<number>;
  /**
   * Makes retries of a connection due now: its vendor answers again. Not those whose wait a person set, and those in doubt
   * only where nothing was tried since an instant: the vendor may still be at them.
   */
  hurry(connection: string, at: { now: number; inDoubtUntil: number }): Promise<void>;
  /** Whether a newer write of the same thing reached the vendor. */
  hasNewer(delivery: Pick<Delivery, 'connection' | 'replaces' | 'order'>): Promise<boolean>;
  /** The vendor's ids of what other deliveries of its connection made in its lane, whatever became of them: see `idsMade`. */
  earlier(delivery: Pick<Delivery, '_id' | 'lane' | 'connection'>): Promise<VendorIds>;
  /** The other deliveries of its lane by its connection, oldest first. */
  siblings(delivery: SiblingOf): Promise<readonly Sibling[]>;
  counts(connection: string): Promise<{ waiting: number; parked: number }>;
  untold(olderThan: number): Promise<readonly Delivery[]>;
  /** Notes that a settlement was published, if the delivery is still as it was told, and forgets what its write made. */
  markTold(told: Pick<Delivery, '_id' | 'mark'>): Promise<void>;
}

/** Delivered history is kept for 90 days; what waits for a person is kept until a person ends it. */
export const keptMs = 90 * 86_400_000;

/** All that is read of a delivery to know what it made. */
const made = { state: 1, vendorIds: 1, steps: 1, madeAt: 1, updatedAt: 1 };

/** All that a sibling is told of. */
const sibling = { order: 1, alike: 1, state: 1, steps: 1 };

/** Of one thing nobody delivers more that still matters. */
const mostEarlier = 200;

const schema = new mongoose.Schema<Delivery>({ _id: String }, { strict: false, versionKey: false, minimize: false })
  .index({ state: 1, order: 1 })
  .index({ lane: 1, state: 1 })
  .index({ connection: 1, state: 1 })
  .index({ createdAt: -1, _id: -1 })
  .index({ connection: 1, replaces: 1, order: -1 }, { partialFilterExpression: { replaces: { $type: 'string' } } })
  .index({ untold: 1 }, { sparse: true })
  .index({ unannounced: 1 }, { sparse: true })
  .index({ 'choice.expiresAt': 1 }, { sparse: true })
  .index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** All that is read of a delivery to decide whose turn it is. */
const candidate = { lane: 1, order: 1, connection: 1, state: 1 };

/** The model behind the ledger; its searching and replaying side shares it. */
export type DeliveryModel = mongoose.Model<Delivery>;

export async function createDeliveryModel(store: Store): Promise<DeliveryModel> {
  const model = store.model<Delivery>('delivery', schema, 'deliveries');
  await model.createIndexes();
  return model;
}

export function createDeliveryStore(model: DeliveryModel, clock: Clock): DeliveryStore {
  // The native driver on the hot path: no casting, no hydration.
  const collection = model.collection as unknown as mongoose.mongo.Collection<Delivery & { _id: string }>;
  const marks = createMarks(collection);
  const told = createJoinedWrites<Pick<Delivery, '_id' | 'mark'>>(async (group) => {
    const among = {
      _id: { $in: group.map((each) => each._id) },
      mark: { $in: group.flatMap((each) => each.mark ?? []) },
    };
    await collection.updateMany(among, { $unset: { untold: '', upserts: '' } });
  });

  const announced = createJoinedWrites<string>(async (ids) => {
    await collection.updateMany({ _id: { $in: [...ids] } }, { $unset: { unannounced: '' } });
  });

  return {
    async add(deliveries) {
      if (deliveries.length === 0) return 0;
      try {
        return (await collection.insertMany([...deliveries], { ordered: false })).insertedCount;
      } catch (error) {
        // Repeats among them: everything else is in.
        if (isOnlyDuplicates(error)) return error.insertedCount;
        throw error;
      }
    },
    async get(id) {
      return (await collection.findOne({ _id: id })) ?? undefined;
    },
    async unannounced(olderThan) {
      return collection
        .find({ unannounced: true, createdAt: { $lt: olderThan } })
        .limit(500)
        .toArray();
    },
    markAnnounced: (id) => announced.add(id),
    async due({ now, limit, without, withoutLanes = [] }) {
      const others = {
        ...(without.length > 0 ? { connection: { $nin: [...without] } } : {}),
        ...(withoutLanes.length > 0 ? { lane: { $nin: [...withoutLanes] } } : {}),
      };
      return collection
        .find<Candidate>({ state: 'waiting', nextAttemptAt: { $lte: now }, ...others }, { projection: candidate })
        .sort({ order: 1 })
        .limit(limit)
        .toArray();
    },
    async unsettledIn(lanes) {
      const filter: mongoose.mongo.Filter<Delivery> = {
        lane: { $in: [...lanes] },
        state: { $in: [...unsettledStates] },
      };
      return collection.find<Candidate>(filter, { projection: candidate }).toArray();
    },
    async claim(ids, owner) {
      const among = { _id: { $in: [...ids] } };
      const update: mongoose.mongo.UpdateFilter<Delivery> = {
        $set: { state: 'sending', owner, updatedAt: clock() },
        $inc: { attempts: 1 },
      };
      const { modifiedCount } = await collection.updateMany(
        { ...among, state: 'waiting', nextAttemptAt: { $lte: clock() } },
        update,
      );
      if (modifiedCount === 0) return [];
      // Read after the claim: another replica may have tried it since the page was read, and left a step begun.
      return collection.find({ ...among, owner, state: 'sending' }).toArray();
    },
    mark: marks.write,
    async handBack(of, from) {
      const owner = 'owner' in of ? of.owner : { $nin: [...of.aliveOwners] };
      const but = 'owner' in of && of.but ? { _id: { $nin: [...of.but] } } : {};
      const state: DeliveryState = 'waiting';
      const set = { state, owner: null, inDoubt: true, doubted: true, nextAttemptAt: from, updatedAt: clock() };
      return (await collection.updateMany({ state: 'sending', owner, ...but }, { $set: set })).modifiedCount;
    },
    async hurry(connection, { now, inDoubtUntil }) {
      const settledEnough = [{ inDoubt: { $ne: true } }, { updatedAt: { $lte: inDoubtUntil } }];
      await collection.updateMany(
        { connection, state: 'waiting', nextAttemptAt: { $gt: now }, exactly: { $ne: true }, $or: settledEnough },
        { $set: { nextAttemptAt: now } },
      );
    },
    async hasNewer({ connection, replaces, order }) {
      if (replaces === null) return false;
      const newer = {
        connection,
        replaces,
        order: { $gt: order },
        state: 'delivered' as DeliveryState,
      };
      return (await collection.findOne(newer, { projection: { _id: 1 } })) !== null;
    },
    async earlier({ _id, lane, connection }) {
      const others = { lane, connection, _id: { $ne: _id } };
      const found = await collection
        .find(others, { projection: made })
        .sort({ updatedAt: -1 })
        .limit(mostEarlier)
        .toArray();
      return idsMade(found);
    },
    async siblings(delivery) {
      const { _id, lane, connection } = delivery;
      const found = await collection
        .find({ lane, connection, _id: { $ne: _id } }, { projection: sibling })
        .sort({ order: -1 })
        .limit(mostEarlier)
        .toArray();
      return siblingsOf(delivery, found);
    },
    async counts(connection) {
      const count = (states: DeliveryState[]) => collection.countDocuments({ connection, state: { $in: states } });
      const [waiting, parked] = await Promise.all([count([...unsettledStates]), count([...parkedStates])]);
      return { waiting, parked };
    },
    async untold(olderThan) {
      return collection
        .find({ untold: { $exists: true }, updatedAt: { $lt: olderThan } })
        .limit(500)
        .toArray();
    },
    markTold: (delivery) => told.add(delivery),
  };
}
