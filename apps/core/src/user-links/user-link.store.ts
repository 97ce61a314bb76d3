import { duplicatesOf } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import { collection } from '../store/collection.ts';
import type { UserLinkRecord } from './user-link.ts';

export type UserLinkStore = ReturnType<typeof createUserLinkStore>;

export function createUserLinkStore(connection: Connection) {
  const links = collection<UserLinkRecord>(connection, {
    name: 'user_links',
    indexes: [[{ connection: 1, crm_id: 1 }, { unique: true }], [{ org: 1, member: 1 }]],
  });
  return {
    /** All links of a connection, by CRM id: hundreds at most. */
    async ofConnection(org: string, of: string): Promise<readonly UserLinkRecord[]> {
      return links.find({ connection: of, org }).sort({ crm_id: 1 }).lean<UserLinkRecord[]>();
    },
    async find(org: string, of: string, crmId: string): Promise<UserLinkRecord | null> {
      return links.findOne({ connection: of, crm_id: crmId, org }).lean<UserLinkRecord>();
    },
    async ofMember(org: string, member: string): Promise<readonly UserLinkRecord[]> {
      return links.find({ org, member, active: true }).lean<UserLinkRecord[]>();
    },
    /** Makes or changes a link; answers it as it was before, and as it is. */
    async put(
      link: Omit<UserLinkRecord, 'created_at'>,
    ): Promise<{ before: UserLinkRecord | null; after: UserLinkRecord }> {
      const { _id, ...set } = link;
      const update = { $set: set, $setOnInsert: { created_at: link.updated_at } };
      const before = await links
        .findOneAndUpdate({ _id }, update, { upsert: true, returnDocument: 'before' })
        .lean<UserLinkRecord>();
      return { before, after: { ...link, created_at: before?.created_at ?? link.updated_at } };
    },
    /** Makes those of these links whose CRM user has none yet; answers how many. A link that is there stays as it is. */
    async addMissing(missing: readonly UserLinkRecord[]): Promise<number> {
      if (missing.length === 0) return 0;
      const adding = links.collection.insertMany(missing as never, { ordered: false });
      return missing.length - (await adding.then(() => [], duplicatesOf)).length;
    },
    async activeCrmIds(org: string, of: string): Promise<readonly string[]> {
      const rows = await links.find({ connection: of, org, active: true }, { crm_id: 1 }).lean<UserLinkRecord[]>();
      return rows.map(({ crm_id }) => crm_id);
    },
    /** Active links of these CRM users, over connections. */
    async activeFor(
      org: string,
      reps: readonly { connection: string; crm_user_id: string }[],
    ): Promise<readonly UserLinkRecord[]> {
      if (reps.length === 0) return [];
      const connections = [...new Set(reps.map((rep) => rep.connection))];
      const crmIds = [...new Set(reps.map((rep) => rep.crm_user_id))];
      return links
        .find({ org, connection: { $in: connections }, crm_id: { $in: crmIds }, active: true })
        .lean<UserLinkRecord[]>();
    },
  };
}
