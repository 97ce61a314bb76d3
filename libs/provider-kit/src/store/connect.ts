import { type Log } from '@occ-hub/service';
import mongoose from 'mongoose';

/** One provider's database. */
export type Store = mongoose.Connection;

/**
 * Connects to MongoDB, trying for as long as it takes: a store that is away at boot is an outage to wait out, not a
 * reason to crash. Later calls fail within three seconds while the store is away.
 */
export async function connectStore(facts: {
  url: string;
  database: string;
  log: Log;
  signal: AbortSignal;
}): Promise<Store> {
  for (;;) {
    try {
      return await mongoose
        .createConnection(facts.url, {
          dbName: facts.database,
          serverSelectionTimeoutMS: 3_000,
          bufferCommands: false,
          autoIndex: false,
          autoCreate: false,
          maxPoolSize: 50,
          ignoreUndefined: true,
        })
        .asPromise();
    } catch (error) {
      facts.signal.throwIfAborted();
      facts.log.warn({ error, outcome: 'waiting' }, 'the store cannot be reached yet');
    }
  }
}

/** Answers when the store does. */
export async function pingStore(store: Store): Promise<void> {
  await store.db?.command({ ping: 1 });
}

/** MongoDB's "that key is there already". */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 11000;
}

/** True for an unordered bulk write in which nothing failed but on keys that are there already; `insertedCount` counts the rest. */
export function isOnlyDuplicates(error: unknown): error is mongoose.mongo.MongoBulkWriteError {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return false;
  const failures = [error.writeErrors].flat();
  return failures.length > 0 && failures.every(isDuplicateKey);
}
