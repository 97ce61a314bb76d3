import type { Model } from 'mongoose';
import type { Stored } from './collection.ts';
import { countDuplicates } from './store-fault.ts';

/** A record read from a CRM at `revision`; `set` holds the CRM's fields alone. */
export interface Incoming {
  readonly _id: string;
  readonly revision: number;
  readonly set: Readonly<Record<string, unknown>>;
}

const chunkSize = 500;

/**
 * Upserts in bulk, newest revision wins. The guard is in the filter: a record that is held in the same or a newer
 * revision does not match, its upsert meets the `_id` and is refused as a duplicate, which means stale and is fine.
 * Fields outside `set` are never touched. Answers how many were stale.
 */
export async function upsertNewer<Shape extends Stored>(
  model: Model<Shape>,
  records: readonly Incoming[],
  now: Date,
): Promise<{ stale: number }> {
  let stale = 0;
  for (let start = 0; start < records.length; start += chunkSize) {
    const operations = records.slice(start, start + chunkSize).map((record) => operationOf(record, now));
    stale += await model.collection.bulkWrite(operations as never, { ordered: false }).then(() => 0, countDuplicates);
  }
  return { stale };
}

function operationOf({ _id, revision, set }: Incoming, now: Date) {
  return {
    updateOne: {
      filter: { _id, revision: { $lt: revision } },
      update: { $set: { ...set, revision, updated_at: now }, $setOnInsert: { created_at: now } },
      upsert: true,
    },
  };
}

/** Of several readings of one record the newest; of equal ones the last. A batch may hold many. */
export function newestOf(records: readonly Incoming[]): Incoming[] {
  const newest = new Map<string, Incoming>();
  for (const record of records) {
    const held = newest.get(record._id);
    if (held === undefined || held.revision <= record.revision) newest.set(record._id, record);
  }
  return [...newest.values()];
}
