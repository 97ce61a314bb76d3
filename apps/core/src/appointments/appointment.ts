import { type Appointment, HubId, Instant, Metadata, SalesOpportunity, TimeZone } from '@occ-hub/contracts';
import { z } from 'zod';
import { MemberName } from '../members/member.ts';
import { type GivenResultRecord, OpportunityView, opportunityView } from '../opportunities/opportunity.ts';
import { CrmStatus, crmStatusOf, CrmWrite } from '../settled/crm-status.ts';
import type { HasOutbox } from '../outbox/outbox-entry.ts';
import { found } from '../store/found.ts';

const crmFields = {
  external_id: z.string(),
  job_external_id: z.string(),
  crm_user_id: z.string(),
  summary: z.string(),
  notes: z.string(),
  time_zone: TimeZone,
  metadata: Metadata,
};

/** An appointment as it is stored. The result is OCC's own: a poll never touches it. */
export const AppointmentRecord = z.object({
  _id: HubId,
  org: HubId,
  provider: z.string(),
  connection: HubId,
  job: HubId,
  revision: z.int(),
  ...crmFields,
  start_time: z.date(),
  end_time: z.date(),
  created_at: z.date(),
  updated_at: z.date(),
  sales_opportunities: z.array(SalesOpportunity).optional().describe('Absent on records stored before there were any'),
  removed_at: z.date().nullish().describe('When the CRM had deleted it; null: it was restored'),
  result: z.string().optional(),
  result_reason: z.string().optional(),
  resulted_at: z.date().optional(),
  resulted_by: HubId.optional(),
  lead_log_number: z.string().nullish().describe("The lead source's number that the CRM's record names; null: none"),
  crm: CrmWrite.optional(),
});
export type AppointmentRecord = z.infer<typeof AppointmentRecord> & HasOutbox;

export const AppointmentView = z.object({
  id: HubId,
  job: HubId,
  provider: z.string(),
  connection: HubId,
  ...crmFields,
  start_time: Instant,
  end_time: Instant,
  sales_opportunities: z.array(OpportunityView),
  removed_at: Instant.optional().describe('The CRM has deleted it: it takes nothing more'),
  lead_log_number: z
    .string()
    .optional()
    .describe("The lead source's number of the lead, where the CRM's record names it"),
  assigned_member: MemberName.optional().describe('The OCC user linked to the rep'),
  result: z.string().optional(),
  result_reason: z.string().optional(),
  resulted_at: Instant.optional(),
  resulted_by: HubId.optional(),
  crm_status: CrmStatus.optional(),
  created_at: Instant,
  updated_at: Instant,
});
export type AppointmentView = z.infer<typeof AppointmentView>;

export interface AppointmentSurroundings {
  readonly assigned: MemberName | undefined;
  /** What a person gave one of its opportunities. */
  readonly given: (opportunity: string) => GivenResultRecord | undefined;
}

export function appointmentView(
  record: AppointmentRecord,
  { assigned, given }: AppointmentSurroundings,
): AppointmentView {
  const { _id, org: _org, revision: _revision, outbox: _outbox, crm, sales_opportunities = [], ...rest } = record;
  return {
    ...rest,
    id: _id,
    start_time: rest.start_time.toISOString(),
    end_time: rest.end_time.toISOString(),
    created_at: rest.created_at.toISOString(),
    updated_at: rest.updated_at.toISOString(),
    resulted_at: rest.resulted_at?.toISOString(),
    removed_at: rest.removed_at?.toISOString(),
    lead_log_number: rest.lead_log_number ?? undefined,
    sales_opportunities: sales_opportunities.map((opportunity) => opportunityView(opportunity, given(opportunity.id))),
    assigned_member: assigned,
    crm_status: crmStatusOf(crm),
  };
}

/** What an upsert sets: the CRM's fields and nothing else. Moving an appointment at the CRM moves it here, restoring restores. */
export function crmFieldsOf(appointment: Appointment) {
  return {
    ...appointment,
    start_time: new Date(appointment.start_time),
    end_time: new Date(appointment.end_time),
    removed_at: null,
    // What the CRM's record names no more is taken away.
    lead_log_number: appointment.lead_log_number ?? null,
  };
}

/** One of the appointment's opportunities, by the CRM's id; throws NotFound for another. */
export function opportunityOf({ sales_opportunities = [] }: AppointmentRecord, id: string): SalesOpportunity {
  return found(
    sales_opportunities.find((opportunity) => opportunity.id === id),
    'opportunity',
  );
}
