import {
  type EventDefinition,
  type HubEvent,
  isEvent,
  LeadFeedbackReceived,
  LeadSubmitted,
  WriteSettled,
} from '@occ-hub/contracts';
import { latestOf } from '../settled/on-settled.ts';
import { type LeadFeedbackRecord, leadIdOf, type LeadRecord } from './lead.ts';
import type { LeadFeedbackStore } from './lead-feedback.store.ts';
import { leadKeysOf } from './lead-keys.ts';
import type { LeadStore } from './lead.store.ts';

/** Keeps the leads of a batch. Repeats change nothing. */
export async function onLeadSubmitted(leads: Pick<LeadStore, 'keep'>, events: readonly HubEvent[]): Promise<void> {
  const newest = new Map<string, LeadRecord>();
  for (const event of of(events, LeadSubmitted)) {
    const record = leadOf(event);
    const held = newest.get(record._id);
    if (held === undefined || held.created_at <= record.created_at) newest.set(record._id, record);
  }
  await leads.keep([...newest.values()]);
}

/** Keeps what CRMs said of leads, each once, whether the lead is known or not. */
export async function onLeadFeedback(
  feedback: Pick<LeadFeedbackStore, 'keep'>,
  events: readonly HubEvent[],
): Promise<void> {
  await feedback.keep(of(events, LeadFeedbackReceived).map(feedbackOf));
}

/** Shows on a lead how its write to the CRM ended. This may come before the lead: topics keep no order between them. */
export async function onLeadSettled(leads: Pick<LeadStore, 'settle'>, events: readonly HubEvent[]): Promise<void> {
  const settled = of(events, WriteSettled).filter(({ data }) => data.event_type === LeadSubmitted.type);
  const ids = new Map(settled.map(({ attributes, data }) => [data.event_id, leadIdOf(originOf(attributes))]));
  await leads.settle(latestOf(settled).map((end) => ({ _id: ids.get(end.event_id)!, end })));
}

function leadOf({ attributes, data }: HubEvent<typeof LeadSubmitted>): LeadRecord {
  const origin = originOf(attributes);
  // What is sealed stays with the provider.
  const { lead_key, door, variables, crm } = data;
  return {
    _id: leadIdOf(origin),
    ...origin,
    connection: attributes.connectionid,
    ...{ lead_key, door, variables },
    ...leadKeysOf(variables),
    ...(crm === undefined ? {} : { crm_provider: crm }),
    submitted_by: attributes.id,
    created_at: new Date(attributes.time),
  };
}

function feedbackOf({ attributes, data }: HubEvent<typeof LeadFeedbackReceived>): LeadFeedbackRecord {
  const { event_id, type, reason, facts, crm, appointment_external_id } = data;
  return {
    _id: attributes.id,
    ...originOf(attributes),
    ...leadKeysOf({ ...facts, event_id: event_id === '' ? (facts['event_id'] ?? '') : event_id }),
    ...{ type, reason, facts },
    ...(crm === undefined ? {} : { crm_provider: crm }),
    ...(appointment_external_id === undefined ? {} : { appointment_external_id }),
    at: new Date(attributes.time),
  };
}

function originOf({ orgid, provider, subject }: HubEvent['attributes']) {
  return { org: orgid, provider, subject };
}

function of<Definition extends EventDefinition>(events: readonly HubEvent[], definition: Definition) {
  return events.filter((event) => isEvent(event, definition)) as HubEvent<Definition>[];
}
