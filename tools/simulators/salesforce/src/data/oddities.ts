import type { Org } from '../records/org.ts';
import type { Value } from '../schema/definition.ts';
import { APPOINTMENT, JUNCTION } from './appointments.ts';

/** One appointment that is not as it should be. */
interface Oddity {
  /** Why it is there; also the appointment's comment, so that people find it. */
  about: string;
  appointment?: Readonly<Record<string, Value>>;
  contact?: Readonly<Record<string, Value>>;
  account?: Readonly<Record<string, Value>>;
  /** What becomes of its links to opportunities. */
  links?: 'none' | 'empty';
}

const PHONES: readonly (string | null)[] = [
  'Mobile:555-0100,',
  '555-0100',
  'Work: 555-0100 ext: 12',
  'Mobile: ',
  ': 555-0100',
  'Office: 555-0100, ext 4',
  null,
  'Mobile: 555-0100, Home: (555) 0100',
  'Demo, Jane: 555-0100',
];

const HOUR = 3_600_000;

/** Changes some of the invented appointments into the odd ones that real orgs hold. Stamps stay as they are. */
export function addOddities(org: Org, ids: readonly string[], staffWithoutEmail: string): void {
  const now = org.clock.now();
  const all = [...phoneOddities(), ...otherOddities(staffWithoutEmail, now)];
  const used = new Set<string>();
  for (const oddity of all) {
    const id = ids.find((candidate) => !used.has(candidate) && !sharesContact(org, candidate, used));
    if (id === undefined) return;
    used.add(id);
    apply(org, id, oddity);
  }
}

function phoneOddities(): Oddity[] {
  return PHONES.map((text) => ({
    about: `phones: ${text ?? 'none'}`,
    contact: { i360core__Phone_Numbers__c: text },
    ...(text === null ? { account: { Phone: null } } : {}),
  }));
}

function otherOddities(staffWithoutEmail: string, now: number): Oddity[] {
  const at = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');
  return [
    { about: 'no rep', appointment: { i360core__Sales_Rep_1__c: null } },
    { about: 'no rep, either', appointment: { i360core__Sales_Rep_1__c: null } },
    { about: 'a rep without an e-mail', appointment: { i360core__Sales_Rep_1__c: staffWithoutEmail } },
    { about: 'no start', appointment: { i360core__Appointment_Date_Time__c: null } },
    {
      about: 'ends before it starts',
      appointment: {
        i360core__Appointment_Date_Time__c: at(now + 26 * HOUR),
        i360core__Appointment_End_Date_Time__c: at(now + 25 * HOUR),
      },
    },
    { about: 'no end', appointment: { i360core__Appointment_End_Date_Time__c: null } },
    { about: 'no contact', appointment: { i360core__Contact__c: null } },
    { about: 'no address', appointment: { i360core__Address__c: null } },
    {
      about: 'no products and no type',
      appointment: { i360core__Product_Categories__c: null, i360core__Type__c: null },
    },
    { about: 'a name with signs', contact: { FirstName: 'Zoë & "Bo" <3', LastName: 'Ñandú 🏡' } },
    { about: 'a long name', contact: { FirstName: 'Maximiliana'.repeat(3), LastName: 'Featherstonehaugh-'.repeat(4) } },
    { about: 'no opportunities', links: 'none' },
    { about: 'a link to no opportunity', links: 'empty' },
    { about: 'no status', appointment: { i360core__Status__c: null, i360core__Status_Detail__c: null } },
    { about: 'deleted', appointment: { IsDeleted: true } },
  ];
}

function apply(org: Org, id: string, oddity: Oddity): void {
  const row = org.store.get(APPOINTMENT, id);
  const contactId = row?.['i360core__Contact__c'];
  const accountId = row?.['i360core__Account__c'];
  if (oddity.contact && typeof contactId === 'string') org.store.patch('Contact', contactId, oddity.contact);
  if (oddity.account && typeof accountId === 'string') org.store.patch('Account', accountId, oddity.account);
  org.store.patch(APPOINTMENT, id, { ...oddity.appointment, i360core__Comments__c: oddity.about });
  for (const link of [...org.store.children(JUNCTION, 'i360core__Sales_Appointment__c', id)]) {
    if (oddity.links === 'none') org.store.purge(JUNCTION, link.Id);
    if (oddity.links === 'empty') org.store.patch(JUNCTION, link.Id, { i360core__Sales_Opportunity__c: null });
    if (oddity.appointment?.['IsDeleted'] === true) org.store.patch(JUNCTION, link.Id, { IsDeleted: true });
  }
}

/** Two visits of one customer would both become odd by a change of the contact. */
function sharesContact(org: Org, id: string, used: ReadonlySet<string>): boolean {
  const contactOf = (one: string): Value | undefined => org.store.get(APPOINTMENT, one)?.['i360core__Contact__c'];
  const contact = contactOf(id);
  return [...used].some((other) => contactOf(other) === contact && contact !== null);
}
