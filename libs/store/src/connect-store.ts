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
 * Connects the store, trying for as long as it takes; ends as `untilItWorks` when the signal ends it. An address that no
 * try can use is HubError(config) `store.address-unusable` at once; its credentials are not repeated. Later calls fail
 * within three seconds while the store is away, so that a request is refused and a consumer waits instead of both hanging.
 */
export async function connectStore(
  store: Store,
  { url, database, log, signal }: StoreAddress & { readonly log: Log; readonly signal: AbortSignal },
): Promise<void> {
  checkAddress(url);
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

/** The driver reads the whole address before it connects to anybody. */
function checkAddress(url: string): void {
  try {
    void new mongoose.mongo.MongoClient(url);
  } catch (error) {
    const said = error instanceof Error && !tells(error.message, url) ? ` (${error.message})` : '';
    const message = `MONGO_URL is no address of a MongoDB that can be used${said}. It reads mongodb://user:password@host:port/ or mongodb+srv://…, user and password percent-encoded.`;
    // Without its cause: the driver's own words may hold the credentials.
    throw new HubError({ kind: 'config', code: 'store.address-unusable', message });
  }
}

/** True when a text holds anything of what an address may hold of its credentials. */
function tells(text: string, url: string): boolean {
  const credentials = url.includes('@') ? url.slice(0, url.lastIndexOf('@')).replace(/^[\w+]+:\/\//, '') : url;
  return credentials.split(/[:/@]/).some((part) => part !== '' && text.includes(part));
}

/** Resolves when the store answers; throws HubError(transient) `store.away` or the driver's own error when it does not. */
export async function pingStore(store: Store): Promise<void> {
  if (store.readyState !== mongoose.ConnectionStates.connected || store.db === undefined) {
    throw new HubError({ kind: 'transient', code: 'store.away', message: 'The store is not connected.' });
  }
  await store.db.command({ ping: 1 });
}
