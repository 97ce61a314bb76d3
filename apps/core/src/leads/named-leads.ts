import type { AppointmentRecord } from '../appointments/appointment.ts';
import type { AppointmentStore } from '../appointments/appointment.store.ts';
import type { LeadRecord } from './lead.ts';
import type { LeadStore } from './lead.store.ts';

export interface NamedLeadParts {
  readonly leads: Pick<LeadStore, 'ofLogNumbers'>;
  readonly appointments: Pick<AppointmentStore, 'namingLeads'>;
}

/**
 * The appointment that each lead became, by lead id, where the CRM's record names the lead's log number. Only what can mean
 * nothing else: one lead of the org has the number, it went to that CRM as far as is known, and one job has it.
 */
export async function appointmentsNaming(
  { leads, appointments }: NamedLeadParts,
  org: string,
  logNumbers: readonly string[],
): Promise<ReadonlyMap<string, AppointmentRecord>> {
  const naming = Map.groupBy(await appointments.namingLeads(org, logNumbers), (one) => one.lead_log_number ?? '');
  const meant = Map.groupBy(await leads.ofLogNumbers(org, [...naming.keys()]), (lead) => lead.log_number ?? '');
  const became = new Map<string, AppointmentRecord>();
  for (const [logNumber, records] of naming) {
    const [lead, ...others] = meant.get(logNumber) ?? [];
    if (lead === undefined || others.length > 0) continue;
    const appointment = theOneOf(records.filter(({ provider }) => isOf(lead, provider)));
    if (appointment !== undefined) became.set(lead._id, appointment);
  }
  return became;
}

function isOf({ crm_provider }: LeadRecord, provider: string): boolean {
  return crm_provider === undefined || crm_provider === provider;
}

/** Of one job's appointments the last that is still to be, else the last of all. Of several jobs none. */
function theOneOf(soonestFirst: readonly AppointmentRecord[]): AppointmentRecord | undefined {
  if (new Set(soonestFirst.map(({ job }) => job)).size !== 1) return undefined;
  return soonestFirst.findLast(({ removed_at }) => !removed_at) ?? soonestFirst.at(-1);
}
