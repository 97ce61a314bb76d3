import {
  type Appointment,
  AppointmentRemoved,
  AppointmentUpserted,
  eventOf,
  type HubEvent,
  type Job,
  jobSubject,
  JobUpserted,
  LeadFeedbackReceived,
  leadSubject,
  LeadSubmitted,
  type WriteOutcome,
  WriteSettled,
} from '@occ-hub/contracts';
import { newId } from '@occ-hub/service';
import type { z } from 'zod';

/** Where example records come from. */
export interface Source {
  readonly org: string;
  readonly provider: string;
  readonly connection: string;
}

export function exampleJob(changes: Partial<Job> = {}): Job {
  return {
    external_id: '1001',
    customer_name: 'Rosa Example',
    name: 'Rosa Example: Windows',
    email: 'rosa@example.test',
    lead_source: 'Web: Form',
    address: { line_1: '1 Sample Street', line_2: '', city: 'Springfield', state: 'OH', postal_code: '45501' },
    phones: [{ name: 'Phone', number: '937-555-0101' }],
    notes: [{ note: 'Second floor, six windows', metadata: { lead_id: '1001' } }],
    metadata: { lead_id: '1001' },
    ...changes,
  };
}

export function exampleAppointment(changes: Partial<Appointment> = {}): Appointment {
  return {
    external_id: 'a-1001',
    job_external_id: '1001',
    crm_user_id: 'rep-7',
    summary: '',
    notes: 'Second floor, six windows',
    start_time: '2030-05-06T14:00:00.000Z',
    end_time: '2030-05-06T16:00:00.000Z',
    time_zone: 'America/New_York',
    sales_opportunities: [],
    metadata: { lead_id: '1001' },
    ...changes,
  };
}

export function jobEvent(source: Source, job: Job, revision: number): HubEvent<typeof JobUpserted> {
  return eventOf(JobUpserted, attributes(source, job.external_id), { job, revision });
}

export function appointmentEvent(
  source: Source,
  appointment: Appointment,
  revision: number,
): HubEvent<typeof AppointmentUpserted> {
  return eventOf(AppointmentUpserted, attributes(source, appointment.job_external_id), { appointment, revision });
}

export function removedEvent(
  source: Source,
  { external_id, job_external_id }: Pick<Appointment, 'external_id' | 'job_external_id'>,
  revision: number,
): HubEvent<typeof AppointmentRemoved> {
  const data = { external_id, job_external_id, revision };
  return eventOf(AppointmentRemoved, attributes(source, job_external_id), data);
}

/** A lead as its provider tells it. `key` is what the source knows it by. */
export function leadEvent(
  source: Source,
  key: string,
  changes: Partial<z.input<typeof LeadSubmitted.data>> = {},
): HubEvent<typeof LeadSubmitted> {
  const variables = { 'lead.first_name': 'Rosa', 'lead.phone_1': '937-555-0101', lognumber: key };
  const data = { lead_key: `log/${key}`, door: 'add_lead', crm: 'example-crm', variables, ...changes };
  return eventOf(LeadSubmitted, { ...leadAttributes(source, `log/${key}`), origin: 'lead-source' }, data);
}

/** What the CRM said of that lead: its subject has the bare key, for the CRM knows no other. */
export function leadFeedbackEvent(
  source: Source,
  key: string,
  changes: Partial<z.input<typeof LeadFeedbackReceived.data>> = {},
): HubEvent<typeof LeadFeedbackReceived> {
  const facts = { lognumber: key, dispo: 'Set' };
  const data = { event_id: '', type: 'none', reason: '', facts, ...changes } as const;
  return eventOf(LeadFeedbackReceived, leadAttributes(source, key), data);
}

/** How the write that an event asked for ended. */
export function settledEvent(
  cause: HubEvent,
  outcome: WriteOutcome,
  { time, vendorIds = {} }: { time: string; vendorIds?: Record<string, string> },
): HubEvent<typeof WriteSettled> {
  const { id, type, subject, orgid, connectionid, provider } = cause.attributes;
  const own = { id: newId('evt'), source: `/providers/${provider}`, time, origin: 'crm', causationid: id } as const;
  const asked = { delivery_id: 'del-1', event_id: id, event_type: type };
  return eventOf(
    WriteSettled,
    { ...own, subject, orgid, connectionid, provider },
    { ...asked, outcome, attempts: 1, vendor_ids: vendorIds },
  );
}

function leadAttributes(source: Source, key: string) {
  const { org, provider } = source;
  return { ...attributes(source, key), subject: leadSubject({ org, provider, key }) };
}

function attributes({ org, provider, connection }: Source, externalId: string) {
  return {
    id: newId('evt'),
    source: `/providers/${provider}`,
    subject: jobSubject({ org, provider, externalId }),
    time: new Date().toISOString(),
    orgid: org,
    connectionid: connection,
    provider,
    origin: 'crm',
  } as const;
}
