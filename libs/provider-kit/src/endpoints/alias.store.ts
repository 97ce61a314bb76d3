import type { Clock } from '@occ-hub/service';
import { type Store, isOnlyDuplicates } from '@occ-hub/store';
import mongoose from 'mongoose';

/** By which keys a delivery is known: whatever comes again with one of them is the same. */
export interface AliasStore {
  /** Ties these keys to a delivery, or gives the delivery that one of them is tied to already: then the others are tied to that. */
  tie(keys: readonly string[], delivery: string): Promise<string>;
  /** The delivery that one of these keys is tied to; undefined where none is. */
  find(keys: readonly string[]): Promise<string | undefined>;
}

interface Alias {
  _id: string;
  delivery: string;
  expiresAt: Date;
}

/** As long as the deliveries themselves. */
const keptMs = 90 * 86_400_000;

const schema = new mongoose.Schema<Alias>(
  { _id: String, delivery: String, expiresAt: { type: Date, index: { expires: 0 } } },
  { versionKey: false },
);

export async function createAliasStore(store: Store, clock: Clock): Promise<AliasStore> {
  const model = store.model<Alias>('alias', schema, 'aliases');
  await model.createIndexes();
  const aliases = model.collection as unknown as mongoose.mongo.Collection<Alias>;

  /** Those of the keys that were free are tied now. True when all were. */
  async function tieFree(keys: readonly string[], delivery: string): Promise<boolean> {
    const expiresAt = new Date(clock() + keptMs);
    try {
      await aliases.insertMany(
        keys.map((_id) => ({ _id, delivery, expiresAt })),
        { ordered: false },
      );
      return true;
    } catch (error) {
      if (!isOnlyDuplicates(error)) throw error;
      return false;
    }
  }

  return {
    async tie(keys, delivery) {
      if (await tieFree(keys, delivery)) return delivery;
      const tied = await aliases.find({ _id: { $in: [...keys] } }).toArray();
      const other = tied.map((each) => each.delivery).find((each) => each !== delivery);
      if (other === undefined) return delivery;
      // Also by the keys that only this one brought it is the same from now on.
      await aliases.updateMany({ _id: { $in: [...keys] } }, { $set: { delivery: other } });
      return other;
    },
    async find(keys) {
      return (await aliases.findOne({ _id: { $in: [...keys] } }))?.delivery;
    },
  };
}
