import { AppointmentRemoved, AppointmentUpserted, type HubEvent, isEvent, JobUpserted } from '@occ-hub/contracts';
import { crmFieldsOf as appointmentFieldsOf } from '../appointments/appointment.ts';
import { crmFieldsOf as jobFieldsOf } from '../jobs/job.ts';
import { appointmentIdOf, jobIdOf } from '../jobs/identity.ts';
import { crmNotes } from '../notes/crm-note.ts';
import type { NoteRecord } from '../notes/note.ts';
import { type Incoming, newestOf } from '../store/upsert-newer.ts';

/** A batch of inbound events as what is to be written, each record once. */
export interface InboundChanges {
  readonly jobs: readonly Incoming[];
  readonly appointments: readonly Incoming[];
  /** Appointments that the CRM has deleted: to be written after those that it has. */
  readonly removals: readonly Incoming[];
  readonly notes: readonly NoteRecord[];
}

/** Reads a batch in order: the newest reading of each record wins, and notes of every reading are kept. */
export function foldInbound(events: readonly HubEvent[], now: Date): InboundChanges {
  const jobs: Incoming[] = [];
  const appointments: Incoming[] = [];
  const removals: Incoming[] = [];
  const notes: NoteRecord[] = [];
  for (const event of events) {
    if (isEvent(event, JobUpserted)) {
      const job = jobOf(event);
      jobs.push(job);
      notes.push(...crmNotes({ _id: job._id, org: event.attributes.orgid }, event.data.job.notes, now));
    } else if (isEvent(event, AppointmentUpserted)) {
      appointments.push(appointmentOf(event));
    } else if (isEvent(event, AppointmentRemoved)) {
      removals.push(removalOf(event));
    }
  }
  return { jobs: newestOf(jobs), appointments: newestOf(appointments), removals: newestOf(removals), notes };
}

function jobOf({ attributes, data }: HubEvent<typeof JobUpserted>): Incoming {
  const { orgid: org, provider, connectionid: connection } = attributes;
  return {
    _id: jobIdOf({ org, provider, externalId: data.job.external_id }),
    revision: data.revision,
    set: { org, provider, connection, ...jobFieldsOf(data.job) },
  };
}

function appointmentOf({ attributes, data }: HubEvent<typeof AppointmentUpserted>): Incoming {
  const { orgid: org, provider, connectionid: connection } = attributes;
  const { external_id, job_external_id } = data.appointment;
  return {
    _id: appointmentIdOf({ org, provider, externalId: external_id }),
    revision: data.revision,
    set: {
      org,
      provider,
      connection,
      job: jobIdOf({ org, provider, externalId: job_external_id }),
      ...appointmentFieldsOf(data.appointment),
    },
  };
}

function removalOf({ attributes, data }: HubEvent<typeof AppointmentRemoved>): Incoming {
  const { orgid: org, provider, time } = attributes;
  return {
    _id: appointmentIdOf({ org, provider, externalId: data.external_id }),
    revision: data.revision,
    set: { removed_at: new Date(time) },
  };
}
