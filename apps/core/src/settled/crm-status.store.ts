import type { Model } from 'mongoose';
import type { Stored } from '../store/collection.ts';
import type { CrmWrite } from './crm-status.ts';

export interface CrmStatusStore {
  /** Notes how writes ended; what is older than what is noted, or of an earlier event, changes nothing. */
  settle(settled: readonly CrmWrite[]): Promise<void>;
}

/** How the CRM stands with the records of one collection that cause events. */
export function createCrmStatusStore<Shape extends Stored & { readonly crm?: CrmWrite | undefined }>(
  model: Model<Shape>,
): CrmStatusStore {
  return {
    async settle(settled) {
      if (settled.length === 0) return;
      const operations = settled.map((write) => ({
        updateOne: {
          // Pending was timed by core's clock, an end by the provider's: only ends compare with ends. Written without
          // `$or`, under which the store of the demo reads the whole collection.
          filter: { 'crm.event_id': write.event_id, 'crm.ended_at': { $not: { $gt: write.at } } },
          update: { $set: { crm: { ...write, ended_at: write.at } } },
        },
      }));
      await model.collection.bulkWrite(operations as never, { ordered: false });
    },
  };
}
