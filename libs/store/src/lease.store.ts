import type { Clock } from '@occ-hub/service';
import mongoose from 'mongoose';
import type { Store } from './connect-store.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { storeNow } from './store-clock.ts';

/** A right to act alone for a while. The fence grows with every holder: writes of an earlier one can be told apart. */
export interface Lease {
  readonly fence: number;
  /** When it was taken, by the store's clock: epoch milliseconds, later than whenever it was taken before. */
  readonly takenAt: number;
  /** When it ends unless it is renewed, by the holder's clock: epoch milliseconds, never later than for the others. */
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
  takenAt: number;
}

const schema = new mongoose.Schema<LeaseDocument>({ _id: String }, { versionKey: false, strict: false });

/**
 * Leases in the service's own database, one document each. An owner is one process. Terms are measured by the store's
 * clock, so that the owners' clocks need not agree.
 */
export function createLeases(store: Store, { clock, owner }: { clock: Clock; owner: string }): Leases {
  const model = store.model<LeaseDocument>('lease', schema, 'leases');
  // The driver itself: Mongoose would cast the expressions of a pipeline.
  const leases = model.collection as unknown as mongoose.mongo.Collection<LeaseDocument>;
  const termFrom = (termMs: number) => ({ $add: [storeNow, termMs] });

  async function claim(name: string, termMs: number): Promise<LeaseDocument | undefined> {
    const free = { _id: name, $expr: { $lte: ['$until', storeNow] } };
    const taken = {
      owner: { $literal: owner },
      until: termFrom(termMs),
      fence: { $add: ['$fence', 1] },
      takenAt: { $max: [storeNow, { $add: ['$takenAt', 1] }] },
    };
    return (await leases.findOneAndUpdate(free, [{ $set: taken }], { returnDocument: 'after' })) ?? undefined;
  }

  /** Makes the document of a lease that was never taken; false when there is one. An upsert could not ask for the store's clock. */
  async function make(name: string): Promise<boolean> {
    try {
      const never = { owner: '', fence: 0, until: 0, takenAt: 0 };
      return (await leases.updateOne({ _id: name }, { $setOnInsert: never }, { upsert: true })).upsertedCount === 1;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  return {
    async take(name, termMs) {
      // The term begins before the asking: whoever holds a lease never believes in more of it than the store does.
      let until = clock() + termMs;
      const taken = (await claim(name, termMs)) ?? ((await make(name)) ? await claim(name, termMs) : undefined);
      if (!taken) return undefined;
      const { fence, takenAt } = taken;
      const mine = { _id: name, owner, fence };
      return {
        fence,
        takenAt,
        get until() {
          return until;
        },
        async renew() {
          const next = clock() + termMs;
          const renewed = await leases.updateOne(mine, [{ $set: { until: termFrom(termMs) } }]);
          if (renewed.matchedCount !== 1) return false;
          until = next;
          return true;
        },
        async release() {
          await leases.updateOne(mine, { $set: { until: 0 } });
        },
      };
    },
  };
}
