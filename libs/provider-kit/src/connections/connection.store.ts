import type { NewId } from '@occ-hub/service';
import { type Store, isDuplicateKey, storeNow } from '@occ-hub/store';
import mongoose from 'mongoose';
import type { UsageNote } from '../budget/usage-notes.ts';
import type { Sealed } from '../vault/vault.ts';
import type { Connection, StateAndReason } from './connection.ts';

/** Connections as they were at an instant of the store's clock. */
export interface Changed {
  readonly connections: readonly Connection[];
  readonly asOf: Date;
}

/** A change of state and the fact that it is to be told are one write; nothing else writes a state. */
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
    change: { from: StateAndReason; to: StateAndReason; probeAt: number | null },
  ): Promise<boolean>;
  /** Connections with changes of state that were not told yet; five hundred at most. */
  untold(): Promise<readonly Connection[]>;
  /** Notes that changes were told, by their ids. */
  markTold(connection: string, changes: readonly string[]): Promise<void>;
  /** Tells every replica that the vendor asked to be left alone for so long from now; a longer rest stays as it is. */
  rest(connection: string, ms: number): Promise<void>;
  /** Keeps what the vendor said of the calls made so far; later words of it stay as they are. */
  keepCalls(connection: string, note: UsageNote): Promise<void>;
  /**
   * Says that the data comes from this company of the vendor's. `refused` when it came from another one and nobody has
   * left it; `moved` when it did, and somebody has.
   */
  claimCompany(connection: string, company: string): Promise<'same' | 'moved' | 'refused'>;
  /** A connection may be of another company from now on. */
  leaveCompany(connection: string): Promise<void>;
  /** Moves a source's next poll on if nobody did; true for the one who did. */
  movePoll(connection: string, poll: { source: string; from: number | undefined; to: number }): Promise<boolean>;
  /** Moves the next probe on if nobody did; true for the one who did. */
  moveProbe(connection: string, probe: { from: number; to: number }): Promise<boolean>;
  /** Puts secrets sealed with the newest key in the place of older ones, unless they were saved anew meanwhile. */
  reseal(connection: string, secrets: { from: Sealed; to: Sealed }): Promise<void>;
}

const mostUntold = 500;

const schema = new mongoose.Schema<Connection>({ _id: String }, { strict: false, versionKey: false, minimize: false })
  .index({ changedAt: 1 })
  .index({ 'untold.at': 1 }, { sparse: true });

export async function createConnectionStore(store: Store, newId: NewId): Promise<ConnectionStore> {
  const model = store.model<Connection>('connection', schema, 'connections');
  await model.createIndexes();
  // The driver itself: Mongoose would cast the expressions of a pipeline.
  const documents = model.collection as unknown as mongoose.mongo.Collection<Connection & { _id: string }>;
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
      const asRead = from
        ? { state: from.state, 'underPause.state': from.underPause?.state ?? null, version: from.version }
        : { version: { $exists: false } };
      const saved = {
        ...literals({ org, settings, secrets }),
        ...stateTo(to, { from: from?.state, newId }),
        version: { $add: [{ $ifNull: ['$version', 0] }, 1] },
        probeAt: { $ifNull: ['$probeAt', null] },
        polls: { $ifNull: ['$polls', { $literal: {} }] },
        changedAt: '$$NOW',
      };
      try {
        const written = await documents.updateOne({ _id, ...asRead } as object, [{ $set: saved }], { upsert: !from });
        return written.matchedCount + written.upsertedCount === 1;
      } catch (error) {
        // The upsert met a connection that somebody else has made.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async changeState(connection, { from, to, probeAt }) {
      const set = { ...stateTo(to, { from: from.state, newId }), ...literals({ probeAt }), changedAt: '$$NOW' };
      // Null matches what is not there, too.
      const asRead = { _id: connection, state: from.state, 'underPause.state': from.under?.state ?? null };
      return (await documents.updateOne(asRead as object, [{ $set: set }])).matchedCount === 1;
    },
    untold: () =>
      model
        .find({ 'untold.at': { $exists: true } })
        .limit(mostUntold)
        .lean<Connection[]>()
        .exec(),
    async markTold(connection, changes) {
      const isLeft = { $not: { $in: ['$$this.id', { $literal: changes }] } };
      const left = { $filter: { input: { $ifNull: ['$untold', []] }, cond: isLeft } };
      const orNone = { $cond: [{ $eq: ['$untold', []] }, '$$REMOVE', '$untold'] };
      await documents.updateOne({ _id: connection }, [{ $set: { untold: left } }, { $set: { untold: orNone } }]);
    },
    async rest(connection, ms) {
      const restUntil = { $max: ['$restUntil', { $add: [storeNow, ms] }] };
      await documents.updateOne({ _id: connection }, [{ $set: { restUntil, changedAt: '$$NOW' } }]);
    },
    async keepCalls(connection, { ageMs, ...calls }) {
      const at = { $subtract: [storeNow, ageMs] };
      const isLate = { $lt: [at, { $ifNull: ['$calls.at', 0] }] };
      const latest = { $cond: [isLate, '$calls', { ...literals(calls), at }] };
      await documents.updateOne({ _id: connection }, [{ $set: { calls: latest, changedAt: '$$NOW' } }]);
    },
    async claimCompany(connection, id) {
      const company = { id, left: false };
      const same = { _id: connection, 'company.id': { $in: [null, id] } };
      if (await update(same, { company })) return 'same';
      return (await update({ _id: connection, 'company.left': true }, { company })) ? 'moved' : 'refused';
    },
    async leaveCompany(connection) {
      await update({ _id: connection, 'company.left': false }, { 'company.left': true });
    },
    movePoll: (connection, { source, from, to }) =>
      update({ _id: connection, [`polls.${source}`]: from ?? { $exists: false } }, { [`polls.${source}`]: to }),
    moveProbe: (connection, { from, to }) => update({ _id: connection, probeAt: from }, { probeAt: to }),
    async reseal(connection, { from, to }) {
      await update({ _id: connection, 'secrets.tag': from.tag }, { secrets: to });
    },
  };
}

/** Values as they are, in a pipeline, which would take a `$` for its own. */
function literals(values: Readonly<Record<string, unknown>>): Record<string, { $literal: unknown }> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { $literal: value }]));
}

/**
 * The fields of a state in a pipeline. Another state than before is dated by the store's clock, later than the one
 * before whatever that clock does: whoever is told can drop what comes late. A new connection is told to nobody.
 */
function stateTo(
  { state, reason, under }: StateAndReason,
  { from, newId }: { from: Connection['state'] | undefined; newId: NewId },
): object {
  const set = literals({ state, stateReason: reason, underPause: under ?? null });
  if (from === state) return set;
  const at = { $max: [storeNow, { $add: [{ $ifNull: ['$stateSince', 0] }, 1] }] };
  if (from === undefined) return { ...set, stateSince: at };
  const change = { ...literals({ id: newId(), state, before: from, reason }), at };
  return { ...set, stateSince: at, untold: { $concatArrays: [{ $ifNull: ['$untold', []] }, [change]] } };
}
