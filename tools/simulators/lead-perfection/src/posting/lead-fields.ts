import type { LeadFields } from './inbound-lead.ts';

/** Parameters by lower-case name, as text. */
export type Sent = ReadonlyMap<string, string>;

const POSTED = [
  'firstname',
  'lastname',
  'address1',
  'city',
  'state',
  'zip',
  'phone1',
  'phone2',
  'email',
  'productid',
  'srs_id',
  'pro_id',
  'sender',
  'lognumber',
  'eventid',
  'notes',
  'adate',
  'atime',
] as const satisfies readonly (keyof LeadFields)[];

/** The names of the LeadForm pages. */
const LEAD_FORM: Readonly<Partial<Record<keyof LeadFields, string>>> = {
  firstname: 'txtfirstname',
  lastname: 'txtlastname',
  address1: 'txtaddress',
  city: 'txtcity',
  state: 'txtstate',
  zip: 'txtzip',
  phone1: 'txtphone',
  phone2: 'txtphone2',
  email: 'txtemail',
  notes: 'txtcomments',
  sender: 'txtcampaign_label',
};

/** The names of addleadsinternet.asp. */
const INTERNET: Readonly<Partial<Record<keyof LeadFields, string>>> = {
  firstname: 'fname',
  lastname: 'lname',
  zip: 'zipcode',
  phone1: 'phone',
  notes: 'comments',
  sender: 'iref',
};

export type Naming = 'posted' | 'lead-form' | 'internet';

/** Picks the known fields out of what was sent. */
export function leadFields(sent: Sent, naming: Naming): LeadFields {
  const names = naming === 'lead-form' ? LEAD_FORM : naming === 'internet' ? INTERNET : {};
  const entries = POSTED.map((field) => [field, (sent.get(names[field] ?? field) ?? '').trim()]);
  return Object.fromEntries(entries) as unknown as LeadFields;
}

export function digitsOf(phone: string | null): string {
  const digits = (phone ?? '').replace(/\D/g, '');
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}
