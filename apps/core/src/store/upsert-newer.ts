import { duplicatesOf } from '@occ-hub/store';
import type { Model } from 'mongoose';
import type { Stored } from './collection.ts';

/** A record read from a CRM at `revision`; `set` holds the CRM's fields alone. */
export interface Incoming {
  readonly _id: string;
  readonly revision: number;
  readonly set: Readonly<Record<string, unknown>>;
}

const chunkSize = 500;

/**
 * Upserts in bulk, the newest revision wins, and fields outside `set` are never touched. What is not held is inserted in
 * one go (many times faster than upserts, and most of a first sync); what is held older is updated, the revision guarding
 * in the filter; the rest is stale. Answers how many were stale.
 */
export async function upsertNewer<Shape extends Stored>(
  model: Model<Shape>,
  records: readonly Incoming[],
  now: Date,
): Promise<{ stale: number }> {
  let stale = 0;
  for (let start = 0; start < records.length; start += chunkSize) {
    stale += await upsertChunk(model, records.slice(start, start + chunkSize), now);
  }
  return { stale };
}

async function upsertChunk<Shape extends Stored>(
  model: Model<Shape>,
  records: readonly Incoming[],
  now: Date,
): Promise<number> {
  const ids = records.map(({ _id }) => _id);
  const held = (await model.find({ _id: { $in: ids } } as never, { revision: 1 }).lean()) as unknown as {
    _id: string;
    revision: number;
  }[];
  const { fresh, newer, stale } = sortOut(records, new Map(held.map(({ _id, revision }) => [_id, revision])));
  // Another consumer may have been first since the look: then the guard decides.
  const raced = await insert(model, fresh, now);
  const applied = await updateNewer(model, [...newer, ...raced], now);
  return stale.length + newer.length + raced.length - applied;
}

async function insert<Shape extends Stored>(
  model: Model<Shape>,
  records: readonly Incoming[],
  now: Date,
): Promise<readonly Incoming[]> {
  if (records.length === 0) return [];
  const documents = records.map(({ _id, revision, set }) => ({
    _id,
    ...set,
    revision,
    created_at: now,
    updated_at: now,
  }));
  const taken = await model.collection.insertMany(documents as never, { ordered: false }).then(() => [], duplicatesOf);
  return taken.flatMap((index) => records[index] ?? []);
}

/** Sets the fields of records that are held older than this, and makes none. Answers how many. */
export async function updateNewer<Shape extends Stored>(
  model: Model<Shape>,
  records: readonly Incoming[],
  now: Date,
): Promise<number> {
  if (records.length === 0) return 0;
  const operations = records.map(({ _id, revision, set }) => ({
    updateOne: {
      filter: { _id, revision: { $lt: revision } },
      update: { $set: { ...set, revision, updated_at: now } },
    },
  }));
  const result = await model.collection.bulkWrite(operations as never, { ordered: false });
  return result.matchedCount;
}

/** What is to be done with each record, given the revisions that are held. */
export function sortOut(records: readonly Incoming[], held: ReadonlyMap<string, number>) {
  const sorted = { fresh: [] as Incoming[], newer: [] as Incoming[], stale: [] as Incoming[] };
  for (const record of records) {
    const revision = held.get(record._id);
    if (revision === undefined) sorted.fresh.push(record);
    else if (revision < record.revision) sorted.newer.push(record);
    else sorted.stale.push(record);
  }
  return sorted;
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
