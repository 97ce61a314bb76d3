import type { Clock } from '@occ-hub/service';
import mongoose from 'mongoose';
import type { Store } from './connect-store.ts';
import { isDuplicateKey } from './duplicate-key.ts';

/** A right to act alone for a while. The fence grows with every holder: writes of an earlier one can be told apart. */
export interface Lease {
  readonly fence: number;
  /** Epoch milliseconds at which it ends unless it is renewed. */
  readonly until: number;
  /** Keeps it for another term; false when somebody else has it by now: stop. */
  renew(): Promise<boolean>;
  /** Gives it back; harmless when somebody else has it by now. */
  release(): Promise<void>;
}

export interface Leases {
  /** Takes the lease if it is free or its holder fell silent; undefined while somebody holds it, be it this owner. */
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

/** Leases in the service's own database, one document each. An owner is one process. */
export function createLeases(store: Store, facts: { clock: Clock; owner: string }): Leases {
  const model = store.model<LeaseDocument>('lease', schema, 'leases');
  const { clock, owner } = facts;

  async function claim(name: string, term: { now: number; until: number }): Promise<LeaseDocument | undefined> {
    try {
      const taken = await model
        .findOneAndUpdate(
          { _id: name, until: { $lte: term.now } },
          { $set: { owner, until: term.until }, $inc: { fence: 1 } },
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
      // The term begins before the asking: whoever holds a lease never believes in more of it than the store does.
      const now = clock();
      let until = now + termMs;
      const taken = await claim(name, { now, until });
      if (!taken) return undefined;
      const mine = { _id: name, owner, fence: taken.fence };
      return {
        fence: taken.fence,
        get until() {
          return until;
        },
        async renew() {
          const next = clock() + termMs;
          const renewed = await model.updateOne(mine, { $set: { until: next } });
          if (renewed.matchedCount !== 1) return false;
          until = next;
          return true;
        },
        async release() {
          await model.updateOne(mine, { $set: { until: 0 } });
        },
      };
    },
  };
}
