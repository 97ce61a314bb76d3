import { eventOf, type HubEvent, jobSubject, NoteAdded } from '@occ-hub/contracts';

/** An invented event of one key; `note` tells it apart. */
export function noteOf(externalId: string, note: string, id = `${externalId}-${note}`): HubEvent<typeof NoteAdded> {
  const attributes = {
    id,
    source: '/core',
    subject: jobSubject({ org: 'org1', provider: 'lead-perfection', externalId }),
    time: '2026-11-24T12:00:00.000Z',
    orgid: 'org1',
    connectionid: 'con1',
    provider: 'lead-perfection',
    origin: 'occ' as const,
  };
  const data = {
    job_external_id: externalId,
    appointment_external_id: 'a1',
    appointment_start_time: '2026-11-24T15:00:00.000Z',
    time_zone: 'America/New_York',
    note_id: 'n1',
    note,
  };
  return eventOf(NoteAdded, attributes, data);
}

/** Key and note of an event made by `noteOf`. */
export function tellNote(event: HubEvent): { key: string; note: string } {
  const { job_external_id: key, note } = event.data as { job_external_id: string; note: string };
  return { key, note };
}
