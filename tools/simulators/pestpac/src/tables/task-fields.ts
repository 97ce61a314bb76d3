import type { Field } from '../records/field.ts';
import { choice, code, date, maybeInt, person, sureDate, text } from '../records/field.ts';

/** `POST /Tasks`, line by line. `LeadID` is a text here and means a lead of the Sales Center, not one of `/Leads`. */
export const TASK_FIELDS: readonly Field[] = [
  maybeInt('LocationID'),
  maybeInt('OrderID'),
  code('TaskType', 'TaskTypes'),
  person('TaskForUser', undefined, { field: 'IsUser', values: [true] }),
  text('Subject', 50),
  text('Description'),
  choice('Priority', ['Low', 'Medium', 'High']),
  choice('Status', ['Open', 'Closed', 'Deferred']),
  sureDate('StartDate'),
  date('DueDate'),
  text('LeadID'),
  text('LeadWorkflowStepID'),
];

/** `POST /Locations/{id}/notes`: the part of it that clients send. */
export const NOTE_FIELDS: readonly Field[] = [
  code('NoteCode', 'NoteCodes', { max: 10 }),
  text('Note', 8000, { required: true }),
  date('NoteDate'),
];
