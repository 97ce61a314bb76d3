import { type Appointment, HubId, Instant, Metadata, SalesOpportunity, TimeZone } from '@occ-hub/contracts';
import { z } from 'zod';
import { MemberName } from '../members/member.ts';
import { CrmStatus, crmStatusOf, CrmWrite } from '../settled/crm-status.ts';
import type { HasOutbox } from '../outbox/outbox-entry.ts';

const crmFields = {
  external_id: z.string(),
  job_external_id: z.string(),
  crm_user_id: z.string(),
  summary: z.string(),
  notes: z.string(),
  time_zone: TimeZone,
  sales_opportunities: z.array(SalesOpportunity),
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
  result: z.string().optional(),
  result_reason: z.string().optional(),
  resulted_at: z.date().optional(),
  resulted_by: HubId.optional(),
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

export function appointmentView(record: AppointmentRecord, assigned: MemberName | undefined): AppointmentView {
  const { _id, org: _org, revision: _revision, outbox: _outbox, crm, ...rest } = record;
  return {
    ...rest,
    id: _id,
    start_time: rest.start_time.toISOString(),
    end_time: rest.end_time.toISOString(),
    created_at: rest.created_at.toISOString(),
    updated_at: rest.updated_at.toISOString(),
    resulted_at: rest.resulted_at?.toISOString(),
    assigned_member: assigned,
    crm_status: crmStatusOf(crm),
  };
}

/** What an upsert sets: the CRM's fields and nothing else. Moving an appointment at the CRM moves it here. */
export function crmFieldsOf(appointment: Appointment) {
  return {
    ...appointment,
    start_time: new Date(appointment.start_time),
    end_time: new Date(appointment.end_time),
  };
}
