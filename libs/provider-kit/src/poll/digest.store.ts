import { type Store, isOnlyDuplicates } from '@occ-hub/store';
import mongoose from 'mongoose';
import { type Digest, type Digests, type SliceChange, type SliceEntry, digestOf } from './digest.ts';

/** Digests of what was published, one document per connection, source and slice: an unchanged run reads once and writes nothing. */
export interface DigestStore {
  load(connection: string, source: string): Promise<Digests>;
  /** Writes whole slices, kept until an instant (epoch ms); one written by a later holder of the poll's lease stays as it is. */
  save(
    owner: { connection: string; source: string; fence: number; keptUntil: number },
    changes: readonly SliceChange[],
  ): Promise<void>;
  /** Keeps everything that there is of a source until an instant, epoch ms. */
  keep(connection: string, source: string, until: number): Promise<void>;
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
        for (const entry of entries) digests.set(entry[0], digestOf(slice, entry));
      }
      return digests;
    },
    async save({ connection, source, fence, keptUntil }, changes) {
      if (changes.length === 0) return;
      const writing = model.collection.bulkWrite(
        changes.map(({ slice, entries }) => ({
          updateOne: {
            filter: {
              _id: `${connection}/${source}/${slice}` as never,
              $or: [{ fence: { $lte: fence } }, { fence: { $exists: false } }],
            },
            update: { $set: { connection, source, slice, fence, entries, expiresAt: new Date(keptUntil) } },
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
    async keep(connection, source, until) {
      await model.updateMany({ connection, source }, { $set: { expiresAt: new Date(until) } });
    },
    async forget(connection) {
      await model.deleteMany({ connection });
    },
  };
}
