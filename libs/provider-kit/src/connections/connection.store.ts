import type { Clock } from '@occ-hub/service';
import { type Store, isDuplicateKey, storeNow } from '@occ-hub/store';
import mongoose from 'mongoose';
import type { Sealed } from '../vault/vault.ts';
import type { Connection, StateAndReason } from './connection.ts';

/** Connections as they were at an instant of the store's clock. */
export interface Changed {
  readonly connections: readonly Connection[];
  readonly asOf: Date;
}

export interface ConnectionStore {
  get(connection: string): Promise<Connection | undefined>;
  /** Connections that changed at or after an instant of the store's clock; all of them where none is named. */
  changedSince(instant: Date | undefined): Promise<Changed>;
  /**
   * Makes the connection (`from` undefined) or replaces its settings, if its state and settings still are what the
   * decision was made on; false when somebody was faster. The version grows.
   */
  save(
    connection: Pick<Connection, '_id' | 'org' | 'settings' | 'secrets'>,
    decision: { from: Connection | undefined; to: StateAndReason },
  ): Promise<boolean>;
  /** Changes the state if it still is what the decision was made on; false when somebody was faster. */
  changeState(
    connection: string,
    change: { from: Connection['state']; to: StateAndReason; probeAt: number | null },
  ): Promise<boolean>;
  /** Tells every replica that the vendor asked to be left alone for so long from now; a longer rest stays as it is. */
  rest(connection: string, ms: number): Promise<void>;
  /** Moves a source's next poll on if nobody did; true for the one who did. */
  movePoll(connection: string, poll: { source: string; from: number | undefined; to: number }): Promise<boolean>;
  /** Moves the next probe on if nobody did; true for the one who did. */
  moveProbe(connection: string, probe: { from: number; to: number }): Promise<boolean>;
  /** Puts secrets sealed with the newest key in the place of older ones, unless they were saved anew meanwhile. */
  reseal(connection: string, secrets: { from: Sealed; to: Sealed }): Promise<void>;
}

const schema = new mongoose.Schema<Connection>(
  { _id: String },
  { strict: false, versionKey: false, minimize: false },
).index({ changedAt: 1 });

export async function createConnectionStore(store: Store, clock: Clock): Promise<ConnectionStore> {
  const model = store.model<Connection>('connection', schema, 'connections');
  await model.createIndexes();
  const update = async (filter: object, set: object): Promise<boolean> => {
    const change = { $set: set, $currentDate: { changedAt: true } };
    return (await model.updateOne(filter, change as object)).matchedCount === 1;
  };
  return {
    async get(connection) {
      return (await model.findById(connection).lean<Connection>().exec()) ?? undefined;
    },
    async changedSince(instant) {
      const { localTime } = (await store.db!.command({ hello: 1 })) as { localTime: Date };
      const changed = instant === undefined ? {} : { changedAt: { $gte: instant } };
      return { connections: await model.find(changed).lean<Connection[]>().exec(), asOf: localTime };
    },
    async save({ _id, org, settings, secrets }, { from, to }) {
      const saved = { org, settings, secrets, state: to.state, stateReason: to.reason };
      const since = from?.state === to.state ? {} : { stateSince: clock() };
      const asRead = from ? { state: from.state, version: from.version } : { version: { $exists: false } };
      const change = {
        $set: { ...saved, ...since },
        $inc: { version: 1 },
        $currentDate: { changedAt: true },
        ...(from ? {} : { $setOnInsert: { probeAt: null, polls: {} } }),
      };
      try {
        const written = await model.updateOne({ _id, ...asRead }, change as object, { upsert: !from });
        return written.matchedCount + written.upsertedCount === 1;
      } catch (error) {
        // The upsert met a connection that somebody else has made.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    changeState: (connection, { from, to, probeAt }) =>
      update(
        { _id: connection, state: from },
        { state: to.state, stateReason: to.reason, stateSince: clock(), probeAt },
      ),
    async rest(connection, ms) {
      const restUntil = { $max: ['$restUntil', { $add: [storeNow, ms] }] };
      await model.collection.updateOne({ _id: connection as never }, [{ $set: { restUntil, changedAt: '$$NOW' } }]);
    },
    movePoll: (connection, { source, from, to }) =>
      update({ _id: connection, [`polls.${source}`]: from ?? { $exists: false } }, { [`polls.${source}`]: to }),
    moveProbe: (connection, { from, to }) => update({ _id: connection, probeAt: from }, { probeAt: to }),
    async reseal(connection, { from, to }) {
      await update({ _id: connection, 'secrets.tag': from.tag }, { secrets: to });
    },
  };
}
