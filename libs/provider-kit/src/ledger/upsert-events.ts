import { createHash } from 'node:crypto';
import {
  AppointmentUpserted,
  type HubEvent,
  JobUpserted,
  type NewEventAttributes,
  eventOf,
  jobSubject,
} from '@occ-hub/contracts';
import type { Log } from '@occ-hub/service';
import type { Delivery } from './delivery.ts';

/** The bus takes 900 KiB with key and headers; these need less than 10. */
const largestData = 890 * 1024;

export interface UpsertFacts {
  readonly provider: string;
  readonly log: Log;
}

/**
 * The events of what a write made at the CRM, the job before its appointments. The same telling has the same ids and the
 * same revision, however often it is told. What the bus cannot carry or nobody could
 * read is left out.
 */
export function upsertEvents(delivery: Delivery, { provider, log }: UpsertFacts): readonly HubEvent[] {
  const { upserts, org } = delivery;
  if (!upserts) return [];
  const { job, appointments, at: revision } = upserts;
  const attributes = (externalId: string, what: string): NewEventAttributes => ({
    ...attributesOf(delivery, provider),
    id: idOf([delivery._id, String(revision), what, externalId]),
    subject: jobSubject({ org, provider, externalId: job.external_id }),
    time: new Date(revision).toISOString(),
    origin: 'crm',
  });
  const events = [
    eventOf(JobUpserted, attributes(job.external_id, 'job'), { job, revision }),
    ...appointments.map((appointment) =>
      eventOf(AppointmentUpserted, attributes(appointment.external_id, 'appointment'), { appointment, revision }),
    ),
  ];
  return events.filter((event) => {
    const fault = faultOf(event);
    if (fault === undefined) return true;
    log.warn(
      { deliveryId: delivery._id, event: event.attributes.type, outcome: 'left-out', error: new Error(fault) },
      'not told',
    );
    return false;
  });
}

/** Why nobody could read this event: it must not keep the end of the write from being told. */
function faultOf({ attributes, data }: HubEvent): string | undefined {
  const shape = attributes.type === JobUpserted.type ? JobUpserted.data : AppointmentUpserted.data;
  const fault = shape.safeParse(data).error?.issues[0];
  if (fault) return `${fault.path.join('.')}: ${fault.message}`;
  return Buffer.byteLength(JSON.stringify(data)) <= largestData ? undefined : 'larger than the bus can carry';
}

/** What all events about a delivery say. */
export function attributesOf({ event, org, connection }: Delivery, provider: string) {
  const { id, traceparent } = event.attributes;
  return {
    source: `/providers/${provider}`,
    orgid: org,
    connectionid: connection,
    provider,
    causationid: id,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

function idOf(parts: readonly string[]): string {
  return `ups-${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}
