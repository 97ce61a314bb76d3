import { type Store, isOnlyDuplicates } from '@occ-hub/store';
import mongoose from 'mongoose';
import type { Digest, Digests, SliceChange, SliceEntry } from './digest.ts';

/** Digests of what was published, one document per connection, source and slice: an unchanged run reads once and writes nothing. */
export interface DigestStore {
  load(connection: string, source: string): Promise<Digests>;
  /** Writes whole slices; one written by a later holder of the poll's lease stays as it is. */
  save(
    owner: { connection: string; source: string; fence: number; now: number },
    changes: readonly SliceChange[],
  ): Promise<void>;
  /** Forgets a connection's digests: the next run publishes everything again. */
  forget(connection: string): Promise<void>;
}

interface SliceDocument {
  _id: string;
  connection: string;
  source: string;
  slice: string;
  fence: number;
  entries: readonly SliceEntry[];
  expiresAt: Date;
}

/** Long after its days have left any window, a slice is of no use. */
const keptMs = 120 * 86_400_000;

const schema = new mongoose.Schema<SliceDocument>(
  { _id: String, expiresAt: { type: Date, index: { expires: 0 } } },
  { versionKey: false, strict: false },
).index({ connection: 1, source: 1 });

export async function createDigestStore(store: Store): Promise<DigestStore> {
  const model = store.model<SliceDocument>('digest', schema, 'digests');
  await model.createIndexes();
  return {
    async load(connection, source) {
      const digests = new Map<string, Digest>();
      for (const { slice, entries } of await model.find({ connection, source }).lean<SliceDocument[]>().exec()) {
        for (const [id, hash, job, key] of entries) digests.set(id, { hash, slice, job, key });
      }
      return digests;
    },
    async save({ connection, source, fence, now }, changes) {
      if (changes.length === 0) return;
      const writing = model.collection.bulkWrite(
        changes.map(({ slice, entries }) => ({
          updateOne: {
            filter: {
              _id: `${connection}/${source}/${slice}` as never,
              $or: [{ fence: { $lte: fence } }, { fence: { $exists: false } }],
            },
            update: { $set: { connection, source, slice, fence, entries, expiresAt: new Date(now + keptMs) } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
      await writing.catch((error: unknown) => {
        // The upsert met a slice that a later holder wrote.
        if (!isOnlyDuplicates(error)) throw error;
      });
    },
    async forget(connection) {
      await model.deleteMany({ connection });
    },
  };
}
