import { type Publisher, publishJson, subscribeJson } from '@occ-hub/bus';
import type { Clock, Log, Metrics } from '@occ-hub/service';
import type { Leases } from '@occ-hub/store';
import { z } from 'zod';
import type { Outside } from './outside.ts';
import { startRelay } from './outbox/relay.ts';
import type { LeasedLoop } from './store/leased-loop.ts';
import type { Stores } from './stores.ts';

/** One replica of core relays; the others tell it here that there is something to publish. */
const wakeSubject = 'occ.core.outbox.wake';

export interface RelayCoreParts {
  readonly stores: Stores;
  readonly leases: Leases;
  readonly publisher: Publisher;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Starts the relay over the collections that cause events. */
export function relayOutboxes(parts: RelayCoreParts): LeasedLoop {
  const { stores, leases, publisher, clock, log, metrics } = parts;
  const { notes, documents, appointments, givenResults, leads } = stores;
  const published = metrics.counter({
    name: 'occ_core_events_published_total',
    help: 'Events that left the outbox',
  });
  const delay = metrics.histogram({
    name: 'occ_core_outbox_delay_seconds',
    help: 'Age of the oldest event of a pass when Kafka had it',
  });
  return startRelay({
    outboxes: [notes, documents, appointments, givenResults, leads].map(({ outbox }) => outbox),
    leases,
    publish: (events) => publisher.publish(events),
    clock,
    log,
    observe(count, oldestMs) {
      published.inc(count);
      delay.observe(oldestMs / 1000);
    },
  });
}

/** Wakes the relay wherever it runs. A call that is lost costs a second: the relay sweeps. */
export function wakeAnywhere(relay: LeasedLoop, { nats, subjectOf }: Outside): () => void {
  return () => {
    if (relay.leads()) relay.wake();
    else publishJson(nats, subjectOf(wakeSubject), {}).catch(() => relay.wake());
  };
}

/** Lets other replicas wake this one's relay. */
export function hearWakes(relay: LeasedLoop, { nats, subjectOf }: Outside) {
  return subscribeJson(nats, { subject: subjectOf(wakeSubject), schema: z.object({}), handle: () => relay.wake() });
}
