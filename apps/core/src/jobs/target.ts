import { HubError } from '@occ-hub/errors';
import type { AppointmentRecord } from '../appointments/appointment.ts';
import type { AppointmentStore } from '../appointments/appointment.store.ts';
import { refuseRemoved } from '../appointments/refuse-removed.ts';
import { found } from '../store/found.ts';
import type { JobRecord } from './job.ts';
import type { JobStore } from './job.store.ts';

/** What a note or a document is put to: a job, and the appointment that carries it to the CRM. */
export interface Target {
  readonly job: JobRecord;
  readonly appointment: AppointmentRecord;
}

/**
 * Finds the job and the appointment named, or the job's newest where none is named. Throws HubError(rejected) where the CRM
 * has deleted it: what is put to it would never arrive.
 */
export async function findTarget(
  stores: { jobs: JobStore; appointments: AppointmentStore },
  asked: { org: string; job: string; appointment: string | undefined },
): Promise<Target> {
  const job = found(await stores.jobs.find(asked.org, asked.job), 'job');
  return { job, appointment: chooseAppointment(await stores.appointments.ofJobs([job._id]), asked.appointment) };
}

/** The appointment named, else the last by time that the CRM still has. A job without any has no place at the CRM to write to. */
export function chooseAppointment(
  appointments: readonly AppointmentRecord[],
  named: string | undefined,
): AppointmentRecord {
  const there = appointments.filter(({ removed_at }) => !removed_at);
  const chosen =
    named === undefined
      ? (there.at(-1) ?? appointments.at(-1))
      : found(
          appointments.find(({ _id }) => _id === named),
          'appointment',
        );
  if (chosen !== undefined) {
    refuseRemoved(chosen);
    return chosen;
  }
  throw new HubError({
    kind: 'rejected',
    code: 'core.job.no-appointment',
    message:
      'This job has no appointment, and the CRM takes notes and documents by appointment. Wait for the next sync.',
  });
}
