import type { Company } from '../company/company.ts';
import type { InboundLead, KillReason, LeadFields } from './inbound-lead.ts';
import { bookVisit, wallTimeOf } from './book-visit.ts';
import { addressKey } from './inbound-queue.ts';
import { digitsOf } from './lead-fields.ts';

/** How the office is told to treat a lead, instead of deciding by itself. */
export type VerdictOrder =
  { verdict: 'add' } | { verdict: 'merge' } | { verdict: 'delete'; ikrId?: number; ikrdescr?: string };

const KILL_REASONS = {
  outOfArea: { ikrId: 2, text: 'Outside service area' },
  badPhone: { ikrId: 3, text: 'Invalid phone number' },
  office: { ikrId: 9, text: 'Deleted by office' },
} as const satisfies Record<string, KillReason>;

/** Takes a lead out of the queue: it is deleted, merged with a prospect known by phone or address, or becomes a new one. */
export function processLead(company: Company, lead: InboundLead, order?: VerdictOrder): void {
  const killed = killReason(company, lead.fields, order);
  if (killed) {
    Object.assign(lead, { state: 'deleted', killed });
    return;
  }
  const known = company.inbound.prospectOf(lead.fields) ?? customerOf(company, lead.fields);
  const merges = order ? order.verdict === 'merge' : known !== null;
  lead.prospectId = company.inbound.keepProspect(lead.fields, merges ? known : null);
  lead.leadNumber = company.inbound.nextLeadNumber();
  lead.state = merges ? 'merged' : 'added';
  // "Data" is the code of a lead nobody has touched yet.
  lead.life.dispo = 'Data';
  const wallTime = wallTimeOf(lead.fields.adate, lead.fields.atime);
  if (wallTime) bookVisit(company, lead, wallTime);
}

function killReason(company: Company, fields: LeadFields, order?: VerdictOrder): KillReason | null {
  if (order?.verdict === 'delete') {
    return {
      ikrId: order.ikrId ?? KILL_REASONS.office.ikrId,
      text: order.ikrdescr ?? KILL_REASONS.office.text,
    };
  }
  if (order) return null;
  if (digitsOf(fields.phone1).length !== 10) return KILL_REASONS.badPhone;
  const { serviceArea } = company.posting;
  const served = serviceArea.length === 0 || serviceArea.some((prefix) => fields.zip.startsWith(prefix));
  return served ? null : KILL_REASONS.outOfArea;
}

/**
 * A customer the company already visits, known by address, or by phone and last name; null for a stranger. The name
 * is asked for because invented people share a hundred phone numbers an area, so the phone alone would merge strangers.
 */
function customerOf(company: Company, fields: LeadFields): number | null {
  const phone = digitsOf(fields.phone1);
  const address = addressKey(fields.address1, fields.zip);
  const name = fields.lastname.toLowerCase();
  for (const { row, cstId } of company.calendar.all()) {
    const phones = [row.Phone, row.AltPhone1, row.AltPhone2];
    const namesake = name !== '' && row.CustName?.toLowerCase().endsWith(name);
    if (namesake && phones.some((one) => one !== null && digitsOf(one) === phone)) return cstId;
    if (address && row.CSZ?.includes(fields.zip.slice(0, 5)) && addressKey(row.Address1, fields.zip) === address) {
      return cstId;
    }
  }
  return null;
}
