import type { Connection } from 'mongoose';
import { collection, type Stored } from '../store/collection.ts';
import { isDuplicate } from '../store/store-fault.ts';

interface LeaseRecord extends Stored {
  readonly holder: string;
  readonly epoch: number;
  readonly until: Date;
}

/** The right to be the only one at some work until a moment; the epoch grows with every change of holder. */
export interface Lease {
  readonly epoch: number;
  readonly until: number;
}

export type LeaseStore = ReturnType<typeof createLeaseStore>;

export function createLeaseStore(connection: Connection) {
  const leases = collection<LeaseRecord>(connection, { name: 'leases', indexes: [] });
  return {
    /** Takes a lease that is free or run out, or nothing when another holds it. */
    async take(
      work: string,
      { holder, now, ms }: { holder: string; now: number; ms: number },
    ): Promise<Lease | undefined> {
      const until = new Date(now + ms);
      const free = { _id: work, until: { $lt: new Date(now) } };
      const update = { $set: { holder, until }, $inc: { epoch: 1 } };
      try {
        const record = await leases
          .findOneAndUpdate(free, update, { upsert: true, returnDocument: 'after' })
          .lean<LeaseRecord>();
        return record === null ? undefined : { epoch: record.epoch, until: until.getTime() };
      } catch (error) {
        if (isDuplicate(error)) return undefined;
        throw error;
      }
    },
    /** Holds on to a lease that is still of this epoch; nothing when somebody took it over. */
    async renew(
      work: string,
      { epoch, now, ms }: { epoch: number; now: number; ms: number },
    ): Promise<Lease | undefined> {
      const until = new Date(now + ms);
      const result = await leases.collection.updateOne({ _id: work, epoch } as never, { $set: { until } });
      return result.matchedCount === 1 ? { epoch, until: until.getTime() } : undefined;
    },
    async release(work: string, epoch: number): Promise<void> {
      await leases.collection.updateOne({ _id: work, epoch } as never, { $set: { until: new Date(0) } });
    },
  };
}
