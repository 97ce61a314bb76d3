import mongoose from 'mongoose';

/** MongoDB's "that key is there already": somebody was first. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 11_000;
}

/**
 * True for an unordered bulk write in which nothing failed but on keys that are there already: everything else is in.
 * `insertedCount` counts it, `duplicatesOf` tells the others.
 */
export function isOnlyDuplicates(error: unknown): error is mongoose.mongo.MongoBulkWriteError {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return false;
  const failures = [error.writeErrors].flat();
  return failures.length > 0 && failures.every(isDuplicateKey);
}

/** The places of the duplicates in what was given, when they are all that is wrong with a bulk write; else throws it on. */
export function duplicatesOf(error: unknown): readonly number[] {
  if (!isOnlyDuplicates(error)) throw error;
  return [error.writeErrors].flat().map((failure) => failure.index);
}
