import type { HubEvent } from '@occ-hub/contracts';

/** An event that waits inside the document whose change caused it. */
export interface OutboxEntry {
  readonly id: string;
  /** When the change was made: entries of all collections leave in the order of (at, id). */
  readonly at: Date;
  readonly event: HubEvent;
}

/** Documents that can cause events. */
export interface HasOutbox {
  readonly outbox?: readonly OutboxEntry[];
}

export function entryOf(event: HubEvent): OutboxEntry {
  return { id: event.attributes.id, at: new Date(event.attributes.time), event };
}
