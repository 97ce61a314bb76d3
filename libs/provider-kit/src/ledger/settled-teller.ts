import { type HubEvent, WriteSettled, eventOf } from '@occ-hub/contracts';
import type { Clock, Log, NewId } from '@occ-hub/service';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';

/** Tells the other services what became of a write: at least once, from the mark in the delivery itself. */
export interface SettledTeller {
  /** Publishes, and takes the mark away when Kafka has it. Never throws: what is not told stays marked. */
  tell(delivery: Delivery): void;
  /** Tells what an outage or a crash left untold. Called now and then. */
  sweep(): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

export interface TellerParts {
  readonly store: DeliveryStore;
  readonly publish: (events: readonly HubEvent[]) => Promise<void>;
  readonly provider: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

const sweepAfterMs = 10_000;

export function createSettledTeller(parts: TellerParts): SettledTeller {
  const underWay = new Set<Promise<void>>();

  async function tellNow(delivery: Delivery): Promise<void> {
    try {
      await parts.publish([settledEvent(delivery, parts)]);
      await parts.store.markTold(delivery);
    } catch (error) {
      parts.log.warn({ deliveryId: delivery._id, error, outcome: 'untold' }, 'a settlement could not be published yet');
    }
  }

  function track(work: Promise<void>): Promise<void> {
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  }

  return {
    tell: (delivery) => void track(tellNow(delivery)),
    async sweep() {
      for (const delivery of await parts.store.untold(parts.clock() - sweepAfterMs)) await track(tellNow(delivery));
    },
    async settled() {
      await Promise.allSettled(underWay);
    },
  };
}

function settledEvent(delivery: Delivery, { provider, newId }: TellerParts): HubEvent {
  const { attributes } = delivery.event;
  return eventOf(
    WriteSettled,
    {
      id: newId(),
      source: `/providers/${provider}`,
      subject: delivery.lane,
      // When it came to its end, not when it is told: what is told late must not look like the latest.
      time: new Date(delivery.updatedAt).toISOString(),
      orgid: delivery.org,
      connectionid: delivery.connection,
      provider,
      origin: attributes.origin,
      causationid: attributes.id,
      ...(attributes.traceparent === undefined ? {} : { traceparent: attributes.traceparent }),
    },
    {
      delivery_id: delivery._id,
      event_id: attributes.id,
      event_type: delivery.eventType,
      outcome: delivery.untold ?? 'parked',
      attempts: delivery.attempts,
      ...(delivery.code === null ? {} : { code: delivery.code }),
      ...(delivery.message === null ? {} : { message: delivery.message }),
      vendor_ids: { ...delivery.vendorIds },
    },
  );
}
