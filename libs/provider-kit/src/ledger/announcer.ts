import type { HubEvent } from '@occ-hub/contracts';
import type { Clock, Log } from '@occ-hub/service';
import type { DeliveryStore } from './delivery.store.ts';

/** Tells the other services what came in over HTTP: at least once, from a mark in the delivery itself. */
export interface Announcer {
  /** Publishes, and takes the mark away when Kafka has it. Never throws: what is not told stays marked. */
  announce(event: HubEvent): void;
  /** Tells what an outage or a crash left untold. Called now and then. */
  sweep(): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

export interface AnnouncerParts {
  readonly store: Pick<DeliveryStore, 'unannounced' | 'markAnnounced'>;
  readonly publish: (events: readonly HubEvent[]) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

const sweepAfterMs = 10_000;

export function createAnnouncer({ store, publish, clock, log }: AnnouncerParts): Announcer {
  const underWay = new Set<Promise<void>>();

  async function announceNow(event: HubEvent): Promise<void> {
    const { id } = event.attributes;
    try {
      await publish([event]);
      await store.markAnnounced(id);
    } catch (error) {
      log.warn({ deliveryId: id, error, outcome: 'untold' }, 'what came in could not be published yet');
    }
  }

  function track(work: Promise<void>): Promise<void> {
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  }

  return {
    announce: (event) => void track(announceNow(event)),
    async sweep() {
      for (const { event } of await store.unannounced(clock() - sweepAfterMs))
        await track(announceNow(event as HubEvent));
    },
    async settled() {
      await Promise.allSettled(underWay);
    },
  };
}
