import { z } from 'zod';
import { ExternalId } from '../entities/ids.ts';
import { Appointment, Job } from '../entities/job.ts';
import { topics } from '../topics.ts';
import { defineEvent } from './define.ts';

/** A job as the CRM has it now. The whole job, not a change: applying it twice changes nothing. */
export const JobUpserted = defineEvent({
  type: 'occ.job.upserted.v1',
  topic: topics.inbound,
  title: 'Job upserted',
  description: 'A job was made or changed in the CRM. Carries the whole job.',
  data: z.object({
    job: Job,
    revision: z.int().nonnegative().describe('When the provider read it, epoch ms: older is dropped'),
  }),
});

/** An appointment as the CRM has it now; its job is always published first under the same key. */
export const AppointmentUpserted = defineEvent({
  type: 'occ.appointment.upserted.v1',
  topic: topics.inbound,
  title: 'Appointment upserted',
  description: 'An appointment was made or changed in the CRM. Carries the whole appointment.',
  data: z.object({
    appointment: Appointment,
    revision: z.int().nonnegative().describe('When the provider read it, epoch ms: older is dropped'),
  }),
});

/** The CRM has deleted an appointment. Its job stays. An upsert that comes later means that it was restored. */
export const AppointmentRemoved = defineEvent({
  type: 'occ.appointment.removed.v1',
  topic: topics.inbound,
  title: 'Appointment removed',
  description: 'An appointment was deleted in the CRM. A later upsert of it means that it was restored.',
  data: z.object({
    external_id: ExternalId,
    job_external_id: ExternalId,
    revision: z.int().nonnegative().describe('When the provider read it, epoch ms: older is dropped'),
  }),
});
