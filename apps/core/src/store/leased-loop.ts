import type { Clock, Log } from '@occ-hub/service';
import type { Lease, Leases } from '@occ-hub/store';

export interface LeasedLoopParts {
  /** Name of the lease. */
  readonly work: string;
  /** For log lines: `outbox`. */
  readonly part: string;
  /** The owner is this process. */
  readonly leases: Leases;
  readonly leaseMs: number;
  /** A pass begins only with this much lease left, so that it ends before another process may begin one. */
  readonly leastLeftMs: number;
  /** Does what is there to do and answers how much that was; called again until it is nothing. */
  readonly pass: () => Promise<number>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface LeasedLoop {
  /** Whether this process held the lease when last looked at; where it does not, waking it does nothing. */
  leads(): boolean;
  /** Does what waits, at once when this process holds the lease. Calls during a pass are answered by the next. */
  wake(): void;
  /** Ends after the pass under way and gives the lease back. */
  stop(): Promise<void>;
}

const sweepMs = 1_000;

/** Works when woken and every second, in one process at a time, by a lease. A failed pass is logged and tried again. */
export function startLeasedLoop(parts: LeasedLoopParts): LeasedLoop {
  let lease: Lease | undefined;
  let wanted = true;
  let stopping = false;
  let rouse: () => void = () => undefined;

  const hold = async (): Promise<boolean> => {
    if (lease !== undefined && lease.until - parts.clock() > parts.leastLeftMs) return true;
    if (lease === undefined) lease = await parts.leases.take(parts.work, parts.leaseMs);
    else if (!(await lease.renew())) lease = undefined;
    return lease !== undefined;
  };
  const passes = async (): Promise<void> => {
    while (!stopping && (await hold())) {
      if ((await parts.pass()) === 0) return;
    }
  };
  const loop = async (): Promise<void> => {
    while (!stopping) {
      wanted = false;
      try {
        await passes();
      } catch (error) {
        parts.log.warn({ part: parts.part, error, outcome: 'retried' }, 'relay pass failed');
      }
      if (!wanted && !stopping) await nap((wake) => (rouse = wake));
    }
  };
  const running = loop();
  return {
    leads: () => lease !== undefined,
    wake() {
      wanted = true;
      rouse();
    },
    async stop() {
      stopping = true;
      rouse();
      await running;
      await lease?.release().catch(() => undefined);
    },
  };
}

/** Until woken, or the time of a sweep. */
function nap(armed: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, sweepMs);
    armed(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
