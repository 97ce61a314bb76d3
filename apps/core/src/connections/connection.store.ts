import type { ConnectionState, CrmUser } from '@occ-hub/contracts';
import { isDuplicateKey } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import { mapPage, type Page, type PageQuery } from '../store/page.ts';
import { keptLookups } from '../crm-lists/kept-lookups.ts';
import { collection } from '../store/collection.ts';
import { pageOf } from '../store/page-of.ts';
import type { ConnectionRecord } from './connection.ts';

export type ConnectionStore = ReturnType<typeof createConnectionStore>;
type Changes = Partial<Omit<ConnectionRecord, '_id' | 'org' | 'provider' | 'created_at'>> & {
  readonly updated_at: Date;
};

type Reading = Partial<Pick<ConnectionRecord, 'crm_users' | 'lookups'>> &
  Required<Pick<ConnectionRecord, 'read_at' | 'updated_at'>>;

/** A part of a long list of users, and how many of the same reading came before. */
export interface UsersPart {
  readonly reading: string;
  readonly from: number;
  readonly users: readonly CrmUser[];
}

export function createConnectionStore(connection: Connection) {
  const connections = collection<ConnectionRecord>(connection, {
    name: 'connections',
    indexes: [[{ org: 1, provider: 1 }, { unique: true }], [{ org: 1, created_at: 1, _id: 1 }]],
  });
  return {
    /** False when the org has a connection to this provider. */
    async add(record: ConnectionRecord): Promise<boolean> {
      try {
        await connections.collection.insertOne(record as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async find(org: string, id: string): Promise<ConnectionRecord | null> {
      return current(await connections.findOne({ _id: id, org }).lean<ConnectionRecord>());
    },
    async list(org: string, page: PageQuery): Promise<Page<ConnectionRecord>> {
      const order = { by: 'created_at', direction: 'oldest-first' } as const;
      return mapPage(await pageOf(connections, { org }, { ...order, ...page }), current);
    },
    async change(org: string, id: string, changes: Changes): Promise<ConnectionRecord | null> {
      const options = { returnDocument: 'after' } as const;
      return current(
        await connections.findOneAndUpdate({ _id: id, org }, { $set: changes }, options).lean<ConnectionRecord>(),
      );
    },
    /**
     * What a reading of the CRM came to, in one write. Nothing when another reading was kept in between, or the parts that
     * it ends are not there any more: look again.
     */
    async keepReading(held: ConnectionRecord, changes: Reading, ends?: string): Promise<ConnectionRecord | null> {
      const filter = { _id: held._id, org: held.org, read_at: held.read_at ?? null };
      const parts = ends === undefined ? {} : { 'coming.reading': ends };
      const update = { $set: changes, ...(ends === undefined ? {} : { $unset: { coming: 1 } }) };
      const options = { returnDocument: 'after' } as const;
      return current(
        await connections.findOneAndUpdate({ ...filter, ...parts } as never, update, options).lean<ConnectionRecord>(),
      );
    },
    /** Keeps a part of a long list of users aside; the first one takes the place of any other. False: it does not follow. */
    async keepPart(org: string, id: string, { reading, from, users }: UsersPart): Promise<boolean> {
      const which = { _id: id, org };
      const first = { $set: { coming: { reading, count: users.length, users } } };
      const next = { $push: { 'coming.users': { $each: users } }, $inc: { 'coming.count': users.length } };
      const follows = { ...which, 'coming.reading': reading, 'coming.count': from };
      const kept =
        from === 0
          ? connections.collection.updateOne(which as never, first as never)
          : connections.collection.updateOne(follows as never, next as never);
      return (await kept).matchedCount === 1;
    },
    /** Follows a change that the provider told. What is older than what it told before changes nothing. */
    async follow(org: string, id: string, told: { state: ConnectionState; at: Date }): Promise<void> {
      // Only what was told compares with what was told: `state_at` may be of core's clock. Changes of one millisecond come in
      // order, and a repeat of the last says the same.
      const news = { _id: id, org, $or: [{ told_at: { $exists: false } }, { told_at: { $lte: told.at } }] };
      const { state, at } = told;
      await connections.collection.updateOne(news as never, { $set: { state, state_at: at, told_at: at } });
    },
  };
}

/** A record as it is read today, whenever it was stored. */
function current<Found extends ConnectionRecord | null>(record: Found): Found {
  return record === null ? record : { ...record, lookups: keptLookups(record.lookups) };
}
