import type { AppointmentRecord } from '../appointments/appointment.ts';
import type { JobRecord } from '../jobs/job.ts';
import { exampleAppointment, exampleJob } from './examples.ts';

const at = new Date('2030-01-01T00:00:00Z');
const origin = {
  org: 'org-1',
  provider: 'example-crm',
  connection: 'con-1',
  revision: 1,
  created_at: at,
  updated_at: at,
};

export function jobRecord(changes: Partial<JobRecord> = {}): JobRecord {
  const { notes: _notes, ...job } = exampleJob();
  return { _id: 'job-1', ...origin, ...job, ...changes };
}

export function appointmentRecord(changes: Partial<AppointmentRecord> = {}): AppointmentRecord {
  const { start_time, end_time, ...rest } = exampleAppointment();
  const times = { start_time: new Date(start_time), end_time: new Date(end_time) };
  return { _id: 'apt-1', job: 'job-1', ...origin, ...rest, ...times, ...changes };
}
