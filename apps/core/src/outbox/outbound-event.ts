import { type EventDefinition, eventOf, type HubEvent, jobSubject } from '@occ-hub/contracts';
import type { z } from 'zod';

/** The job that an event is about, as core holds it. */
export interface EventJob {
  readonly org: string;
  readonly provider: string;
  readonly connection: string;
  readonly external_id: string;
}

/** What a command brings along from outside: time, an event id and the trace. */
export interface Occasion {
  readonly now: number;
  readonly eventId: string;
  readonly traceparent: string | undefined;
}

/** The target that every outbound event names. The start time is the one the CRM knows: it finds the appointment by it. */
export function targetOf(appointment: {
  readonly external_id: string;
  readonly job_external_id: string;
  readonly start_time: Date;
  readonly time_zone: string;
}) {
  return {
    job_external_id: appointment.job_external_id,
    appointment_external_id: appointment.external_id,
    appointment_start_time: appointment.start_time.toISOString(),
    time_zone: appointment.time_zone,
  };
}

/** An event that a person's command causes. */
export function outboundEvent<Definition extends EventDefinition>(
  definition: Definition,
  { job, occasion }: { job: EventJob; occasion: Occasion },
  data: z.infer<Definition['data']>,
): HubEvent<Definition> {
  const attributes = {
    id: occasion.eventId,
    source: '/core',
    subject: jobSubject({ org: job.org, provider: job.provider, externalId: job.external_id }),
    time: new Date(occasion.now).toISOString(),
    orgid: job.org,
    connectionid: job.connection,
    provider: job.provider,
    origin: 'occ',
    ...(occasion.traceparent === undefined ? {} : { traceparent: occasion.traceparent }),
  } as const;
  return eventOf(definition, attributes, data);
}
