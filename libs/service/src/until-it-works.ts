import { setTimeout as sleep } from 'node:timers/promises';
import { HubError, isHubError } from '@occ-hub/errors';
import type { Log } from './log.ts';

const firstWaitMs = 200;
const longestWaitMs = 3_000;

/**
 * Does one step of a start, again and again while what it needs is away: a server that comes up later than the service is
 * an outage to wait out. Each failure is logged; waits double from 0.2 s to 3 s. Throws a config error at once, and
 * HubError(transient) `service.stopped` when the signal ends it.
 */
export async function untilItWorks<Result>(
  step: () => Promise<Result>,
  { part, log, signal }: { readonly part: string; readonly log: Log; readonly signal: AbortSignal },
): Promise<Result> {
  for (let wait = firstWaitMs; !signal.aborted; wait = Math.min(wait * 2, longestWaitMs)) {
    try {
      const result = await step();
      if (!signal.aborted) return result;
    } catch (error) {
      if (isHubError(error, 'config')) throw error;
      log.warn({ part, error, outcome: 'waiting' }, 'not there yet; trying again');
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  }
  throw new HubError({ kind: 'transient', code: 'service.stopped', message: 'It was stopped while it was starting.' });
}
