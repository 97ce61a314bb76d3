import { ConnectionChanged } from './connection.ts';
import { AppointmentRemoved, AppointmentUpserted, JobUpserted } from './inbound.ts';
import { LeadFeedbackReceived, LeadSubmitted } from './leads.ts';
import { AppointmentResulted, DocumentSigned, NoteAdded, OpportunityResulted } from './outbound.ts';
import type { EventDefinition } from './define.ts';
import { WriteSettled } from './settled.ts';

/** Every event of the hub. Documentation, schemas and the decoder are made from this list. */
export const eventCatalogue: readonly EventDefinition[] = [
  JobUpserted,
  AppointmentUpserted,
  AppointmentRemoved,
  DocumentSigned,
  AppointmentResulted,
  OpportunityResulted,
  NoteAdded,
  LeadSubmitted,
  LeadFeedbackReceived,
  WriteSettled,
  ConnectionChanged,
];
