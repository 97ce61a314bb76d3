import { isDuplicateKey } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import type { Page, PageQuery } from '../store/page.ts';
import { collection } from '../store/collection.ts';
import { pageOf } from '../store/page-of.ts';
import type { OrgRecord } from './org.ts';

export type OrgStore = ReturnType<typeof createOrgStore>;

export function createOrgStore(connection: Connection) {
  const orgs = collection<OrgRecord>(connection, {
    name: 'orgs',
    indexes: [[{ created_at: 1, _id: 1 }]],
  });
  return {
    /** False when the id is taken. */
    async add(org: OrgRecord): Promise<boolean> {
      try {
        await orgs.collection.insertOne(org as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async find(id: string): Promise<OrgRecord | null> {
      return orgs.findById(id).lean<OrgRecord>();
    },
    async change(id: string, changes: Partial<Pick<OrgRecord, 'name' | 'time_zone'>>): Promise<OrgRecord | null> {
      return orgs.findOneAndUpdate({ _id: id }, { $set: changes }, { returnDocument: 'after' }).lean<OrgRecord>();
    },
    async list(page: PageQuery): Promise<Page<OrgRecord>> {
      return pageOf(orgs, {}, { by: 'created_at', direction: 'oldest-first', ...page });
    },
  };
}
