import { type Store, storeNow } from '@occ-hub/store';
import mongoose from 'mongoose';
import type { Sealed } from '../vault/vault.ts';

/** A grant as it lies in the store. */
export interface StoredGrant {
  readonly _id: string;
  readonly sealed: Sealed;
  /** The app it was given to. */
  readonly app: string;
  /** Grows with everything that happens to the grant, also while there is none: an older decision never comes through. */
  readonly revision: number;
  /** When it was refreshed last, by the store's clock, epoch ms; 0 while its token is that of the consent. */
  readonly refreshedAt: number;
}

/** Grants that people gave, sealed, one document a connection. They stay until they are given back. */
export interface GrantStore {
  get(connection: string): Promise<StoredGrant | undefined>;
  /** Keeps what a person has just consented to, whatever was there before. */
  keep(connection: string, grant: Pick<StoredGrant, 'sealed' | 'app'>): Promise<void>;
  /** Replaces the grant that a decision was made on; false when something else happened to it meanwhile. */
  replace(connection: string, change: { from: number; sealed: Sealed }): Promise<boolean>;
  /** Forgets the grant. */
  forget(connection: string): Promise<void>;
  /** Puts the same grant, sealed with another key, in its place, unless it was replaced meanwhile. No new revision. */
  reseal(connection: string, grant: { from: Sealed; to: Sealed }): Promise<void>;
  all(): Promise<readonly StoredGrant[]>;
}

interface GrantDocument extends Omit<StoredGrant, 'sealed'> {
  readonly sealed: Sealed | null;
}

const schema = new mongoose.Schema<GrantDocument>({ _id: String }, { versionKey: false, strict: false });

export function createGrantStore(store: Store): GrantStore {
  const model = store.model<GrantDocument>('grant', schema, 'grants');
  // The driver itself: Mongoose would cast the expressions of a pipeline.
  const grants = model.collection as unknown as mongoose.mongo.Collection<GrantDocument>;
  const next = { $add: ['$revision', 1] };
  return {
    async get(connection) {
      const found = await model.findById(connection).lean<GrantDocument>().exec();
      return found?.sealed ? (found as StoredGrant) : undefined;
    },
    async keep(_id, { sealed, app }) {
      // Two steps: an upsert could not ask for the store's clock.
      const none = { sealed: null, app, revision: 0, refreshedAt: 0 };
      await grants.updateOne({ _id }, { $setOnInsert: none }, { upsert: true });
      const kept = { sealed: { $literal: sealed }, app: { $literal: app }, revision: next, refreshedAt: 0 };
      await grants.updateOne({ _id }, [{ $set: kept }]);
    },
    async replace(_id, { from, sealed }) {
      const replaced = { sealed: { $literal: sealed }, revision: next, refreshedAt: storeNow };
      const asRead = { _id, revision: from, sealed: { $ne: null } };
      return (await grants.updateOne(asRead, [{ $set: replaced }])).matchedCount === 1;
    },
    async forget(_id) {
      await grants.updateOne({ _id }, { $set: { sealed: null }, $inc: { revision: 1 } });
    },
    async reseal(_id, { from, to }) {
      await grants.updateOne({ _id, 'sealed.tag': from.tag } as object, { $set: { sealed: to } });
    },
    async all() {
      return (await model
        .find({ sealed: { $ne: null } })
        .lean<StoredGrant[]>()
        .exec()) as StoredGrant[];
    },
  };
}
