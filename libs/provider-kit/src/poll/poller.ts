import type { SyncRun } from '@occ-hub/contracts';
import { isWorking } from '../connections/connection.ts';
import type { Source } from '../source.ts';
import { type RunnerParts, performRun } from './runner.ts';
import { nextPoll } from './schedule.ts';

export interface Poller {
  /** Asks for a run at once; joins one that waits already, for it will see everything that is true now. */
  request(connection: string, reason: SyncRun['reason']): Promise<string>;
  /** Looks for due and waiting runs now. Called every second. */
  tick(): Promise<void>;
  /** Lets runs under way end. */
  stop(): Promise<void>;
}

/** Runs at once in one process. Each holds a window of one tenant in memory. */
const mostAtOnce = 4;

export function createPoller(parts: RunnerParts): Poller {
  const underWay = new Map<string, Promise<void>>();
  let stopping = false;

  async function requestOf(
    connection: string,
    source: Source<never, never>,
    reason: SyncRun['reason'],
  ): Promise<SyncRun> {
    const waiting = await parts.runs.waitingOf(connection, source.name);
    if (waiting) return waiting;
    const run = newRun({ id: parts.newId(), connection, source: source.name, reason, now: parts.clock() });
    await parts.runs.insert(run);
    return run;
  }

  /** Moves on every schedule that is due, and leaves a request for a run where this replica was the one to move it. */
  async function requestDue(): Promise<void> {
    for (const connection of parts.registry.all()) {
      if (!isWorking(connection.state)) continue;
      for (const source of parts.definition.sources) {
        const due = connection.polls[source.name];
        if (due !== undefined && due > parts.clock()) continue;
        const to = nextPoll({ schedule: source.schedule, connection: connection._id, after: parts.clock() });
        const moved = await parts.connections.movePoll(connection._id, { source: source.name, from: due, to });
        if (moved && due !== undefined) await requestOf(connection._id, source, 'schedule');
      }
    }
  }

  function start(run: SyncRun): void {
    const name = `${run.connection}/${run.source}`;
    if (stopping || underWay.has(name) || underWay.size >= mostAtOnce) return;
    const work = performRun(parts, run)
      .then(() => undefined)
      .catch((error: unknown) => parts.log.error({ connectionId: run.connection, error }, 'run could not be kept'))
      .finally(() => underWay.delete(name));
    underWay.set(name, work);
  }

  async function tick(): Promise<void> {
    if (stopping) return;
    await parts.registry.refresh();
    await requestDue();
    for (const run of await parts.runs.waiting()) start(run);
  }

  return {
    async request(connection, reason) {
      const requests = await Promise.all(
        parts.definition.sources.map((source) => requestOf(connection, source, reason)),
      );
      for (const run of requests) start(run);
      return requests[0]!.id;
    },
    tick,
    async stop() {
      stopping = true;
      await Promise.allSettled(underWay.values());
    },
  };
}

function newRun(facts: {
  id: string;
  connection: string;
  source: string;
  reason: SyncRun['reason'];
  now: number;
}): SyncRun {
  const { id, connection, source, reason } = facts;
  return {
    id,
    connection,
    source,
    reason,
    state: 'waiting',
    started_at: new Date(facts.now).toISOString(),
    fetched: 0,
    changed: 0,
    unchanged: 0,
    skipped: {},
    skipped_reps: [],
    set_aside: [],
    warnings: [],
  };
}
