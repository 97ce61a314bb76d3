import { NoteAdded } from '@occ-hub/contracts';
import { defineSink } from '@occ-hub/provider-kit';
import type { LeadPerfectionClient } from '../client.ts';
import type { Settings } from '../settings.ts';
import { changeRecorded, isRecorded } from './recorded.ts';

/** Notes written in OCC go to "presnotes", one under the other. */
export const noteAdded = defineSink<LeadPerfectionClient, Settings, typeof NoteAdded>({
  event: NoteAdded,
  async write({ data, client, step }) {
    const change = { line: data.note.trim() };
    const written = { issued_lead: data.appointment_external_id };
    return step('save-note', {
      find: async () => ((await isRecorded(client, data, change)) ? written : undefined),
      do: async () => {
        await changeRecorded(client, data, change);
        return written;
      },
    });
  },
});
