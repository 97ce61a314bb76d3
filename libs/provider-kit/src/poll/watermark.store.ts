import { type Store, isDuplicateKey } from '@occ-hub/store';
import mongoose from 'mongoose';

/** How far the last complete run of a source came. */
export interface Watermark {
  /** When it started, by the clock that its window was planned with, epoch ms. */
  readonly to: number;
  /** The reps it asked for. */
  readonly reps: readonly string[];
  /** When everything was looked at last, epoch ms. */
  readonly fullAt: number;
}

/** One watermark per connection and source. */
export interface WatermarkStore {
  load(connection: string, source: string): Promise<Watermark | undefined>;
  /** Call only when everything up to it is published and remembered. One by a later holder of the lease stays as it is. */
  save(owner: { connection: string; source: string; fence: number }, watermark: Watermark): Promise<void>;
  /** Forgets how far a connection came: its next run looks at everything. */
  forget(connection: string, source: string): Promise<void>;
}

interface WatermarkDocument extends Watermark {
  _id: string;
  fence: number;
}

const schema = new mongoose.Schema<WatermarkDocument>({ _id: String }, { versionKey: false, strict: false });

export function createWatermarkStore(store: Store): WatermarkStore {
  const model = store.model<WatermarkDocument>('watermark', schema, 'watermarks');
  return {
    async load(connection, source) {
      const found = await model.findById(`${connection}/${source}`).lean<WatermarkDocument>().exec();
      return found ? { to: found.to, reps: found.reps, fullAt: found.fullAt } : undefined;
    },
    async save({ connection, source, fence }, watermark) {
      const _id = `${connection}/${source}`;
      try {
        await model.collection.updateOne(
          { _id: _id as never, fence: { $lte: fence } },
          { $set: { ...watermark, fence } },
          { upsert: true },
        );
      } catch (error) {
        // The upsert met the watermark of a later holder.
        if (!isDuplicateKey(error)) throw error;
      }
    },
    async forget(connection, source) {
      await model.deleteOne({ _id: `${connection}/${source}` });
    },
  };
}
