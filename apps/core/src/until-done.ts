import { setTimeout as sleep } from 'node:timers/promises';
import { HubError, isHubError } from '@occ-hub/errors';
import type { Log } from '@occ-hub/service';

const firstWaitMs = 200;
const longestWaitMs = 3_000;

/**
 * Does one step of the start, again and again while what it needs is away. Throws a config error at once, and
 * HubError(transient) `core.stopped` when core is stopped meanwhile.
 */
export async function untilDone(
  step: () => Promise<void>,
  { part, log, stopping }: { part: string; log: Log; stopping: AbortSignal },
): Promise<void> {
  for (let wait = firstWaitMs; !stopping.aborted; wait = Math.min(wait * 2, longestWaitMs)) {
    try {
      await step();
      if (!stopping.aborted) return;
    } catch (error) {
      if (isHubError(error, 'config')) throw error;
      log.warn({ part, error, outcome: 'retried' }, 'not there yet, trying on');
      await sleep(wait, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
  throw new HubError({ kind: 'transient', code: 'core.stopped', message: 'Core was stopped while it was starting.' });
}
