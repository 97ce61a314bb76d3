import { AppointmentResulted } from '@occ-hub/contracts';
import { defineSink } from '@occ-hub/provider-kit';
import type { Improveit360Client } from '../client.ts';
import { appointmentResult } from '../results.ts';
import type { Settings } from '../settings.ts';
import { writeResult } from './result.ts';

/** The result goes to the appointment's Status and Status Detail. */
export const appointmentResulted = defineSink<Improveit360Client, Settings, typeof AppointmentResulted>({
  event: AppointmentResulted,
  replaces: (data) => `result/${data.appointment_external_id}`,
  write: ({ data, client, step }) =>
    writeResult({
      ...{ client, step, fields: appointmentResult, id: data.appointment_external_id },
      ...{ result: data.result, detail: data.result_reason.trim() },
      ids: { sales_appointment: data.appointment_external_id },
    }),
});
