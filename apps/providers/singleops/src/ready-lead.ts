import { type FieldFault, HubError } from '@occ-hub/errors';
import { type Contact, emailsIn, phoneForms, writtenPhone } from './contact.ts';
import type { Lead } from './lead.ts';
import { characters, limits } from './limits.ts';
import type { Settings } from './settings.ts';
import { stateCode } from './states.ts';
import { type Visit, wantedVisit } from './times.ts';

/** A new client in SingleOps' names, within its limits; blank where nothing is known. */
export interface Person {
  readonly first_name: string;
  readonly last_name: string;
  readonly company_name: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly bill_addr_1: string;
  readonly bill_addr_2: string;
  readonly bill_addr_city: string;
  readonly bill_addr_state: string;
  readonly bill_addr_postal_code: string;
}

/** A lead of which SingleOps can take everything. */
export interface ReadyLead {
  /** What the source knows it by; stands at the start of the notes. */
  readonly id: string;
  readonly person: Person;
  readonly contact: Contact;
  /** Blank: the usual one. */
  readonly division: string;
  /** Blank: the usual one. */
  readonly source: string;
  readonly summary: string;
  readonly notes: string;
  readonly visit: Visit | undefined;
  readonly task: boolean;
  readonly onSite: boolean;
}

/**
 * Makes a lead ready to be sent: contact written as SingleOps writes it, the state's code, the account's wall clock.
 * `key` is its id where the source gave none. Fails as `rejected` `singleops.lead-unfit`, naming every field at fault by the
 * lead's own names and quoting none.
 */
export function readyLead(
  lead: Lead,
  { key, settings }: { key: string; settings: Pick<Settings, 'time_zone' | 'visit_minutes'> },
): ReadyLead {
  const person = personOf(lead);
  const wanted = wantedVisit(lead, settings);
  const faults = [...faultsOf(lead, person), ...('faults' in wanted ? wanted.faults : [])];
  if (faults.length > 0 || 'faults' in wanted) throw unfit(faults);
  const phones = [lead.phone, lead.mobile].filter((phone) => phone !== undefined && phoneForms(phone).length > 0);
  return {
    id: lead.source_id || key,
    person,
    contact: { emails: emailsIn(lead.email ?? '') ?? [], phones: phones as string[] },
    ...{ division: lead.division ?? '', source: line(lead.source), summary: line(lead.summary) },
    notes: lead.notes ?? '',
    ...{ visit: wanted.visit, task: lead.task === 'yes', onSite: lead.on_site !== 'no' },
  };
}

function personOf(lead: Lead): Person {
  return {
    ...namesOf(lead),
    company_name: line(lead.company_name),
    email: (emailsIn(lead.email ?? '') ?? []).join(', '),
    phone: writtenPhone(line(lead.phone)),
    mobile: writtenPhone(line(lead.mobile)),
    ...{ bill_addr_1: line(lead.line_1), bill_addr_2: line(lead.line_2), bill_addr_city: line(lead.city) },
    ...{ bill_addr_state: stateCode(line(lead.state)), bill_addr_postal_code: line(lead.postal_code) },
  };
}

/** A whole name is split at its last space. */
function namesOf(lead: Lead): { first_name: string; last_name: string } {
  const [first, last, whole] = [line(lead.first_name), line(lead.last_name), line(lead.customer_name)];
  if (first !== '' || last !== '' || whole === '') return { first_name: first, last_name: last };
  const split = whole.lastIndexOf(' ');
  return { first_name: whole.slice(0, Math.max(split, 0)), last_name: whole.slice(split + 1) };
}

/** One field of the lead, and what SingleOps is to hold of it. */
type Limited = readonly [field: keyof Lead, value: string, most: number];

function faultsOf(lead: Lead, person: Person): FieldFault[] {
  const whole = lead.customer_name && !lead.first_name && !lead.last_name;
  const limited: readonly Limited[] = [
    [whole ? 'customer_name' : 'first_name', person.first_name, limits.text],
    [whole ? 'customer_name' : 'last_name', person.last_name, limits.text],
    ['company_name', person.company_name, limits.text],
    ['email', person.email, limits.text],
    ['phone', person.phone, limits.text],
    ['mobile', person.mobile, limits.text],
    ['line_1', person.bill_addr_1, limits.text],
    ['line_2', person.bill_addr_2, limits.text],
    ['city', person.bill_addr_city, limits.text],
    ['state', person.bill_addr_state, limits.state],
    ['postal_code', person.bill_addr_postal_code, limits.text],
    ['source', line(lead.source), limits.value],
  ];
  const tooLong = limited
    .filter(([, value, most]) => characters(value) > most)
    .map(([field, , most]) => long(field, most));
  return [...new Map([...missing(lead, person), ...tooLong].map((fault) => [fault.pointer, fault])).values()];
}

function missing(lead: Lead, person: Person): FieldFault[] {
  const digits = (phone: string) => phone.replace(/\D/g, '').length;
  const noNumber = (field: 'phone' | 'mobile') => lead[field] && digits(person[field]) < 7;
  return [
    ...(person.first_name || person.last_name || person.company_name
      ? []
      : [{ pointer: '/last_name', message: 'Enter a name or a company.' }]),
    ...(lead.email || lead.phone || lead.mobile
      ? []
      : [{ pointer: '/email', message: 'Enter an e-mail address or a phone number.' }]),
    ...(emailsIn(lead.email ?? '') ? [] : [{ pointer: '/email', message: 'This is no e-mail address.' }]),
    ...(['phone', 'mobile'] as const).filter(noNumber).map((field) => ({
      pointer: `/${field}`,
      message: 'This is no phone number: enter it with its area code.',
    })),
  ];
}

function long(field: keyof Lead, most: number): FieldFault {
  const message =
    field === 'state'
      ? `Enter the code of the state or province: SingleOps takes ${most} characters.`
      : `This is too long: SingleOps takes ${most} characters.`;
  return { pointer: `/${field}`, message };
}

/** As one line, without broken characters. */
const line = (text: string | undefined): string => (text ?? '').toWellFormed().replace(/\s+/gu, ' ').trim();

/** Fields of a lead that keep it from being sent: for the door's 422, the form and the ledger. */
export function unfit(fields: readonly FieldFault[]): HubError {
  const named = fields.map(({ pointer, message }) => `${pointer.slice(1)}: ${message}`).join(' ');
  const message = `The lead cannot be sent to SingleOps as it is. ${named}`;
  return new HubError({ kind: 'rejected', code: 'singleops.lead-unfit', message, fields });
}
