import type { SyncRun } from '@occ-hub/contracts';
import type { Store } from '@occ-hub/store';
import mongoose from 'mongoose';

export interface RunsAsk {
  readonly connection: string;
  readonly limit: number;
  readonly run?: string | undefined;
  readonly before?: string | undefined;
}

/** The runs of each connection, kept for two weeks. A run that waits is a request: whoever holds the lease takes it. */
export interface RunStore {
  insert(run: SyncRun): Promise<void>;
  save(run: SyncRun): Promise<void>;
  /** Runs that wait, oldest first, without those of some sources of connections; a hundred at most. */
  waiting(ask: {
    without: readonly { readonly connection: string; readonly source: string }[];
  }): Promise<readonly SyncRun[]>;
  /** The waiting run of a connection's source, for one of these reasons, that will be taken first. */
  waitingOf(ask: {
    connection: string;
    source: string;
    reasons: readonly SyncRun['reason'][];
  }): Promise<SyncRun | undefined>;
  /** Newest first; one run, or those made before one, when named. */
  list(ask: RunsAsk): Promise<readonly SyncRun[]>;
  /** Ends runs that a crash left running. Call while holding the connection's lease. */
  endBroken(connection: string, source: string, now: string): Promise<void>;
}

interface RunDocument extends Omit<SyncRun, 'id'> {
  _id: string;
  expiresAt: Date;
}

const keptMs = 14 * 86_400_000;
/** More than all replicas together have under way: behind runs that others hold there are always some to take. */
const mostServed = 100;

const schema = new mongoose.Schema<RunDocument>(
  { _id: String, expiresAt: { type: Date, index: { expires: 0 } } },
  { versionKey: false, strict: false, minimize: false },
)
  .index({ connection: 1, started_at: -1 })
  .index({ state: 1, started_at: 1 });

export async function createRunStore(store: Store): Promise<RunStore> {
  const model = store.model<RunDocument>('run', schema, 'runs');
  await model.createIndexes();
  const toDocument = ({ id, ...run }: SyncRun): RunDocument => ({
    ...run,
    _id: id,
    expiresAt: new Date(Date.parse(run.started_at) + keptMs),
  });
  // A run that a release left behind which did not count these.
  const uncounted = { removed: 0, vendor_calls: 0 };
  const toRun = ({ _id, expiresAt: _expiresAt, ...run }: RunDocument): SyncRun => ({ ...uncounted, ...run, id: _id });
  const find = async (filter: object, { limit, oldest }: { limit: number; oldest: boolean }) =>
    (
      await model
        .find(filter)
        .sort({ started_at: oldest ? 1 : -1 })
        .limit(limit)
        .lean<RunDocument[]>()
        .exec()
    ).map(toRun);

  return {
    async insert(run) {
      await model.create(toDocument(run));
    },
    async save(run) {
      await model.replaceOne({ _id: run.id }, toDocument(run), { upsert: true });
    },
    waiting: ({ without }) =>
      find(
        { state: 'waiting', ...(without.length > 0 ? { $nor: [...without] } : {}) },
        { limit: mostServed, oldest: true },
      ),
    async waitingOf({ connection, source, reasons }) {
      const waiting = { connection, source, state: 'waiting', reason: { $in: [...reasons] } };
      return (await find(waiting, { limit: 1, oldest: true }))[0];
    },
    list({ connection, limit, run, before }) {
      // Ids sort as they were made.
      const which = run !== undefined ? { _id: run } : before === undefined ? {} : { _id: { $lt: before } };
      return find({ connection, ...which }, { limit, oldest: false });
    },
    async endBroken(connection, source, now) {
      const error = {
        code: 'poll.interrupted',
        message: 'The service stopped during this run. Nothing is lost: the next run asks the window again.',
      };
      await model.updateMany(
        { connection, source, state: 'running' },
        { $set: { state: 'failed', ended_at: now, error } },
      );
    },
  };
}
