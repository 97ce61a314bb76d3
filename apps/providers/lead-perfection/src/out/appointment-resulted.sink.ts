import { AppointmentResulted } from '@occ-hub/contracts';
import { defineSink } from '@occ-hub/provider-kit';
import type { LeadPerfectionClient } from '../client.ts';
import type { Settings } from '../settings.ts';
import { changeRecorded } from './recorded.ts';

/** The result goes to "Disp"; LeadPerfection has no field for a reason, so that becomes a line of the notes. */
export const appointmentResulted = defineSink<LeadPerfectionClient, Settings, typeof AppointmentResulted>({
  event: AppointmentResulted,
  replaces: (data) => `result/${data.appointment_external_id}`,
  async write({ data, client, step }) {
    const reason = data.result_reason.trim();
    const change = { disposition: data.result, ...(reason ? { line: `Result reason: ${reason}` } : {}) };
    return step('save-result', {
      repeatable: true,
      do: async () => {
        await changeRecorded(client, data, change);
        return { issued_lead: data.appointment_external_id };
      },
    });
  },
});
