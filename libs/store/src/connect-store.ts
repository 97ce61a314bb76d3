import { HubError } from '@occ-hub/errors';
import { type Log, untilItWorks } from '@occ-hub/service';
import mongoose from 'mongoose';

/** One service's database. */
export type Store = mongoose.Connection;

export interface StoreAddress {
  /** `mongodb://…` */
  readonly url: string;
  readonly database: string;
}

/**
 * The store before it is connected, so that collections can be named and its end be arranged. Nothing is buffered: a call
 * that comes too early fails at once.
 */
export function openStore(): Store {
  const store = mongoose.createConnection();
  store.set('bufferCommands', false);
  return store;
}

/**
 * Connects the store, trying for as long as it takes; ends as `untilItWorks` when the signal ends it. Later calls fail
 * within three seconds while the store is away, so that a request is refused and a consumer waits instead of both hanging.
 */
export async function connectStore(
  store: Store,
  { url, database, log, signal }: StoreAddress & { readonly log: Log; readonly signal: AbortSignal },
): Promise<void> {
  const connect = async () => {
    try {
      await store.openUri(url, {
        dbName: database,
        serverSelectionTimeoutMS: 2_500,
        connectTimeoutMS: 2_500,
        socketTimeoutMS: 20_000,
        waitQueueTimeoutMS: 5_000,
        maxPoolSize: 50,
        ignoreUndefined: true,
        autoIndex: false,
        autoCreate: false,
      });
      if (signal.aborted) await store.close(true);
    } catch (error) {
      // A connection that failed is not opened again before it is closed.
      await store.close(true).catch(() => undefined);
      throw error;
    }
  };
  await untilItWorks(connect, { part: 'mongo', log, signal });
}

/** Resolves when the store answers; throws HubError(transient) `store.away` or the driver's own error when it does not. */
export async function pingStore(store: Store): Promise<void> {
  if (store.readyState !== mongoose.ConnectionStates.connected || store.db === undefined) {
    throw new HubError({ kind: 'transient', code: 'store.away', message: 'The store is not connected.' });
  }
  await store.db.command({ ping: 1 });
}
