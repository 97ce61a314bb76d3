import {
  AppointmentResulted,
  DocumentSigned,
  type EventDefinition,
  type HubEvent,
  isEvent,
  NoteAdded,
  OpportunityResulted,
  WriteSettled,
} from '@occ-hub/contracts';
import type { CrmWrite } from './crm-status.ts';
import type { CrmStatusStore } from './crm-status.store.ts';

/** Where the cause of each kind of outbound event is kept. */
export interface SettledParts {
  readonly appointments: CrmStatusStore;
  readonly opportunities: CrmStatusStore;
  readonly documents: CrmStatusStore;
  readonly notes: CrmStatusStore;
}

/** Shows on a note, document or result how its write to the CRM ended. Repeats and late news change nothing. */
export async function onSettled(parts: SettledParts, events: readonly HubEvent[]): Promise<void> {
  const settled = events.filter((event) => isEvent(event, WriteSettled)) as HubEvent<typeof WriteSettled>[];
  const causedBy = (cause: EventDefinition) => latestOf(settled.filter(({ data }) => data.event_type === cause.type));
  await Promise.all([
    parts.appointments.settle(causedBy(AppointmentResulted)),
    parts.opportunities.settle(causedBy(OpportunityResulted)),
    parts.documents.settle(causedBy(DocumentSigned)),
    parts.notes.settle(causedBy(NoteAdded)),
  ]);
}

/** Of several ends of one write the last: parked, then replayed and delivered. */
export function latestOf(events: readonly HubEvent<typeof WriteSettled>[]): readonly CrmWrite[] {
  const latest = new Map<string, CrmWrite>();
  for (const { attributes, data } of events) {
    const held = latest.get(data.event_id);
    const at = new Date(attributes.time);
    if (held !== undefined && held.at > at) continue;
    latest.set(data.event_id, {
      status: data.outcome,
      event_id: data.event_id,
      at,
      delivery_id: data.delivery_id,
      code: data.code,
      message: data.message,
      vendor_ids: data.vendor_ids,
    });
  }
  return [...latest.values()];
}
