import { NoteAdded } from '@occ-hub/contracts';
import { defineSink } from '@occ-hub/provider-kit';
import type { LeadPerfectionClient } from '../client.ts';
import type { Settings } from '../settings.ts';
import { changeRecorded } from './recorded.ts';

/** Notes written in OCC go to "presnotes", one under the other. */
export const noteAdded = defineSink<LeadPerfectionClient, Settings, typeof NoteAdded>({
  event: NoteAdded,
  async write({ data, client, step }) {
    return step('save-note', {
      repeatable: true,
      do: async () => {
        await changeRecorded(client, data, { line: data.note.trim() });
        return { issued_lead: data.appointment_external_id };
      },
    });
  },
});
