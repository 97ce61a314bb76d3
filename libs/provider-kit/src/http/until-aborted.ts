import { gatherExchanges } from './exchanges.ts';

/**
 * Runs work whose calls to the vendor end with the signal. Gives the work's own end, or fails with the signal's reason
 * as soon as it aborts: work that heeds no signal is left behind, and must look at the signal before it concludes anything.
 */
export async function untilAborted<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([gatherExchanges(work, [], signal), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
