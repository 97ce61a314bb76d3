import { type Connection, createConnection } from 'mongoose';

export interface Store {
  readonly connection: Connection;
  /** Connects and makes the indexes. Throws while the store is away; may be called again. */
  connect(): Promise<void>;
  /** Resolves when the store answers. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The connection to core's database. Nothing is buffered: while the store is away a call fails within about three
 * seconds, so that a request is answered 503 and a consumer waits, instead of both hanging.
 */
export function openStore(facts: { url: string; database: string }): Store {
  const connection = createConnection();
  connection.set('bufferCommands', false);
  connection.set('strictQuery', false);
  const open = () =>
    connection.openUri(facts.url, {
      dbName: facts.database,
      serverSelectionTimeoutMS: 2_500,
      connectTimeoutMS: 2_500,
      socketTimeoutMS: 20_000,
      waitQueueTimeoutMS: 5_000,
      maxPoolSize: 40,
      ignoreUndefined: true,
      autoIndex: false,
      autoCreate: false,
    });
  return {
    connection,
    async connect() {
      try {
        await open();
        for (const name of connection.modelNames()) await connection.model(name).createIndexes();
      } catch (error) {
        await connection.close(true).catch(() => undefined);
        throw error;
      }
    },
    async check() {
      if (connection.readyState !== 1 || connection.db === undefined) throw new Error('not connected');
      await connection.db.command({ ping: 1 });
    },
    async stop() {
      await connection.close();
    },
  };
}
