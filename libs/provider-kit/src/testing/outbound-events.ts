import {
  AppointmentResulted,
  type DocumentReference,
  DocumentSigned,
  type HubEvent,
  NoteAdded,
  eventOf,
  jobSubject,
} from '@occ-hub/contracts';
import { newId } from '@occ-hub/service';

/** Where the events of a maker belong. */
export interface OutboundFacts {
  readonly org: string;
  readonly connection: string;
  readonly provider: string;
}

/** The appointment that a person worked on. */
export interface WorkedOn {
  readonly appointment: string | number;
  /** The job; the appointment's own id when absent. */
  readonly job?: string | number;
  /** When it starts, as core knows it. */
  readonly startTime: string;
  readonly timeZone?: string;
}

/** Makes the events that core publishes after a person's command. */
export type OutboundEvents = ReturnType<typeof outboundEvents>;

export function outboundEvents({ org, connection, provider }: OutboundFacts) {
  const attributes = ({ job, appointment }: WorkedOn) => ({
    id: newId('evt'),
    source: '/core',
    subject: jobSubject({ org, provider, externalId: String(job ?? appointment) }),
    time: new Date().toISOString(),
    orgid: org,
    connectionid: connection,
    provider,
    origin: 'occ' as const,
  });
  const target = ({ job, appointment, startTime, timeZone = 'America/New_York' }: WorkedOn) => ({
    job_external_id: String(job ?? appointment),
    appointment_external_id: String(appointment),
    appointment_start_time: startTime,
    time_zone: timeZone,
  });
  return {
    note: (on: WorkedOn, note: string): HubEvent =>
      eventOf(NoteAdded, attributes(on), { ...target(on), note_id: newId('note'), note }),
    result: (on: WorkedOn, result: string, reason = ''): HubEvent =>
      eventOf(AppointmentResulted, attributes(on), { ...target(on), result, result_reason: reason }),
    document: (on: WorkedOn, document: DocumentReference): HubEvent =>
      eventOf(DocumentSigned, attributes(on), { ...target(on), document }),
  };
}
