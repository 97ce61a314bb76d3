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
      const byEvent = Object.fromEntries(settled.map((write) => [write.event_id, { ...write, ended_at: write.at }]));
      const mine = { $getField: { field: '$crm.event_id', input: { $literal: byEvent } } };
      // One command for all: an update each would cost the store a flush each. Pending was timed by core's clock, an end by
      // the provider's: only ends compare with ends.
      await model.collection.updateMany({ 'crm.event_id': { $in: Object.keys(byEvent) } } as never, [
        {
          $set: {
            crm: { $cond: [{ $gt: ['$crm.ended_at', { $getField: { field: 'at', input: mine } }] }, '$crm', mine] },
          },
        },
      ]);
    },
  };
}
