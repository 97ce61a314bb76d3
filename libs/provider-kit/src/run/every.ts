import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@occ-hub/service';

/** Does something again and again, so long after the last time ended, until stopped. A failure is logged and the next time comes. */
export function every(
  ms: number,
  job: { name: string; work: () => Promise<void>; log: Log },
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        await job.work();
      } catch (error) {
        job.log.warn({ part: job.name, error, outcome: 'waiting' }, 'background work failed; trying again');
      }
      await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const looping = loop();
  return {
    async stop() {
      stopping.abort();
      await looping;
    },
  };
}

/** Tries until it works or the signal ends it: what a service needs at its start may come up later than the service. */
export async function untilItWorks(
  work: () => Promise<void>,
  { name, log, signal }: { name: string; log: Log; signal: AbortSignal },
): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      log.warn({ part: name, error, outcome: 'waiting' }, 'not there yet; trying again');
      await sleep(1_000, undefined, { signal });
    }
  }
}
