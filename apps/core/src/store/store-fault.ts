import mongoose, { mongo } from 'mongoose';
import { HubError } from '@occ-hub/errors';

// Shutting down, stepping down, no primary, interrupted: the server's own words for "ask again".
const passingCodes = new Set([6, 7, 89, 91, 112, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/**
 * Says what an error of the store means: HubError(transient) `core.store.away` when the store is away or busy, the
 * error itself otherwise. Used at the two edges (HTTP and consumers), so that stores need no catch.
 */
export function storeFault(error: unknown): unknown {
  return isAway(error)
    ? new HubError({
        kind: 'transient',
        code: 'core.store.away',
        message: "OCC's own store does not answer. Nothing was lost; try again in a moment.",
        cause: error,
        retryAfterMs: 2_000,
        mayHaveApplied: true,
      })
    : error;
}

/** True for a duplicate key: somebody was first. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === 11_000;
}

/** The places of the duplicates, when they are all that is wrong with an unordered insert; else throws it on. */
export function duplicatesOf(error: unknown): readonly number[] {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
  const faults = [error.writeErrors].flat();
  if (faults.length === 0 || faults.some((fault) => fault.code !== 11_000)) throw error;
  return faults.map((fault) => fault.index);
}

function isAway(error: unknown): boolean {
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  // With bufferCommands off, a call before the first connection throws a bare MongooseError.
  if (error instanceof mongoose.Error && error.constructor === mongoose.Error) return true;
  if (!(error instanceof mongo.MongoError)) return false;
  return (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    error instanceof mongo.MongoClientClosedError ||
    error.name === 'MongoWaitQueueTimeoutError' ||
    error.hasErrorLabel('RetryableWriteError') ||
    error.hasErrorLabel('TransientTransactionError') ||
    (error instanceof mongo.MongoServerError && typeof error.code === 'number' && passingCodes.has(error.code))
  );
}
