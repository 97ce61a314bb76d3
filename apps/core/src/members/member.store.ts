import { isDuplicateKey } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import type { Page, PageQuery } from '../store/page.ts';
import { collection } from '../store/collection.ts';
import { pageOf } from '../store/page-of.ts';
import type { MemberRecord } from './member.ts';

export type MemberStore = ReturnType<typeof createMemberStore>;

export function createMemberStore(connection: Connection) {
  const members = collection<MemberRecord>(connection, {
    name: 'members',
    indexes: [[{ org: 1, created_at: 1, _id: 1 }], [{ org: 1, email: 1 }, { unique: true }]],
  });
  return {
    /** False when the id or the e-mail address is taken. */
    async add(member: MemberRecord): Promise<boolean> {
      try {
        await members.collection.insertOne(member as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async find(org: string, id: string): Promise<MemberRecord | null> {
      return members.findOne({ _id: id, org }).lean<MemberRecord>();
    },
    async change(
      org: string,
      id: string,
      changes: Pick<MemberRecord, 'name' | 'email' | 'role'>,
    ): Promise<MemberRecord | null> {
      const options = { returnDocument: 'after' } as const;
      return members.findOneAndUpdate({ _id: id, org }, { $set: changes }, options).lean<MemberRecord>();
    },
    async list(org: string, page: PageQuery): Promise<Page<MemberRecord>> {
      return pageOf(members, { org }, { by: 'created_at', direction: 'oldest-first', ...page });
    },
    /** All members of an org, for name suggestions: orgs have hundreds of members, not thousands. */
    async all(org: string): Promise<readonly MemberRecord[]> {
      return members.find({ org }).limit(5_000).lean<MemberRecord[]>();
    },
    /** Members with one of these addresses, in lower case. */
    async withEmails(org: string, emails: readonly string[]): Promise<readonly MemberRecord[]> {
      return emails.length === 0 ? [] : members.find({ org, email: { $in: [...emails] } }).lean<MemberRecord[]>();
    },
    async named(org: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = await members.find({ org, _id: { $in: [...ids] } }, { name: 1 }).lean<MemberRecord[]>();
      return new Map(rows.map((row) => [row._id, row.name]));
    },
  };
}
