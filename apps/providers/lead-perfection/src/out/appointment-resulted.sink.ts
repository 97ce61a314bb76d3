import { AppointmentResulted } from '@occ-hub/contracts';
import { defineSink } from '@occ-hub/provider-kit';
import type { LeadPerfectionClient } from '../client.ts';
import type { Settings } from '../settings.ts';
import { changeRecorded, isRecorded } from './recorded.ts';

/** The result goes to "Disp"; LeadPerfection has no field for a reason, so that becomes a line of the notes. */
export const appointmentResulted = defineSink<LeadPerfectionClient, Settings, typeof AppointmentResulted>({
  event: AppointmentResulted,
  replaces: (data) => `result/${data.appointment_external_id}`,
  async write({ data, client, step }) {
    const reason = data.result_reason.trim();
    const change = { disposition: data.result, ...(reason ? { line: `Result reason: ${reason}` } : {}) };
    const written = { issued_lead: data.appointment_external_id };
    return step('save-result', {
      find: async () => ((await isRecorded(client, data, change)) ? written : undefined),
      do: async () => {
        await changeRecorded(client, data, change);
        return written;
      },
    });
  },
});
