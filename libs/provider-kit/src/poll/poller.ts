import { setTimeout as sleep } from 'node:timers/promises';
import type { SyncRun } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { isWorking } from '../connections/connection.ts';
import type { Source } from '../source.ts';
import { newRun } from './new-run.ts';
import { type RunnerParts, performRun } from './runner.ts';
import { nextPoll } from './schedule.ts';
import { looksAtEverything } from './window.ts';

export interface Poller {
  /** Asks for a run at once; joins one that waits already and will look at no less. */
  request(connection: string, reason: SyncRun['reason']): Promise<string>;
  /** Looks for due and waiting runs now. Called every second. */
  tick(): Promise<void>;
  /** Ends runs under way; waits two seconds at most for them to be written down and their leases released. */
  stop(): Promise<void>;
}

/** Runs at once in one process. Each holds a window of one tenant in memory. */
const mostAtOnce = 4;
const stopWithinMs = 2_000;

/** Reasons of runs that do as well: one that was asked for looks at everything, and a scheduled one may leave its calls to others. */
function noLessThan(reason: SyncRun['reason']): readonly SyncRun['reason'][] {
  const asked = ['person', 'authorized'] as const;
  if (looksAtEverything(reason)) return asked;
  return reason === 'schedule' ? ['schedule', 'link-made', ...asked] : ['link-made', ...asked];
}

interface UnderWay {
  readonly connection: string;
  readonly source: string;
  readonly work: Promise<void>;
}

export function createPoller(parts: RunnerParts): Poller {
  const underWay = new Map<string, UnderWay>();
  const stopping = new AbortController();

  async function requestOf(
    connection: string,
    source: Source<never, never>,
    reason: SyncRun['reason'],
  ): Promise<SyncRun> {
    const waiting = await parts.runs.waitingOf({ connection, source: source.name, reasons: noLessThan(reason) });
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
    const { connection, source } = run;
    const name = `${connection}/${source}`;
    if (stopping.signal.aborted || underWay.has(name) || underWay.size >= mostAtOnce) return;
    const work = performRun(parts, run, stopping.signal)
      .then(() => undefined)
      .catch((error: unknown) => parts.log.error({ connectionId: connection, error }, 'run could not be kept'))
      .finally(() => underWay.delete(name));
    underWay.set(name, { connection, source, work });
  }

  async function tick(): Promise<void> {
    if (stopping.signal.aborted) return;
    await parts.registry.refresh();
    await requestDue();
    const without = [...underWay.values()].map(({ connection, source }) => ({ connection, source }));
    for (const run of await parts.runs.waiting({ without })) start(run);
  }

  return {
    async request(connection, reason) {
      const requests = await Promise.all(
        parts.definition.sources.map((source) => requestOf(connection, source, reason)),
      );
      for (const run of requests) start(run);
      if (!requests[0]) throw nothingToPoll(parts.definition.title);
      return requests[0].id;
    },
    tick,
    async stop() {
      stopping.abort();
      const ended = Promise.allSettled([...underWay.values()].map(({ work }) => work));
      await Promise.race([ended, sleep(stopWithinMs, undefined, { ref: false })]);
    },
  };
}

function nothingToPoll(title: string): HubError {
  const message = `${title} has no records that are brought in by a sync: it sends them by itself.`;
  return new HubError({ kind: 'rejected', code: 'poll.nothing', message });
}
