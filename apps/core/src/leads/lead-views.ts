import type { AppointmentRecord } from '../appointments/appointment.ts';
import type { AppointmentStore } from '../appointments/appointment.store.ts';
import { appointmentIdOf } from '../jobs/identity.ts';
import { type LeadFeedbackRecord, type LeadRecord, leadStatus, type LeadView } from './lead.ts';
import type { CrmWrite } from '../settled/crm-status.ts';
import type { LeadFeedbackStore } from './lead-feedback.store.ts';
import { isAbout } from './lead-keys.ts';
import type { LeadStore } from './lead.store.ts';
import { appointmentsNaming } from './named-leads.ts';

export interface LeadViewParts {
  readonly leads: LeadStore;
  readonly leadFeedback: LeadFeedbackStore;
  readonly appointments: AppointmentStore;
}

/**
 * Leads with what the CRM said of them, and the appointment and job that they became. Put together when read, so it does not
 * matter which of lead, feedback, end of the write and appointment came first.
 */
export async function leadViews(
  parts: LeadViewParts,
  org: string,
  leads: readonly LeadRecord[],
): Promise<readonly LeadView[]> {
  const { leadFeedback, appointments } = parts;
  const all = await leadFeedback.ofLeads(org, leads);
  const rows = leads.map((lead) => {
    const feedback = all.filter((one) => isAbout(one, lead));
    return { lead, feedback, appointment: appointmentOf(lead, feedback) };
  });
  const ids = rows.flatMap(({ appointment }) => appointment ?? []);
  const there = new Map((await appointments.findMany(org, ids)).map((one) => [one._id, one]));
  const untold = rows.flatMap(({ lead, appointment }) => (appointment === undefined ? (lead.log_number ?? []) : []));
  const named = await appointmentsNaming(parts, org, untold);
  return rows.map(({ lead, feedback, appointment }) =>
    leadView(lead, feedback, appointment === undefined ? named.get(lead._id) : there.get(appointment)),
  );
}

/** The newest lead that became one of a job's appointments. */
export async function leadOfJob(
  parts: LeadViewParts,
  org: string,
  appointments: readonly AppointmentRecord[],
): Promise<LeadView | undefined> {
  const logNumbers = appointments.flatMap(({ lead_log_number }) => lead_log_number ?? []);
  const [feedback, named] = await Promise.all([
    parts.leadFeedback.naming(org, appointments),
    appointmentsNaming(parts, org, logNumbers),
  ]);
  const lead = await parts.leads.newestOf(org, { became: appointments, feedback, ids: [...named.keys()] });
  return lead === null ? undefined : (await leadViews(parts, org, [lead]))[0];
}

/** Core's id of the appointment that a lead became by its own word: what was said last of it, else how its write ended. */
function appointmentOf(lead: LeadRecord, feedback: readonly LeadFeedbackRecord[]): string | undefined {
  const { org, crm_provider } = lead;
  const named = feedback.find((one) => one.crm_provider !== undefined && one.appointment_external_id !== undefined);
  const provider = named?.crm_provider ?? crm_provider;
  const externalId = named?.appointment_external_id ?? namedByEnd(lead);
  if (provider === undefined || externalId === undefined) return undefined;
  return appointmentIdOf({ org, provider, externalId });
}

/** By the end of its last handing over, else by the newest of those before. */
function namedByEnd({ ends = [], submitted_by }: LeadRecord): string | undefined {
  const isLast = ({ event_id }: CrmWrite) => Number(event_id === submitted_by);
  return ends
    .toSorted((one, other) => isLast(other) - isLast(one) || other.at.getTime() - one.at.getTime())
    .flatMap(({ vendor_ids }) => vendor_ids?.['appointment_external_id'] ?? [])[0];
}

function leadView(
  lead: LeadRecord,
  feedback: readonly LeadFeedbackRecord[],
  appointment: AppointmentRecord | undefined,
): LeadView {
  const {
    _id,
    org: _org,
    subject: _subject,
    submitted_by: _by,
    ends: _ends,
    outbox: _outbox,
    created_at,
    ...rest
  } = lead;
  return {
    id: _id,
    ...rest,
    created_at: created_at.toISOString(),
    crm_status: leadStatus(lead),
    feedback: feedback.map(({ type, reason, facts, at }) => ({ type, reason, facts, at: at.toISOString() })),
    ...(appointment === undefined ? {} : { appointment: appointment._id, job: appointment.job }),
  };
}
