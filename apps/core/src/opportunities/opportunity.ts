import { ExternalId, HubId, Instant, SalesOpportunity } from '@occ-hub/contracts';
import { z } from 'zod';
import type { HasOutbox } from '../outbox/outbox-entry.ts';
import { CrmStatus, crmStatusOf, CrmWrite } from '../settled/crm-status.ts';
import { idOf } from '../store/id-of.ts';

/** The result that a person gave an opportunity in OCC, as it is stored: beside the appointment, out of a poll's reach. */
export const GivenResultRecord = z.object({
  _id: HubId,
  org: HubId,
  appointment: HubId,
  opportunity: ExternalId,
  result: z.string(),
  result_detail: z.string(),
  resulted_at: z.date(),
  resulted_by: HubId,
  crm: CrmWrite,
});
export type GivenResultRecord = z.infer<typeof GivenResultRecord> & HasOutbox;

export const GivenResult = z.object({
  result: z.string(),
  result_detail: z.string().describe('Empty: none'),
  resulted_at: Instant,
  resulted_by: HubId,
  crm_status: CrmStatus.optional(),
});
export type GivenResult = z.infer<typeof GivenResult>;

/** An opportunity as the CRM has it, and what a person gave it in OCC beside it. */
export const OpportunityView = SalesOpportunity.extend({
  given: GivenResult.optional().describe('The result given in OCC; absent: none was given here'),
});
export type OpportunityView = z.infer<typeof OpportunityView>;

export function givenResultIdOf(appointment: string, opportunity: string): string {
  return idOf('opr', [appointment, opportunity]);
}

export function opportunityView(opportunity: SalesOpportunity, given: GivenResultRecord | undefined): OpportunityView {
  if (given === undefined) return opportunity;
  const { result, result_detail, resulted_at, resulted_by, crm } = given;
  const facts = { result, result_detail, resulted_at: resulted_at.toISOString(), resulted_by };
  return { ...opportunity, given: { ...facts, crm_status: crmStatusOf(crm) } };
}
