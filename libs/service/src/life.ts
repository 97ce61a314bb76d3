import { setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '@occ-hub/errors';
import type { Log } from './log.ts';

/** The parts of a running service, in the order they were started. */
export interface Life {
  /** Registers a started part by the way to stop it. A part added while stopping is stopped at once. */
  add(name: string, stop: () => Promise<void> | void): void;
  /**
   * Stops the parts in reverse order, once. A part whose stop throws is logged and the next one goes on; a part that hangs
   * beyond the whole time makes this throw HubError(transient) `service.stop-hung` naming it.
   */
  stop(): Promise<void>;
}

/** An ordered start and stop that any `start…` function can use in a process of its own or beside others. */
export function createLife({ log, withinMs = 10_000 }: { log: Log; withinMs?: number }): Life {
  const parts: { name: string; stop: () => Promise<void> | void }[] = [];
  let stopping: Promise<void> | undefined;
  const stopOne = async (part: (typeof parts)[number]) => {
    try {
      await part.stop();
    } catch (error) {
      log.error({ part: part.name, error }, 'part failed to stop');
    }
  };
  const stopAll = async () => {
    const deadline = AbortSignal.timeout(withinMs);
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const done = new AbortController();
      const late = sleep(withinMs, 'late' as const, { signal: AbortSignal.any([deadline, done.signal]) });
      const result = await Promise.race([stopOne(part), late.catch(() => 'late' as const)]);
      done.abort();
      if (result === 'late') throw hung(part.name, withinMs);
    }
  };
  return {
    add(name, stop) {
      if (stopping === undefined) parts.push({ name, stop });
      else void stopOne({ name, stop });
    },
    stop: () => (stopping ??= stopAll()),
  };
}

function hung(part: string, withinMs: number): HubError {
  const message = `The part "${part}" did not stop within ${withinMs / 1000} s.`;
  return new HubError({ kind: 'transient', code: 'service.stop-hung', message });
}
