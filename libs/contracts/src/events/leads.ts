import { z } from 'zod';
import { ExternalId, ProviderId } from '../entities/ids.ts';
import { topics } from '../topics.ts';
import { defineEvent } from './define.ts';

/** Values by the names that the lead source uses. */
const Variables = z.record(
  z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u),
  z.string().max(10_000),
);

const crm = ProviderId.optional().describe('The provider of the CRM that has the lead, where it is known');

/** A lead source handed over a lead; it is on its way to the CRM. */
export const LeadSubmitted = defineEvent({
  type: 'occ.lead.submitted.v1',
  topic: topics.outbound,
  title: 'Lead submitted',
  description:
    'A lead was accepted from a lead source and is on its way to the CRM. WriteSettled says what became of it, and may name the appointment that it became as vendor id `appointment_external_id`.',
  data: z.object({
    lead_key: z.string().min(1).max(200).describe('What the source knows the lead by: a repeat has the same'),
    crm,
    door: z.string().min(1).max(60).describe('How it goes to the CRM, e.g. add_lead'),
    variables: Variables.describe("The lead in the source's names, without secrets"),
    sealed: z.string().optional().describe('Secrets that came with the lead; only the provider opens them'),
  }),
});

/** The CRM said what became of a lead. */
export const LeadFeedbackReceived = defineEvent({
  type: 'occ.lead.feedback.v1',
  topic: topics.inbound,
  title: 'Lead feedback received',
  description: 'The CRM said what became of a lead; conversions and returns go on to the lead source.',
  data: z.object({
    event_id: z.string().max(200).describe("The lead source's event that the lead was delivered by"),
    type: z.enum(['conversion', 'return', 'none']).describe('None: nothing that the lead source has to know'),
    reason: z.string().max(2000),
    facts: Variables.describe("What the CRM said, in the lead source's names"),
    crm,
    appointment_external_id: ExternalId.optional().describe(
      'The appointment at that CRM that the lead became, by the id that its calendar has. Never the number of the lead',
    ),
  }),
});

/** The identity of a lead as a subject: `org/provider/lead/key`. */
export function leadSubject(lead: { org: string; provider: string; key: string }): string {
  return `${lead.org}/${lead.provider}/lead/${lead.key}`;
}

const text = z.string().max(10_000).optional();

/**
 * A job that OCC hands to another CRM as a lead: the names of its `variables`. What is not known is left out. Instants are
 * ISO 8601 with an offset.
 */
export const JobLead = z.object({
  source_id: z.string().describe("OCC's id of the job"),
  customer_name: z.string(),
  email: text,
  phone: text,
  mobile: text,
  line_1: text,
  line_2: text,
  city: text,
  state: text,
  postal_code: text,
  source: text.describe("Where the lead came from, in the receiving CRM's words"),
  summary: text.describe('What it is about, in a line'),
  notes: text,
  division: text.describe("By the receiving CRM's name or id of it"),
  task: z.enum(['yes', 'no']).describe('Whether a task is to be made for it'),
  wanted_start: text,
  wanted_end: text,
});
export type JobLead = z.infer<typeof JobLead>;
