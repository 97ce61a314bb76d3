import type { Random } from '@occ-hub/simulator-stage';
import type { Org } from '../records/org.ts';
import type { Household } from './households.ts';
import { createKnown } from './create-known.ts';
import { inventHousehold } from './households.ts';
import { PRODUCTS, VISITS } from './words.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

export const APPOINTMENT = 'i360core__Sales_Appointment__c';
export const OPPORTUNITY = 'i360core__Sales_Opportunity__c';
export const JUNCTION = 'i360core__Sales_Appointment_Opportunity__c';

/** What appointments are invented from. */
export interface Inventing {
  org: Org;
  random: Random;
  reps: readonly string[];
  /** Last days in which all of them were touched; one in ten is older unless `fresh`. */
  fresh: boolean;
}

/** Invents appointments of the last 29 days and the next 14, with their customers and opportunities. Gives their ids. */
export function inventAppointments(from: Inventing, count: number): string[] {
  const { org, random } = from;
  const now = org.clock.now();
  const households: Household[] = [];
  const ids: string[] = [];
  for (let serial = 1; serial <= count; serial += 1) {
    const known = households.length > 4 && random.chance(1 / 8);
    const household = known ? random.pick(households) : inventHousehold(org, random, serial);
    if (!known) households.push(household);
    const day = Math.floor(now / DAY) * DAY + (random.int(43) - 29) * DAY;
    const start = day + (13 + random.int(9)) * HOUR + random.int(2) * 30 * 60_000;
    ids.push(inventAppointment(from, { household, start, serial }));
  }
  return ids;
}

/** Links an appointment to a new opportunity, both as the office would; gives the opportunity's id. */
export function inventOpportunity(
  { org, random }: Pick<Inventing, 'org' | 'random'>,
  to: { appointmentId: string; accountId: string; stamps: Record<string, number> },
): string {
  const opportunity = createKnown(org, OPPORTUNITY, {
    i360core__Account__c: to.accountId,
    i360core__Interested_In__c: random.pick(PRODUCTS),
    ...to.stamps,
  });
  createKnown(org, JUNCTION, {
    i360core__Sales_Appointment__c: to.appointmentId,
    i360core__Sales_Opportunity__c: opportunity.Id,
    ...to.stamps,
  });
  return opportunity.Id;
}

function inventAppointment(
  { org, random, reps, fresh }: Inventing,
  visit: { household: Household; start: number; serial: number },
): string {
  const { household, start, serial } = visit;
  const now = org.clock.now();
  const stamps = stampsFor(random, { now, start, fresh });
  const past = start < now;
  const ran = past && random.chance(0.6);
  const appointment = createKnown(org, APPOINTMENT, {
    i360core__Sales_Rep_1__c: reps[serial % reps.length],
    i360core__Account__c: household.accountId,
    i360core__Contact__c: household.contactId,
    i360core__Address__c: random.pick(household.addressIds),
    i360core__Product_Categories__c: productsFor(random),
    i360core__Type__c: random.pick(VISITS),
    i360core__Appointment_Date_Time__c: new Date(start).toISOString(),
    i360core__Appointment_End_Date_Time__c: new Date(start + 2 * HOUR).toISOString(),
    i360core__Status__c: ran ? 'Ran' : random.pick(['Scheduled', 'Confirmed', 'Issued']),
    i360core__Status_Detail__c: ran ? random.pick(['Demoed, Not Sold', 'Follow-up', 'One Leg', 'No Show']) : null,
    ...stamps,
  });
  const opportunities = 1 + (random.chance(0.3) ? 1 + random.int(2) : 0);
  for (let place = 0; place < opportunities; place += 1) {
    inventOpportunity({ org, random }, { appointmentId: appointment.Id, accountId: household.accountId, stamps });
  }
  return appointment.Id;
}

function productsFor(random: Random): string {
  const first = random.pick(PRODUCTS);
  const second = random.pick(PRODUCTS);
  return first === second || random.chance(0.7) ? first : `${first};${second}`;
}

/** Touched in the last 28 days, in the last hours more often than long ago; or, for one in ten, before the window. */
function stampsFor(
  random: Random,
  { now, start, fresh }: { now: number; start: number; fresh: boolean },
): Record<string, number> {
  const old = !fresh && start < now - 20 * DAY && random.chance(0.5);
  const touched = old ? now - (30 + random.int(15)) * DAY : now - Math.floor(random.next() ** 2 * 28 * DAY);
  return { CreatedDate: touched - random.int(5) * DAY, LastModifiedDate: touched, SystemModstamp: touched };
}
