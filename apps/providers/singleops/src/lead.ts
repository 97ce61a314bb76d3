import { z } from 'zod';

const text = z.string('Enter a text.').trim().max(10_000, 'This is too long: at most 10,000 characters.').optional();
const yesOrNo = z.enum(['yes', 'no'], 'Say yes or no.').optional();

/**
 * A lead in OCC's spelling: the body of the door, the fields of the form and the variables of `LeadSubmitted`. Texts are
 * trimmed; what is not known is left out. What SingleOps takes of it is told by `readyLead`.
 */
export const Lead = z.strictObject({
  first_name: text,
  last_name: text,
  customer_name: text.describe('The whole name, where first and last are not known apart'),
  company_name: text,
  email: text.describe('One address or several joined by commas'),
  phone: text,
  mobile: text,
  line_1: text,
  line_2: text,
  city: text,
  state: text.describe('A state or province of the USA or Canada, by its name or its code'),
  postal_code: text,
  notes: text,
  division: text.describe('Name or ID of an operation'),
  source: text.describe('Where the lead came from: an option of the lead source field'),
  summary: text.describe('What it is about, in a line'),
  wanted_start: text.describe('ISO 8601; without an offset it is the wall clock of the account; a date is a whole day'),
  wanted_end: text.describe('As wanted_start'),
  all_day: yesOrNo,
  on_site: yesOrNo.describe('Whether the visit is at the address; yes where it is not said'),
  task: yesOrNo.describe('Whether a task is to be made for it'),
  source_id: z
    .string('Enter a text.')
    .trim()
    .max(200, 'This is too long: at most 200 characters.')
    .optional()
    .describe('What the source knows the lead by'),
});
export type Lead = z.infer<typeof Lead>;
