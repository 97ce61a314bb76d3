import type { CrmUser, Lookups } from '@occ-hub/contracts';
import type { Clock } from '@occ-hub/service';
import type { Store } from '@occ-hub/store';
import mongoose from 'mongoose';
import type { Sealed } from '../vault/vault.ts';
import type { Connection, StateAndReason } from './connection.ts';

export interface ConnectionStore {
  get(connection: string): Promise<Connection | undefined>;
  /** Connections that changed at or after an instant; 0 gives all. */
  changedSince(instant: number): Promise<readonly Connection[]>;
  /** Makes the connection or replaces its settings; the version grows. */
  save(connection: Pick<Connection, '_id' | 'org' | 'settings' | 'secrets'>, state: StateAndReason): Promise<void>;
  /** Changes the state if it still is what the decision was made on; false when somebody was faster. */
  changeState(
    connection: string,
    change: { from: Connection['state']; to: StateAndReason; probeAt: number | null },
  ): Promise<boolean>;
  keepLists(connection: string, lists: { users?: readonly CrmUser[]; lookups?: Lookups }): Promise<void>;
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
  const update = async (filter: object, set: object, more: { also?: object; upsert?: boolean } = {}) => {
    const change = { $set: { ...set, changedAt: clock() }, ...more.also };
    return (await model.updateOne(filter, change, { upsert: more.upsert ?? false })).matchedCount === 1;
  };
  return {
    async get(connection) {
      return (await model.findById(connection).lean<Connection>().exec()) ?? undefined;
    },
    async changedSince(instant) {
      return model
        .find({ changedAt: { $gte: instant } })
        .lean<Connection[]>()
        .exec();
    },
    async save({ _id, org, settings, secrets }, { state, reason }) {
      const fresh = { stateSince: clock(), probeAt: null, polls: {}, users: [], lookups: {} };
      await update(
        { _id },
        { org, settings, secrets, state, stateReason: reason },
        { also: { $setOnInsert: fresh, $inc: { version: 1 } }, upsert: true },
      );
    },
    changeState: (connection, { from, to, probeAt }) =>
      update(
        { _id: connection, state: from },
        { state: to.state, stateReason: to.reason, stateSince: clock(), probeAt },
      ),
    async keepLists(connection, lists) {
      await update({ _id: connection }, lists);
    },
    movePoll: (connection, { source, from, to }) =>
      update({ _id: connection, [`polls.${source}`]: from ?? { $exists: false } }, { [`polls.${source}`]: to }),
    moveProbe: (connection, { from, to }) => update({ _id: connection, probeAt: from }, { probeAt: to }),
    async reseal(connection, { from, to }) {
      await update({ _id: connection, 'secrets.tag': from.tag }, { secrets: to });
    },
  };
}
