import type { SyncRun } from '@occ-hub/contracts';
import { HubError, isHubError } from '@occ-hub/errors';
import type { Log } from '@occ-hub/service';
import { type Lease, type Leases, storeFault } from '@occ-hub/store';
import type { Clients } from '../connections/clients.ts';
import { type Connection, isWorking } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';
import type { Registry } from '../connections/registry.ts';
import type { AnyProvider } from '../provider.ts';
import { type PollParts, pollOnce, windowOf } from './poll-once.ts';
import type { RunStore } from './run.store.ts';
import { startTally } from './tally.ts';

export interface RunnerParts extends PollParts {
  readonly definition: AnyProvider;
  readonly clients: Clients;
  readonly registry: Registry;
  readonly connections: ConnectionStore;
  readonly leases: Leases;
  readonly runs: RunStore;
  readonly tell: (run: SyncRun) => void;
  readonly log: Log;
}

/** A holder that falls silent loses the lease after this; a living one renews it three times as often. */
const termMs = 30_000;
/** A slow tenant does not hold its slot for longer. */
const deadlineMs = 10 * 60_000;
const tellEveryMs = 200;

/**
 * Runs what a run asks for, one at a time per connection over all replicas. Returns false when somebody else holds the
 * connection: the run then stays where it is. Whatever happens is written into the run; nothing is thrown but the
 * store's own failures.
 */
export async function performRun(parts: RunnerParts, asked: SyncRun): Promise<boolean> {
  const { leases, runs } = parts;
  const lease = await leases.take(`poll/${asked.connection}/${asked.source}`, termMs);
  if (!lease) return false;
  try {
    const [run] = await runs.list({ connection: asked.connection, limit: 1, run: asked.id });
    if (run?.state !== 'waiting') return true;
    await runs.endBroken(asked.connection, asked.source, isoNow(parts));
    // Another replica may have saved or authorized the connection a moment ago.
    await parts.registry.refresh();
    const ended = await perform(parts, run, lease);
    await runs.save(ended);
    parts.tell(ended);
    return true;
  } finally {
    await lease.release();
  }
}

/** The run as it ended. */
async function perform(parts: RunnerParts, asked: SyncRun, lease: Lease): Promise<SyncRun> {
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
  let tally = startTally({ ...asked, state: 'running' });
  try {
    const open = await parts.clients.open(connection);
    tally = startTally({ ...asked, state: 'running', window: windowOf(source, open.timeZone, parts.clock()) });
    await parts.runs.save(tally.run());
    await pollOnce(parts, { source, open, tally, fence: lease.fence, progress: pacedProgress(parts, lease) });
    await parts.registry.tell(connection._id, { what: 'worked' });
    return logged(parts.log, end(tally.run()));
  } catch (thrown) {
    const error = storeFault(thrown);
    return logged(parts.log, end(tally.run(), await failureOf(parts, connection, error)), error);
  }
}

async function failureOf(
  parts: RunnerParts,
  connection: Connection,
  error: unknown,
): Promise<{ code: string; message: string }> {
  if (!isHubError(error)) return { code: 'hub.bug', message: 'The hub itself failed. Its log has the details.' };
  if (error.kind === 'credential') await parts.registry.tell(connection._id, { what: 'refused', error });
  if (error.kind === 'transient') await parts.registry.tell(connection._id, { what: 'trouble', error });
  return { code: error.code, message: error.message };
}

/** Renews the lease and tells the progress, each only as often as it is of use. */
function pacedProgress(parts: RunnerParts, lease: Lease): (run: SyncRun) => Promise<void> {
  const startedAt = parts.clock();
  let renewedAt = startedAt;
  let toldAt = 0;
  return async (run) => {
    const now = parts.clock();
    if (now - startedAt > deadlineMs)
      throw stopped('poll.too-slow', 'The run took longer than ten minutes and was stopped.');
    if (now - renewedAt > termMs / 3) {
      if (!(await lease.renew())) throw stopped('poll.overtaken', 'Another replica took over this connection.');
      renewedAt = now;
    }
    if (now - toldAt < tellEveryMs) return;
    toldAt = now;
    parts.tell(run);
  };
}

function stopped(code: string, message: string): HubError {
  return new HubError({ kind: 'transient', code, message });
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
