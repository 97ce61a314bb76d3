import { ConnectionChanged, type HubEvent, isEvent } from '@occ-hub/contracts';
import type { ConnectionStore } from './connection.store.ts';

/** Follows the state of connections as their providers tell it. Repeats and late news change nothing. */
export async function onConnectionChanged(
  connections: Pick<ConnectionStore, 'follow'>,
  events: readonly HubEvent[],
): Promise<void> {
  // One after the other: of one connection the order counts, and changes are few.
  for (const { attributes, data } of changesIn(events)) {
    const told = { state: data.state, at: new Date(attributes.time) };
    await connections.follow(attributes.orgid, attributes.connectionid, told);
  }
}

/** The changes of connections among events of many kinds, in order. */
export function changesIn(events: readonly HubEvent[]): readonly HubEvent<typeof ConnectionChanged>[] {
  return events.filter((event) => isEvent(event, ConnectionChanged)) as HubEvent<typeof ConnectionChanged>[];
}
