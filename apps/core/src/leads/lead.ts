import { ExternalId, HubId, Instant, LeadFeedbackReceived, ProviderId } from '@occ-hub/contracts';
import { z } from 'zod';
import type { HasOutbox } from '../outbox/outbox-entry.ts';
import { CrmStatus, CrmWrite } from '../settled/crm-status.ts';
import { idOf } from '../store/id-of.ts';

const { type, reason, facts } = LeadFeedbackReceived.data.shape;
const Variables = z.record(z.string(), z.string());

const leadFields = {
  provider: ProviderId,
  connection: HubId,
  lead_key: z.string().describe('What the source knows it by'),
  door: z.string().describe('How it goes to the CRM'),
  variables: Variables.describe('As the source named them; secrets are not kept'),
  log_number: z.string().optional(),
  event_id: z.string().optional().describe("The source's event"),
  crm_provider: ProviderId.optional().describe('The provider of the CRM that has it'),
};

/** A lead as it is stored. How its write ended may be known before the lead itself is: then it has no `created_at`. */
export const LeadRecord = z.object({
  _id: HubId,
  org: HubId,
  subject: z.string(),
  ...leadFields,
  submitted_by: HubId.describe('The event that brought it'),
  created_at: z.date(),
  ends: z.array(CrmWrite).optional().describe('How its writes ended: one for each event that brought it, the last ten'),
});
/** Of a job of OCC's own it holds the event, too, until that is published. */
export type LeadRecord = z.infer<typeof LeadRecord> & HasOutbox;

/** What the CRM said of a lead, as it is stored: beside the lead, which it may come before, or never meet. */
export const LeadFeedbackRecord = z.object({
  _id: HubId,
  org: HubId,
  provider: ProviderId,
  subject: z.string(),
  event_id: z.string().optional(),
  log_number: z.string().optional(),
  ...{ type, reason, facts },
  crm_provider: ProviderId.optional(),
  appointment_external_id: ExternalId.optional(),
  at: z.date(),
});
export type LeadFeedbackRecord = z.infer<typeof LeadFeedbackRecord>;

export const LeadView = z.object({
  id: HubId,
  ...leadFields,
  created_at: Instant,
  crm_status: CrmStatus,
  feedback: z.array(z.object({ type, reason, facts, at: Instant })).describe('What the CRM said of it, newest first'),
  appointment: HubId.optional().describe('The appointment that it became, where the CRM names it by its id'),
  job: HubId.optional().describe('The job of that appointment'),
});
export type LeadView = z.infer<typeof LeadView>;

/** One record per lead and source, whatever comes first and however often. */
export function leadIdOf(origin: {
  readonly org: string;
  readonly provider: string;
  readonly subject: string;
}): string {
  return idOf('lea', [origin.org, origin.provider, origin.subject]);
}

/** How the CRM stands with the lead: an end of an earlier handing over says nothing of this one. */
export function leadStatus({ ends = [], submitted_by, created_at }: LeadRecord): CrmStatus {
  const write = ends.find((end) => end.event_id === submitted_by) ?? pending(submitted_by, created_at);
  return { ...write, at: write.at.toISOString() };
}

function pending(event: string, at: Date): CrmWrite {
  return { status: 'pending', event_id: event, at };
}
