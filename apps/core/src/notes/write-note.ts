import { HubId, NoteAdded } from '@occ-hub/contracts';
import { z } from 'zod';
import type { AppointmentRecord } from '../appointments/appointment.ts';
import type { JobRecord } from '../jobs/job.ts';
import { type Occasion, outboundEvent, targetOf } from '../outbox/outbound-event.ts';
import { entryOf } from '../outbox/outbox-entry.ts';
import { textKeyOf } from './crm-note.ts';
import type { NoteRecord } from './note.ts';

export const WriteNote = z.object({
  note: z.string().trim().min(1).max(10_000),
  appointment: HubId.optional().describe("Absent: the job's newest appointment"),
});
export type WriteNote = z.infer<typeof WriteNote>;

export interface NoteState {
  readonly id: string;
  readonly job: JobRecord;
  readonly appointment: AppointmentRecord;
  readonly member: string;
}

/** Decides a note: the record with the event inside, for one write. */
export function writeNote(
  command: WriteNote,
  { id, job, appointment, member }: NoteState,
  occasion: Occasion,
): NoteRecord {
  const event = outboundEvent(
    NoteAdded,
    { job, occasion },
    { ...targetOf(appointment), note_id: id, note: command.note },
  );
  const at = new Date(occasion.now);
  return {
    _id: id,
    org: job.org,
    job: job._id,
    appointment: appointment._id,
    note: command.note,
    text_key: textKeyOf(job._id, command.note),
    origin: 'occ',
    metadata: {},
    written_by: member,
    created_at: at,
    crm: { status: 'pending', event_id: event.attributes.id, at },
    outbox: [entryOf(event)],
  };
}
