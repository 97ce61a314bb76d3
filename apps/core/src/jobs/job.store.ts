import { literalPattern } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import type { Page, PageQuery } from '../store/page.ts';
import { collection } from '../store/collection.ts';
import { pageOf } from '../store/page-of.ts';
import { type Incoming, upsertNewer } from '../store/upsert-newer.ts';
import type { JobRecord } from './job.ts';

export type JobStore = ReturnType<typeof createJobStore>;

export function createJobStore(connection: Connection) {
  const jobs = collection<JobRecord>(connection, {
    name: 'jobs',
    indexes: [[{ org: 1, created_at: 1, _id: 1 }]],
  });
  return {
    async find(org: string, id: string): Promise<JobRecord | null> {
      return jobs.findOne({ _id: id, org }).lean<JobRecord>();
    },
    async findMany(org: string, ids: readonly string[]): Promise<readonly JobRecord[]> {
      return ids.length === 0 ? [] : jobs.find({ _id: { $in: [...ids] }, org }).lean<JobRecord[]>();
    },
    /** Newest first; `search` looks for the text anywhere in the customer's or the job's name. */
    async list(
      org: string,
      { search, ...page }: PageQuery & { search?: string | undefined },
    ): Promise<Page<JobRecord>> {
      const text = search === undefined ? undefined : { $regex: literalPattern(search), $options: 'i' };
      const named = text === undefined ? {} : { $or: [{ customer_name: text }, { name: text }] };
      return pageOf(jobs, { org, ...named }, { by: 'created_at', direction: 'newest-first', ...page });
    },
    async upsert(records: readonly Incoming[], now: Date): Promise<{ stale: number }> {
      return upsertNewer(jobs, records, now);
    },
  };
}
