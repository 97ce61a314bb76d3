import { HubError } from '@occ-hub/errors';
import mongoose from 'mongoose';

// Shutting down, stepping down, no primary, interrupted: the server's own words for "ask again".
const passingCodes = new Set<unknown>([6, 7, 89, 91, 112, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

// A write into a socket that the server has just ended comes out of the driver as Node's own error.
const socketCodes = new Set<unknown>(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']);

/** Short: whoever asked waits for it. Work with a schedule of its own keeps to that. */
const askAgainMs = 2_000;

/**
 * Says what an error of the store means: HubError(transient) `store.away` when it is away or busy, the error itself
 * otherwise. An outage of the store is waited out like any other and is never a bug of the work that met it.
 */
export function storeFault(error: unknown, retryAfterMs?: number): unknown {
  if (!isAway(error)) return error;
  return new HubError({
    kind: 'transient',
    code: 'store.away',
    message: "The hub's own store (MongoDB) does not answer. Nothing was lost; the hub goes on when it is back.",
    cause: error,
    mayHaveApplied: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/**
 * For the edges where a service is asked (HTTP, NATS, Kafka), so that stores need no catch: the same work, whose errors
 * of the store are told by `storeFault`, to be tried again in two seconds.
 */
export function withStoreFaults<Given extends unknown[], Result>(
  work: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  return async (...given) => {
    try {
      return await work(...given);
    } catch (error) {
      throw storeFault(error, askAgainMs);
    }
  };
}

function isAway(error: unknown): boolean {
  const { mongo } = mongoose;
  if (socketCodes.has((error as NodeJS.ErrnoException | null)?.code)) return true;
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  // Before the first connection and after the last one Mongoose itself refuses, with its bare error.
  if (error instanceof mongoose.Error && error.constructor === mongoose.Error) return true;
  if (error instanceof mongo.MongoBulkWriteError) return [error.writeErrors].flat().length === 0;
  if (error instanceof mongo.MongoServerError)
    return passingCodes.has(error.code) || error.hasErrorLabel('RetryableWriteError');
  // A wrong argument, or bytes that are not there: the caller's mistake.
  if (error instanceof mongo.MongoInvalidArgumentError || error instanceof mongo.MongoRuntimeError) return false;
  return error instanceof mongo.MongoError;
}
