import type { Store } from '@occ-hub/store';
import mongoose from 'mongoose';
import type { Sealed } from '../vault/vault.ts';

/** An authorization that a person has begun and not ended. */
export interface Pending {
  readonly _id: string;
  readonly org: string;
  readonly connection: string;
  /** The app it was begun for. */
  readonly app: string;
  /** SHA-256 (hex) of the secret that only the browser that began it has. */
  readonly browser: string;
  /** PKCE's verifier, where it is used. */
  readonly verifier: Sealed | null;
  /** From then on it may vanish by itself. */
  readonly expiresAt: Date;
}

export interface PendingStore {
  add(pending: Pending): Promise<void>;
  /** Looks at it, which uses nothing up. */
  get(id: string): Promise<Pending | undefined>;
  /** Gives it to one of all who ask, over all replicas, and to nobody again. */
  take(id: string): Promise<Pending | undefined>;
  /** Forgets whatever was begun for a connection. */
  forget(connection: string): Promise<void>;
}

const schema = new mongoose.Schema<Pending>(
  { _id: String, expiresAt: { type: Date, index: { expires: 0 } }, connection: { type: String, index: true } },
  { versionKey: false, strict: false },
);

export async function createPendingStore(store: Store): Promise<PendingStore> {
  const model = store.model<Pending>('pending', schema, 'authorizations');
  await model.createIndexes();
  return {
    async add(pending) {
      await model.create(pending);
    },
    async get(id) {
      return (await model.findById(id).lean<Pending>().exec()) ?? undefined;
    },
    async take(id) {
      return (await model.findOneAndDelete({ _id: id }).lean<Pending>().exec()) ?? undefined;
    },
    async forget(connection) {
      await model.deleteMany({ connection });
    },
  };
}
