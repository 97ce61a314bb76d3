import type { Store } from '@occ-hub/store';
import mongoose from 'mongoose';
import type { Sealed } from './vault.ts';

/** Sealed tokens. They vanish by themselves some time after they expire. */
export interface TokenStore {
  get(record: string): Promise<Sealed | undefined>;
  put(record: string, sealed: Sealed, expiresAt: number): Promise<void>;
  /** Forgets the tokens of a connection, whatever settings they came from. */
  forget(connection: string): Promise<void>;
}

/** What the records of a connection's tokens begin with; `/` and the version of its settings follow. */
export function tokenRecords(connection: string): string {
  return `token/${connection}`;
}

interface TokenDocument {
  _id: string;
  sealed: Sealed;
  expiresAt: Date;
}

const schema = new mongoose.Schema<TokenDocument>(
  { _id: String, sealed: Object, expiresAt: { type: Date, index: { expires: 0 } } },
  { versionKey: false },
);

export async function createTokenStore(store: Store): Promise<TokenStore> {
  const model = store.model<TokenDocument>('token', schema, 'tokens');
  await model.createIndexes();
  return {
    async get(record) {
      return (await model.findById(record).lean().exec())?.sealed;
    },
    async put(record, sealed, expiresAt) {
      await model.updateOne({ _id: record }, { $set: { sealed, expiresAt: new Date(expiresAt) } }, { upsert: true });
    },
    async forget(connection) {
      // From `token/<connection>/` to the next sign after the slash.
      await model.deleteMany({ _id: { $gte: `${tokenRecords(connection)}/`, $lt: `${tokenRecords(connection)}0` } });
    },
  };
}
