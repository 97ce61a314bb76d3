import type { HubEvent } from '@occ-hub/contracts';
import type { Clock, Log } from '@occ-hub/service';
import type { Lease, Leases } from '@occ-hub/store';
import { publishable } from './order.ts';
import type { OutboxStore } from './outbox.store.ts';

export interface RelayParts {
  readonly outboxes: readonly OutboxStore[];
  /** The owner is this process. */
  readonly leases: Leases;
  /** Resolves when Kafka has all of them. */
  readonly publish: (events: readonly HubEvent[]) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly observe?: (count: number, oldestMs: number) => void;
}

export interface Relay {
  /** Whether this process held the lease when last looked at; where it does not, waking it publishes nothing. */
  leads(): boolean;
  /** Publishes what waits, at once when this process holds the lease. Calls during a pass are answered by the next. */
  wake(): void;
  /** Ends after the pass under way and gives the lease back. */
  stop(): Promise<void>;
}

const work = 'outbox/relay';
const leaseMs = 6_000;
/** A pass begins only with this much lease left, so that its publish ends before another relay may begin. */
const leastLeftMs = 3_000;
const sweepMs = 1_000;
const readLimit = 500;

/**
 * Publishes pending events and takes them out of their documents: at least once, in order per job. One process at a time
 * does it, by a lease. A crash between publishing and taking out publishes again with the same event ids.
 */
export function startRelay(parts: RelayParts): Relay {
  let lease: Lease | undefined;
  let wanted = true;
  let stopping = false;
  let rouse: () => void = () => undefined;

  const hold = async (): Promise<boolean> => {
    if (lease !== undefined && lease.until - parts.clock() > leastLeftMs) return true;
    if (lease === undefined) lease = await parts.leases.take(work, leaseMs);
    else if (!(await lease.renew())) lease = undefined;
    return lease !== undefined;
  };
  const pass = async (): Promise<void> => {
    while (!stopping && (await hold())) {
      if ((await relayOnce(parts)) === 0) return;
    }
  };
  const loop = async (): Promise<void> => {
    while (!stopping) {
      wanted = false;
      try {
        await pass();
      } catch (error) {
        parts.log.warn({ part: 'outbox', error, outcome: 'retried' }, 'relay pass failed');
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

/** One pass: everything that waits up to now, in one publish. Answers how many events left. */
export async function relayOnce(
  parts: Pick<RelayParts, 'outboxes' | 'publish' | 'clock' | 'observe'>,
): Promise<number> {
  // Before the reading: what is made later than this may be seen in one collection and missed in another.
  const cutoff = new Date(parts.clock());
  const readings = await Promise.all(
    parts.outboxes.map(async (outbox) => ({ outbox, ...(await outbox.read(cutoff, readLimit)) })),
  );
  const chosen = publishable(readings);
  const first = chosen[0];
  if (first === undefined) return 0;
  await parts.publish(chosen.map(({ item }) => item.entry.event));
  parts.observe?.(chosen.length, parts.clock() - first.item.entry.at.getTime());
  await Promise.all(
    parts.outboxes.map((outbox) =>
      outbox.remove(chosen.filter(({ from }) => from.outbox === outbox).map(({ item }) => item)),
    ),
  );
  return chosen.length;
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
