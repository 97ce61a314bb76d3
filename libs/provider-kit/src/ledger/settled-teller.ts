import { type HubEvent, WriteSettled, eventOf } from '@occ-hub/contracts';
import type { Clock, Log, NewId } from '@occ-hub/service';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';
import { attributesOf, upsertEvents } from './upsert-events.ts';

/** Tells the other services what a write made at the CRM, and then what became of it: at least once, from the mark in the delivery itself. */
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
  /** To whom the connection of a delivery wants failures reported. Throws while that cannot be read for now. */
  readonly reportTo: (delivery: Delivery) => Promise<string | undefined>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

const sweepAfterMs = 10_000;

export function createSettledTeller(parts: TellerParts): SettledTeller {
  const underWay = new Set<Promise<void>>();

  async function tellNow(delivery: Delivery): Promise<void> {
    try {
      const settled = await settledEvent(delivery, parts);
      const upserts = upsertEvents(delivery, parts);
      // Before it, and not with it: they are on other topics.
      if (upserts.length > 0) await parts.publish(upserts);
      await parts.publish([settled]);
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

async function settledEvent(delivery: Delivery, { provider, newId, reportTo }: TellerParts): Promise<HubEvent> {
  const { attributes } = delivery.event;
  const outcome = delivery.untold ?? 'parked';
  const reportsTo = outcome === 'rejected' || outcome === 'parked' ? await reportTo(delivery) : undefined;
  return eventOf(
    WriteSettled,
    {
      ...attributesOf(delivery, provider),
      id: newId(),
      subject: delivery.lane,
      // When it came to its end, not when it is told: what is told late must not look like the latest.
      time: new Date(delivery.updatedAt).toISOString(),
      origin: attributes.origin,
    },
    {
      delivery_id: delivery._id,
      event_id: attributes.id,
      event_type: delivery.eventType,
      outcome,
      attempts: delivery.attempts,
      ...(delivery.code === null ? {} : { code: delivery.code }),
      ...(delivery.message === null ? {} : { message: delivery.message }),
      ...(delivery.failedStep == null ? {} : { step: delivery.failedStep }),
      ...(reportsTo === undefined ? {} : { report_to: reportsTo }),
      vendor_ids: { ...delivery.vendorIds },
    },
  );
}
