import { isDuplicateKey } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import type { Page, PageQuery } from '../store/page.ts';
import { collection } from '../store/collection.ts';
import { pageOf } from '../store/page-of.ts';
import type { ConnectionRecord } from './connection.ts';

export type ConnectionStore = ReturnType<typeof createConnectionStore>;
type Changes = Partial<Omit<ConnectionRecord, '_id' | 'org' | 'provider' | 'created_at'>> & {
  readonly updated_at: Date;
};

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
      return connections.findOne({ _id: id, org }).lean<ConnectionRecord>();
    },
    async list(org: string, page: PageQuery): Promise<Page<ConnectionRecord>> {
      return pageOf(connections, { org }, { by: 'created_at', direction: 'oldest-first', ...page });
    },
    async change(org: string, id: string, changes: Changes): Promise<ConnectionRecord | null> {
      return connections
        .findOneAndUpdate({ _id: id, org }, { $set: changes }, { returnDocument: 'after' })
        .lean<ConnectionRecord>();
    },
  };
}
