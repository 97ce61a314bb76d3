import { type Store, isDuplicateKey } from '@occ-hub/store';
import mongoose from 'mongoose';

/** A part of one connection's configuration. */
export interface Place {
  readonly org: string;
  readonly connection: string;
  readonly part: string;
}

/** One version as it lies in the store. Versions are added, never changed. */
export interface StoredVersion extends Place {
  readonly version: number;
  /** JSON: field names of the vendor's may hold what the store gives a meaning to. */
  readonly value: string;
  /** The version that it brought back. */
  readonly restored: number | 'defaults' | null;
  readonly savedAt: number;
  readonly savedBy: string;
}

export interface VersionStore {
  /** The newest; undefined where nobody saved yet. */
  latest(place: Place): Promise<StoredVersion | undefined>;
  get(place: Place, version: number): Promise<StoredVersion | undefined>;
  /** Newest first; those before one, when named. */
  list(place: Place, page: { limit: number; before?: number | undefined }): Promise<readonly StoredVersion[]>;
  /** False where somebody else added this version. */
  add(version: StoredVersion): Promise<boolean>;
}

const schema = new mongoose.Schema<StoredVersion>({}, { versionKey: false, strict: false }).index(
  { org: 1, connection: 1, part: 1, version: -1 },
  { unique: true },
);

/** Keeps every version; that a version is there once is the store's unique index, so two replicas cannot both save it. */
export async function createVersionStore(store: Store): Promise<VersionStore> {
  const model = store.model<StoredVersion>('configuration_version', schema, 'configuration_versions');
  await model.createIndexes();
  const at = ({ org, connection, part }: Place) => ({ org, connection, part });
  const list: VersionStore['list'] = (place, { limit, before }) =>
    model
      .find({ ...at(place), ...(before === undefined ? {} : { version: { $lt: before } }) }, { _id: 0 })
      .sort({ version: -1 })
      .limit(limit)
      .lean<StoredVersion[]>()
      .exec();
  return {
    list,
    async latest(place) {
      return (await list(place, { limit: 1 }))[0];
    },
    async get(place, version) {
      return (
        (await model
          .findOne({ ...at(place), version }, { _id: 0 })
          .lean<StoredVersion>()
          .exec()) ?? undefined
      );
    },
    async add(version) {
      try {
        await model.create(version);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}
