import type { HubEvent } from '@occ-hub/contracts';
import type { Clock, Log } from '@occ-hub/service';
import type { Leases } from '@occ-hub/store';
import { type LeasedLoop, startLeasedLoop } from '../store/leased-loop.ts';
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

const work = 'outbox/relay';
const leaseMs = 6_000;
/** A pass begins only with this much lease left, so that its publish ends before another relay may begin. */
const leastLeftMs = 3_000;
const readLimit = 500;

/**
 * Publishes pending events and takes them out of their documents: at least once, in order per job. One process at a time
 * does it, by a lease. A crash between publishing and taking out publishes again with the same event ids.
 */
export function startRelay(parts: RelayParts): LeasedLoop {
  const { leases, clock, log } = parts;
  const pass = () => relayOnce(parts);
  return startLeasedLoop({ work, part: 'outbox', leases, leaseMs, leastLeftMs, pass, clock, log });
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
