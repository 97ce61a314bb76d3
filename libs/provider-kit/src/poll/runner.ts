import type { SyncRun } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import type { Log } from '@occ-hub/service';
import { type Lease, type Leases, storeFault } from '@occ-hub/store';
import { type CallsUsed, isNearlyUsed } from '../budget/calls-used.ts';
import type { Clients } from '../connections/clients.ts';
import { type Connection, isWorking } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';
import type { Registry } from '../connections/registry.ts';
import { untilAborted } from '../http/until-aborted.ts';
import type { AnyProvider } from '../provider.ts';
import { type PollParts, pollOnce } from './poll-once.ts';
import type { RunStore } from './run.store.ts';
import { startTally } from './tally.ts';
import { type RunLimits, type RunWatch, runLimits, watchRun } from './watch-run.ts';

export interface RunnerParts extends PollParts {
  readonly definition: AnyProvider;
  readonly clients: Clients;
  readonly registry: Registry;
  readonly connections: ConnectionStore;
  readonly leases: Leases;
  readonly runs: RunStore;
  readonly tell: (run: SyncRun) => void;
  readonly log: Log;
  readonly limits?: RunLimits;
}

const tellEveryMs = 200;

/**
 * Runs what a run asks for, one at a time per connection over all replicas. Returns false when somebody else holds the
 * connection: the run then stays where it is. Whatever happens is written into the run; nothing is thrown but the
 * store's own failures. Ends soon after `stopping` aborts, whatever the vendor does.
 */
export async function performRun(parts: RunnerParts, asked: SyncRun, stopping: AbortSignal): Promise<boolean> {
  const { leases, runs, limits = runLimits, clock } = parts;
  const lease = await leases.take(`poll/${asked.connection}/${asked.source}`, limits.termMs);
  if (!lease) return false;
  const watch = watchRun({ lease, limits, stopping, clock });
  try {
    const [run] = await runs.list({ connection: asked.connection, limit: 1, run: asked.id });
    if (run?.state !== 'waiting') return true;
    await runs.endBroken(asked.connection, asked.source, isoNow(parts));
    // Another replica may have saved or authorized the connection a moment ago.
    await parts.registry.refresh();
    const ended = await perform(parts, run, { lease, watch });
    await runs.save(ended);
    parts.tell(ended);
    return true;
  } finally {
    watch.end();
    await lease.release();
  }
}

/** The run as it ended. */
async function perform(
  parts: RunnerParts,
  asked: SyncRun,
  { lease, watch: { signal } }: { lease: Lease; watch: RunWatch },
): Promise<SyncRun> {
  const source = parts.definition.sources.find((each) => each.name === asked.source);
  const connection = parts.registry.get(asked.connection);
  const end = (run: SyncRun, error?: SyncRun['error']): SyncRun => ({
    ...run,
    state: error ? 'failed' : 'done',
    ended_at: isoNow(parts),
    ...(error ? { error } : {}),
  });
  if (!connection || !source)
    return end(asked, { code: 'connection.unknown', message: 'There is no such connection here.' });
  if (!isWorking(connection.state)) {
    return end(asked, {
      code: `connection.${connection.state}`,
      message: connection.stateReason ?? 'The connection is not ready.',
    });
  }
  if (asked.reason === 'schedule' && isNearlyUsed(connection.calls, parts.clock()))
    return end(asked, nearlyUsed(parts.definition.title, connection.calls));
  const tally = startTally({ ...asked, state: 'running' });
  try {
    const open = await parts.clients.open(connection);
    await parts.runs.save(tally.run());
    const poll = () => pollOnce(parts, { source, open, tally, lease, signal, progress: pacedProgress(parts, signal) });
    await untilAborted(poll, signal);
    await parts.registry.tell(connection._id, { what: 'worked' });
    return logged(parts.log, end(tally.run()));
  } catch (thrown) {
    const error: unknown = signal.aborted ? signal.reason : storeFault(thrown);
    if (isHubError(error) && error.code === 'poll.interrupted' && asked.reason !== 'schedule') {
      // Somebody waits for it: another replica or the next start takes it.
      return logged(parts.log, asked, error);
    }
    return logged(parts.log, end(tally.run(), await failureOf(parts, connection, error)), error);
  }
}

function nearlyUsed(title: string, { used, limit }: CallsUsed): NonNullable<SyncRun['error']> {
  const message = `${title} has counted ${used} of the ${limit} calls that it allows. The hub leaves the rest to write-backs and to what people ask for; it goes on by itself when the count has fallen.`;
  return { code: 'budget.nearly-used', message };
}

/** Ends of a run that say nothing about the vendor. */
const ownEnds = new Set(['poll.interrupted', 'poll.overtaken']);

async function failureOf(
  parts: RunnerParts,
  connection: Connection,
  error: unknown,
): Promise<{ code: string; message: string }> {
  if (!isHubError(error)) return { code: 'hub.bug', message: 'The hub itself failed. Its log has the details.' };
  if (error.kind === 'credential') await parts.registry.tell(connection._id, { what: 'refused', error });
  if (error.kind === 'transient' && !ownEnds.has(error.code))
    await parts.registry.tell(connection._id, { what: 'trouble', error });
  return { code: error.code, message: error.message };
}

/** Tells the progress as often as it is of use. */
function pacedProgress({ clock, tell }: RunnerParts, signal: AbortSignal): (run: SyncRun) => void {
  let toldAt = 0;
  return (run) => {
    const now = clock();
    if (signal.aborted || now - toldAt < tellEveryMs) return;
    toldAt = now;
    tell(run);
  };
}

function logged(log: Log, run: SyncRun, error?: unknown): SyncRun {
  const fields = {
    connectionId: run.connection,
    outcome: run.state,
    fetched: run.fetched,
    changed: run.changed,
    unchanged: run.unchanged,
  };
  if (error === undefined) log.info(fields, 'poll ended');
  else log.warn({ ...fields, error }, 'poll failed');
  return run;
}

function isoNow(parts: RunnerParts): string {
  return new Date(parts.clock()).toISOString();
}
