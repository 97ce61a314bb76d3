import { HubError } from '@occ-hub/errors';
import type { AppointmentRecord } from '../appointments/appointment.ts';
import type { AppointmentStore } from '../appointments/appointment.store.ts';
import { found } from '../store/found.ts';
import type { JobRecord } from './job.ts';
import type { JobStore } from './job.store.ts';

/** What a note or a document is put to: a job, and the appointment that carries it to the CRM. */
export interface Target {
  readonly job: JobRecord;
  readonly appointment: AppointmentRecord;
}

/** Finds the job and the appointment named, or the job's newest appointment where none is named. */
export async function findTarget(
  stores: { jobs: JobStore; appointments: AppointmentStore },
  asked: { org: string; job: string; appointment: string | undefined },
): Promise<Target> {
  const job = found(await stores.jobs.find(asked.org, asked.job), 'job');
  return { job, appointment: chooseAppointment(await stores.appointments.ofJobs([job._id]), asked.appointment) };
}

/** The appointment named, else the last by time. A job without any has no place at the CRM to write to. */
export function chooseAppointment(
  appointments: readonly AppointmentRecord[],
  named: string | undefined,
): AppointmentRecord {
  if (named !== undefined)
    return found(
      appointments.find(({ _id }) => _id === named),
      'appointment',
    );
  const newest = appointments.at(-1);
  if (newest !== undefined) return newest;
  throw new HubError({
    kind: 'rejected',
    code: 'core.job.no-appointment',
    message:
      'This job has no appointment, and the CRM takes notes and documents by appointment. Wait for the next sync.',
  });
}
