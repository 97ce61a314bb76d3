import type { Clock } from '@occ-hub/service';
import mongoose from 'mongoose';
import { type Store, isDuplicateKey } from './connect.ts';

/** A right to act alone for a while. The fence grows with every holder: writes of an earlier one can be told apart. */
export interface Lease {
  readonly fence: number;
  /** Keeps it for another term; false when somebody else has it by now: stop. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

export interface Leases {
  /** Takes the lease if it is free or its holder fell silent; undefined while somebody else holds it. */
  take(name: string, termMs: number): Promise<Lease | undefined>;
}

interface LeaseDocument {
  _id: string;
  owner: string;
  fence: number;
  until: number;
}

const schema = new mongoose.Schema<LeaseDocument>(
  { _id: String, owner: String, fence: Number, until: Number },
  { versionKey: false },
);

/** Leases in the provider's own database, one document each. */
export function createLeases(store: Store, facts: { clock: Clock; owner: string }): Leases {
  const model = store.model<LeaseDocument>('lease', schema, 'leases');
  const { clock, owner } = facts;

  async function claim(name: string, termMs: number): Promise<LeaseDocument | undefined> {
    try {
      const taken = await model
        .findOneAndUpdate(
          { _id: name, until: { $lte: clock() } },
          { $set: { owner, until: clock() + termMs }, $inc: { fence: 1 } },
          { upsert: true, returnDocument: 'after', lean: true },
        )
        .exec();
      return taken ?? undefined;
    } catch (error) {
      // The upsert met a document whose term has not ended: it is held.
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  }

  return {
    async take(name, termMs) {
      const taken = await claim(name, termMs);
      if (!taken) return undefined;
      const mine = { _id: name, owner, fence: taken.fence };
      return {
        fence: taken.fence,
        async renew() {
          const renewed = await model.updateOne(mine, { $set: { until: clock() + termMs } });
          return renewed.matchedCount === 1;
        },
        async release() {
          await model.updateOne(mine, { $set: { until: 0 } });
        },
      };
    },
  };
}
