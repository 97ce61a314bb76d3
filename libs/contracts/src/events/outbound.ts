import { z } from 'zod';
import { DocumentReference } from '../entities/document.ts';
import { ExternalId, HubId, Instant, TimeZone } from '../entities/ids.ts';
import { topics } from '../topics.ts';
import { defineEvent } from './define.ts';

const target = {
  job_external_id: ExternalId,
  appointment_external_id: ExternalId.describe('The appointment at the CRM that the change belongs to'),
  appointment_start_time: Instant.describe(
    'When OCC last knew it to start: some CRMs find an appointment only by its day',
  ),
  time_zone: TimeZone.describe("The company's zone"),
};

/** A person signed a document in OCC. */
export const DocumentSigned = defineEvent({
  type: 'occ.document.signed.v1',
  topic: topics.outbound,
  title: 'Document signed',
  description: 'A document was signed in OCC. Carries a reference; the bytes are asked of core by id.',
  data: z.object({ ...target, document: DocumentReference }),
});

/** A person gave an appointment a result in OCC. */
export const AppointmentResulted = defineEvent({
  type: 'occ.appointment.resulted.v1',
  topic: topics.outbound,
  title: 'Appointment resulted',
  description: 'An appointment was given a result, and maybe a reason, in OCC.',
  data: z.object({ ...target, result: z.string().min(1).max(200), result_reason: z.string().max(2000) }),
});

/** A person gave one of an appointment's sales opportunities a result in OCC. */
export const OpportunityResulted = defineEvent({
  type: 'occ.opportunity.resulted.v1',
  topic: topics.outbound,
  title: 'Opportunity resulted',
  description: 'A sales opportunity was given a result, and maybe a detail of it, in OCC.',
  data: z.object({
    ...target,
    opportunity_external_id: ExternalId,
    result: z.string().min(1).max(200),
    result_detail: z.string().max(200).describe('Empty: the result has no detail'),
    confirmed: z.boolean().describe('The person was asked, because this result sets something off at the CRM'),
  }),
});

/** A person wrote a note in OCC. */
export const NoteAdded = defineEvent({
  type: 'occ.note.added.v1',
  topic: topics.outbound,
  title: 'Note added',
  description: 'A note was written in OCC. Notes that came from the CRM never cause this event.',
  data: z.object({ ...target, note_id: HubId, note: z.string().min(1).max(10_000) }),
});
