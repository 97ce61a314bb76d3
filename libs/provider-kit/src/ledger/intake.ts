import type { HubEvent } from '@occ-hub/contracts';
import type { Clock, NewId } from '@occ-hub/service';
import { withStoreFaults } from '@occ-hub/store';
import type { AnyProvider } from '../provider.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';
import { withoutCardNumbers } from './withhold.ts';

/**
 * Puts events into the ledger. Kafka is the log, the ledger is the queue: a slow vendor never blocks a partition. Throws
 * transient while the store is away, so that events wait in Kafka. Of an event with a card number, where the provider refuses
 * those, only that it came is kept.
 */
export function createIntake(parts: {
  provider: AnyProvider;
  store: DeliveryStore;
  newId: NewId;
  clock: Clock;
  wake: () => void;
}) {
  return withStoreFaults(async (events: readonly HubEvent[]): Promise<void> => {
    const ours = events.filter((event) => event.attributes.provider === parts.provider.id);
    if (ours.length === 0) return;
    const added = await parts.store.add(
      ours.map((event) => withoutCardNumbers(parts.provider, deliveryOf(event, parts))),
    );
    if (added > 0) parts.wake();
  });
}

/** An event as a delivery that nobody has tried yet. */
export function deliveryOf(
  event: HubEvent,
  { provider, newId, clock }: { provider: AnyProvider; newId: NewId; clock: Clock },
): Delivery {
  const { attributes, data } = event;
  const sink = provider.sinks.find((each) => each.event.type === attributes.type);
  const now = clock();
  const alike = sink?.alike?.(data as never);
  return {
    _id: attributes.id,
    org: attributes.orgid,
    connection: attributes.connectionid,
    event: { attributes, data },
    eventType: attributes.type,
    lane: attributes.subject,
    // Sorts as made: one partition is read by one process at a time, so a lane's events come in order.
    order: newId(),
    replaces: sink?.replaces?.(data as never) ?? null,
    ...(alike === undefined ? {} : { alike }),
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: now,
    owner: null,
    steps: {},
    inDoubt: false,
    history: [],
    replays: [],
    kind: null,
    code: null,
    message: null,
    vendorIds: {},
    createdAt: now,
    updatedAt: now,
  };
}
