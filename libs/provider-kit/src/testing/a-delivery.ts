import { type HubEvent, NoteAdded, eventOf, jobSubject } from '@occ-hub/contracts';
import type { Delivery } from '../ledger/delivery.ts';

/** A delivery that waits for its first attempt, of an invented note; changed as a test needs it. */
export function aDelivery(changes: Partial<Delivery> = {}): Delivery {
  const event = aNote(changes._id ?? 'evt-1', { connection: changes.connection ?? 'con-1' });
  return {
    _id: event.attributes.id,
    org: 'org-1',
    connection: 'con-1',
    event,
    eventType: event.attributes.type,
    lane: event.attributes.subject,
    order: event.attributes.id,
    replaces: null,
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: 0,
    owner: null,
    steps: {},
    inDoubt: false,
    history: [],
    replays: [],
    kind: null,
    code: null,
    message: null,
    vendorIds: {},
    createdAt: 0,
    updatedAt: 0,
    ...changes,
  };
}

/** An invented note written in OCC. */
export function aNote(id: string, of: { connection?: string; job?: string; provider?: string } = {}): HubEvent {
  const { connection = 'con-1', job = '1001', provider = 'some-crm' } = of;
  return eventOf(
    NoteAdded,
    {
      id,
      source: '/core',
      subject: jobSubject({ org: 'org-1', provider, externalId: job }),
      time: '2026-03-05T17:00:00.000Z',
      orgid: 'org-1',
      connectionid: connection,
      provider,
      origin: 'occ',
    },
    {
      job_external_id: job,
      appointment_external_id: job,
      appointment_start_time: '2026-03-09T18:00:00.000Z',
      time_zone: 'America/New_York',
      note_id: `note-${id}`,
      note: 'Second floor, six windows',
    },
  );
}
