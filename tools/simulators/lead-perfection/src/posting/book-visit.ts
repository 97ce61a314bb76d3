import type { Company } from '../company/company.ts';
import type { Appointment } from '../data/appointment.ts';
import type { InboundLead, LeadFields } from './inbound-lead.ts';
import { inventVisit } from '../data/appointments.ts';
import { listHashes } from '../data/lookups.ts';
import { displayOf, parseDay } from '../data/wall-clock.ts';
import { sourceOf } from './lead-source.ts';

/** `adate` and `atime` (`6:00 PM` or `18:00`) as wall time; null unless both are there and readable. */
export function wallTimeOf(adate: string, atime: string): string | null {
  const day = parseDay(adate);
  const time = /^\s*(\d{1,2}):(\d{2})(?::\d{2})?\s*([AP])?\.?M?\.?\s*$/i.exec(atime);
  if (!day || !time) return null;
  const half = time[3]?.toUpperCase();
  const hour = (Number(time[1]) % (half ? 12 : 24)) + (half === 'P' ? 12 : 0);
  return `${day}T${String(hour).padStart(2, '0')}:${time[2]}:00`;
}

/** Puts the lead's appointment into the calendar, or moves the one it has; the lead is then "ever set". */
export function bookVisit(company: Company, lead: InboundLead, wallTime: string): Appointment {
  const day = wallTime.slice(0, 10);
  const kept = lead.appointmentId === null ? undefined : company.calendar.get(lead.appointmentId);
  const visit = kept ?? addVisit(company, lead, { day, time: wallTime.slice(11) });
  if (kept) {
    kept.row.ApptDate = wallTime;
    kept.row.ApptDateDisplay = displayOf(wallTime);
    company.calendar.refile(kept, day);
  }
  lead.appointmentId = visit.row.ID;
  Object.assign(lead.life, { everSet: true, apptDate: wallTime, dispo: 'Set', salesRep: visit.row.SalesRepName ?? '' });
  return visit;
}

function addVisit(company: Company, lead: InboundLead, when: { day: string; time: string }): Appointment {
  const { random, lookups, clock, calendar } = company;
  const plan = { random, lookups, today: clock.today(), count: calendar.size, hashes: listHashes(lookups) };
  const { fields } = lead;
  const source = sourceOf(fields.srs_id);
  const household = {
    cstId: lead.prospectId ?? 0,
    ldsId: lead.leadNumber ?? 0,
    fields: {
      CustName: `${fields.firstname} ${fields.lastname}`.trim() || null,
      Address1: fields.address1 || null,
      CSZ: cszOf(fields),
      Phone: fields.phone1,
      AltPhone1: fields.phone2 || null,
      AltPhone1Type: fields.phone2 ? 'Cell' : null,
      AltPhone2: null,
      AltPhone2Type: null,
      email: fields.email || null,
      email2: null,
      ProductID: fields.productid || null,
      Source: source.source,
      SubSource: source.subSource,
    },
  };
  const visit = inventVisit(plan, { household, rep: random.pick(lookups.reps), ...when });
  Object.assign(visit.row, {
    ID: calendar.nextId,
    Notes: notesOf(lead, company.posting.logNumberInNotes),
    PresNotes: null,
    Disposition: 'Set',
    DispositionComments: 'Appointment set',
    ProductID1: null,
    GSA1: null,
  });
  calendar.add(visit);
  return visit;
}

function cszOf({ city, state, zip }: LeadFields): string {
  return `${city}, ${[state, zip].filter((part) => part !== '').join(' ')}`;
}

function notesOf({ fields }: InboundLead, withLogNumber: boolean): string | null {
  const log = withLogNumber && fields.lognumber ? `Log number ${fields.lognumber}` : '';
  return [fields.notes, log].filter((line) => line !== '').join('\n') || null;
}
