import { DocumentSigned, DocumentType, HubId } from '@occ-hub/contracts';
import { z } from 'zod';
import type { AppointmentRecord } from '../appointments/appointment.ts';
import type { JobRecord } from '../jobs/job.ts';
import { type Occasion, outboundEvent, targetOf } from '../outbox/outbound-event.ts';
import { entryOf } from '../outbox/outbox-entry.ts';
import { type DocumentRecord, referenceOf } from './document.ts';
import type { Received } from './receive-upload.ts';

/** The form fields of an upload. */
export const SignDocument = z.object({
  type: DocumentType,
  title: z.string().trim().min(1).max(200),
  appointment: HubId.optional().describe("Absent: the job's newest appointment"),
});
export type SignDocument = z.infer<typeof SignDocument>;

export interface SignState {
  readonly id: string;
  readonly job: JobRecord;
  readonly appointment: AppointmentRecord;
  readonly member: string;
  readonly file: Received;
}

/** Decides a signature: the record with the event inside, for one write. The bytes are stored before. */
export function signDocument(command: SignDocument, state: SignState, occasion: Occasion): DocumentRecord {
  const { id, job, appointment, member, file } = state;
  const at = new Date(occasion.now);
  const record = {
    _id: id,
    org: job.org,
    job: job._id,
    appointment: appointment._id,
    type: command.type,
    title: command.title,
    content_type: 'application/pdf' as const,
    size: file.size,
    sha256: file.sha256,
    file: file.file,
    signed_by: member,
    created_at: at,
  };
  const event = outboundEvent(
    DocumentSigned,
    { job, occasion },
    { ...targetOf(appointment), document: referenceOf(record) },
  );
  return {
    ...record,
    crm: { status: 'pending', event_id: event.attributes.id, at },
    outbox: [entryOf(event)],
  };
}
