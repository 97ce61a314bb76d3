import type { Store } from '@occ-hub/store';
import mongoose from 'mongoose';

/** An API key as it lies in the store: its text is not there. */
export interface StoredKey {
  readonly _id: string;
  readonly org: string;
  readonly connection: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** SHA-256 of the secret part, hex. It has 256 random bits, so a slow hash would add nothing. */
  readonly hash: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly usedAt: number | null;
}

export interface KeyStore {
  add(key: StoredKey): Promise<void>;
  get(id: string): Promise<StoredKey | undefined>;
  /** Oldest first. */
  ofConnection(connection: string): Promise<readonly StoredKey[]>;
  /** False when there is no such key. */
  remove(connection: string, id: string): Promise<boolean>;
  markUsed(id: string, at: number): Promise<void>;
}

const schema = new mongoose.Schema<StoredKey>({ _id: String }, { versionKey: false, strict: false }).index({
  connection: 1,
  createdAt: 1,
});

export async function createKeyStore(store: Store): Promise<KeyStore> {
  const model = store.model<StoredKey>('api_key', schema, 'api_keys');
  await model.createIndexes();
  return {
    async add(key) {
      await model.create(key);
    },
    async get(id) {
      return (await model.findById(id).lean<StoredKey>().exec()) ?? undefined;
    },
    async ofConnection(connection) {
      return model.find({ connection }).sort({ createdAt: 1 }).lean<StoredKey[]>().exec();
    },
    async remove(connection, id) {
      return (await model.deleteOne({ _id: id, connection })).deletedCount === 1;
    },
    async markUsed(id, at) {
      await model.updateOne({ _id: id }, { $max: { usedAt: at } });
    },
  };
}
