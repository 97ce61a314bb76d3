import { type Kafka, type Publisher, subscribe, type Subscription } from '@occ-hub/bus';
import {
  AppointmentRemoved,
  AppointmentUpserted,
  ConnectionChanged,
  JobUpserted,
  LeadFeedbackReceived,
  LeadSubmitted,
  topics,
  WriteSettled,
} from '@occ-hub/contracts';
import type { Clock, Metrics } from '@occ-hub/service';
import { withStoreFaults } from '@occ-hub/store';
import { raiseAlerts } from './alerts/raise-alerts.ts';
import { raiseFailures } from './alerts/raise-failures.ts';
import { onConnectionChanged } from './connections/on-connection-changed.ts';
import { type InboundCounts, onInbound } from './inbound/on-inbound.ts';
import { onLeadFeedback, onLeadSettled, onLeadSubmitted } from './leads/on-lead-events.ts';
import { onSettled } from './settled/on-settled.ts';
import type { Stores } from './stores.ts';

export interface ConsumerParts {
  readonly kafka: Kafka;
  readonly publisher: Publisher;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** There is an alert to be sent. */
  readonly alert: () => void;
}

/** The consumers of core, by their topic. All wait while the store is away and go on where they were. */
export interface Consumers {
  readonly inbound: Subscription;
  readonly outbound: Subscription;
  readonly settled: Subscription;
}

/** Starts them. */
export function startConsumers(parts: ConsumerParts): Consumers {
  const { kafka, publisher, stores, clock, metrics } = parts;
  const { jobs, appointments, notes, documents, givenResults } = stores;
  const records = metrics.counter({
    name: 'occ_core_inbound_records_total',
    help: 'Records read from the inbound topic, by what became of them',
    labels: ['outcome'],
  });
  const failures = metrics.counter({
    name: 'occ_core_consumer_failures_total',
    help: 'Events that could not be applied, by what followed',
    labels: ['group', 'action'],
  });
  const common = (group: string) => ({
    group,
    clock,
    deadLetter: publisher.park,
    onError: ({ verdict }: { verdict: { action: string } }) => failures.inc({ group, action: verdict.action }),
  });
  const observe = (counts: InboundCounts) => {
    for (const [outcome, count] of Object.entries(counts)) records.inc({ outcome }, count);
  };
  const inbound = subscribe(kafka, {
    ...common('core.inbound'),
    topics: [topics.inbound],
    types: [JobUpserted.type, AppointmentUpserted.type, AppointmentRemoved.type, LeadFeedbackReceived.type],
    handle: withStoreFaults(async (batch) => {
      const events = batch.map(({ event }) => event);
      await onInbound({ jobs, appointments, notes, clock, observe }, events);
      await onLeadFeedback(stores.leadFeedback, events);
    }),
  });
  const outbound = subscribe(kafka, {
    ...common('core.outbound'),
    topics: [topics.outbound],
    // Of the rest core is the source; leads come from the providers that sources call.
    types: [LeadSubmitted.type],
    handle: withStoreFaults((batch) =>
      onLeadSubmitted(
        stores.leads,
        batch.map(({ event }) => event),
      ),
    ),
  });
  const statuses = {
    appointments: appointments.crm,
    opportunities: givenResults.crm,
    notes: notes.crm,
    documents: documents.crm,
  };
  const { alerts, alertSettings } = stores;
  const raising = { alerts, alertSettings, clock, wake: parts.alert };
  const settled = subscribe(kafka, {
    ...common('core.settled'),
    topics: [topics.settled],
    types: [WriteSettled.type, ConnectionChanged.type],
    handle: withStoreFaults(async (batch) => {
      const events = batch.map(({ event }) => event);
      await onSettled(statuses, events);
      await onLeadSettled(stores.leads, events);
      await onConnectionChanged(stores.connections, events);
      await raiseAlerts(raising, events);
      await raiseFailures(raising, events);
    }),
  });
  return { inbound, outbound, settled };
}
