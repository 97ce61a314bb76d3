import { type Store, storeNow } from '@occ-hub/store';
import mongoose from 'mongoose';

/** Which processes are alive, by the clock of the store: what a dead one had in hand is handed back. */
export interface OwnerStore {
  /** Says "I am alive" for so long from now. */
  live(owner: string, forMs: number): Promise<void>;
  alive(): Promise<readonly string[]>;
  leave(owner: string): Promise<void>;
}

interface OwnerDocument {
  _id: string;
  until: number;
}

const longDeadMs = 86_400_000;

const schema = new mongoose.Schema<OwnerDocument>({ _id: String }, { versionKey: false, strict: false });

export function createOwnerStore(store: Store): OwnerStore {
  const model = store.model<OwnerDocument>('owner', schema, 'owners');
  // The driver itself: Mongoose would cast the expressions of a pipeline.
  const owners = model.collection as unknown as mongoose.mongo.Collection<OwnerDocument>;
  return {
    async live(owner, forMs) {
      await owners.updateOne({ _id: owner }, [{ $set: { until: { $add: [storeNow, forMs] } } }], { upsert: true });
    },
    async alive() {
      const living = await owners.find({ $expr: { $gt: ['$until', storeNow] } }).toArray();
      return living.map((each) => each._id);
    },
    async leave(owner) {
      await owners.deleteOne({ _id: owner });
      // Killed processes never took their leave.
      await owners.deleteMany({ $expr: { $lt: ['$until', { $subtract: [storeNow, longDeadMs] }] } });
    },
  };
}
