import type { Store } from '@occ-hub/store';
import mongoose from 'mongoose';

/** Which processes are alive: what a dead one had in hand is handed back. */
export interface OwnerStore {
  /** Says "I am alive" until an instant. */
  live(owner: string, until: number): Promise<void>;
  alive(now: number): Promise<readonly string[]>;
  leave(owner: string): Promise<void>;
}

interface OwnerDocument {
  _id: string;
  until: number;
}

const schema = new mongoose.Schema<OwnerDocument>({ _id: String, until: Number }, { versionKey: false });

export function createOwnerStore(store: Store): OwnerStore {
  const model = store.model<OwnerDocument>('owner', schema, 'owners');
  return {
    async live(owner, until) {
      await model.updateOne({ _id: owner }, { $set: { until } }, { upsert: true });
    },
    async alive(now) {
      return (
        await model
          .find({ until: { $gt: now } })
          .lean()
          .exec()
      ).map((each) => each._id);
    },
    async leave(owner) {
      await model.deleteOne({ _id: owner });
    },
  };
}
