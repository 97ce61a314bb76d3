import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';

/**
 * Does something now, and again so many milliseconds after the last time ended. A failure is logged and the next time
 * comes. `stop` resolves when the time under way has ended.
 */
export function every(
  ms: number,
  { part, work, log }: { readonly part: string; readonly work: () => Promise<void>; readonly log: Log },
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        await work();
      } catch (error) {
        log.warn({ part, error, outcome: 'waiting' }, 'background work failed; trying again');
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
