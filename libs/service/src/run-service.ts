import { isHubError } from '@occ-hub/errors';
import { createLife, type Life } from './life.ts';
import { createLog, type Log } from './log.ts';

export interface ServiceFacts {
  readonly name: string;
  /** Starts the parts in order, each registered with `life.add`. HTTP goes first, so that health can be asked at once. */
  readonly start: (life: Life) => Promise<void>;
  /** For what this function itself has to say; a log of the service's name when absent. */
  readonly log?: Log;
  /** Milliseconds for the whole stop. */
  readonly stopWithinMs?: number;
}

/**
 * Runs a service as a process of its own; only a `main.ts` calls it. SIGTERM and SIGINT stop the parts in reverse order:
 * exit 0, or 1 naming the part that hung. A failed start or an unhandled rejection is logged, the parts are stopped, and
 * the process exits 1; a config error is printed plainly for the person who starts it.
 */
export async function runService({ name, start, log, stopWithinMs }: ServiceFacts): Promise<void> {
  const own = log ?? createLog({ service: name, level: 'info' });
  const life = createLife({ log: own, ...(stopWithinMs === undefined ? {} : { withinMs: stopWithinMs }) });
  let ending = false;
  const end = async (code: 0 | 1) => {
    if (ending) return;
    ending = true;
    try {
      await life.stop();
    } catch (error) {
      own.error({ error }, isHubError(error) ? error.message : 'stop failed');
      process.exit(1);
    }
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      own.info({ signal }, 'stopping');
      void end(0);
    });
  }
  for (const mishap of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(mishap, (error: unknown) => {
      own.error({ error }, mishap === 'unhandledRejection' ? 'unhandled rejection' : 'uncaught exception');
      void end(1);
    });
  }
  try {
    await start(life);
  } catch (error) {
    if (ending) return;
    if (isHubError(error, 'config')) process.stderr.write(`${name} cannot start. ${error.message}\n`);
    else own.error({ error }, 'start failed');
    await end(1);
  }
}
