import { type DeliveryDetail, type HubEvent, WriteSettled, getDelivery } from '@occ-hub/contracts';
import { eventually } from './eventually.ts';
import type { z } from 'zod';
import type { TestHub } from './test-hub.ts';

export type Settled = z.output<typeof WriteSettled.data>;

/** Looks into the ledger of a hub as core and its people do. */
export function deliveriesOf(hub: TestHub) {
  const one = async (event: HubEvent): Promise<DeliveryDetail> =>
    (await hub.ask(getDelivery, { org: hub.org, delivery: event.attributes.id })).delivery;
  const toldOf = (event: HubEvent): Settled[] =>
    hub
      .heardOf(WriteSettled.type)
      .map(({ data }) => data as Settled)
      .filter((settled) => settled.event_id === event.attributes.id);
  return {
    one,
    /** What the other services were told of a write so far. */
    toldOf,
    /** Publishes and waits until each of them was told at least once; gives what was told last. */
    async settle(events: readonly HubEvent[], withinMs = 15_000): Promise<Settled[]> {
      await hub.publish(events);
      return this.settled(events, withinMs);
    },
    async settled(events: readonly HubEvent[], withinMs = 15_000): Promise<Settled[]> {
      await eventually(
        () => events.filter((event) => toldOf(event).length === 0).map(({ attributes }) => attributes.id),
        (missing) => missing.length === 0,
        withinMs,
      );
      return events.map((event) => toldOf(event).at(-1)!);
    },
    /** Waits until a delivery stands as asked; a delivery that is not there yet stands nowhere. */
    async until(
      event: HubEvent,
      stands: (delivery: DeliveryDetail) => boolean,
      withinMs = 15_000,
    ): Promise<DeliveryDetail> {
      const seen = await eventually(
        () => one(event).catch(() => undefined),
        (delivery) => delivery !== undefined && stands(delivery),
        withinMs,
      );
      return seen!;
    },
  };
}
