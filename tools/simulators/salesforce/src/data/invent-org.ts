import { randomFrom } from '@occ-hub/simulator-stage';
import type { Org } from '../records/org.ts';
import type { SimulatorOptions } from '../settings.ts';
import { inventAppointments } from './appointments.ts';
import { createKnown } from './create-known.ts';
import { addOddities } from './oddities.ts';
import { FIRST_NAMES, LAST_NAMES, STAFF } from './words.ts';

/** From here on an org is made for measuring: everything in the window, every rep usable, nothing odd. */
const MANY = 1000;

/** Fills an empty org with invented staff, customers, appointments and opportunities. */
export function inventOrg(org: Org, options: SimulatorOptions): void {
  const random = randomFrom(options.seed ?? 7);
  const count = options.appointments ?? 60;
  const staff = inventStaff(org, options.staff ?? STAFF.length);
  const withoutEmail = staff.find((person) => person.email === null);
  const reps = staff.filter((person) => person.email !== null).map((person) => person.id);
  if (reps.length === 0) return;
  const ids = inventAppointments({ org, random, reps, fresh: count >= MANY }, count);
  if (count < MANY && withoutEmail) addOddities(org, ids, withoutEmail.id);
}

function inventStaff(org: Org, count: number): { id: string; email: string | null }[] {
  return Array.from({ length: Math.max(count, STAFF.length) }, (_, place) => {
    const person = STAFF[place] ?? another(place);
    const row = createKnown(org, 'i360core__Staff__c', {
      Name: person.name,
      i360core__Email__c: person.email,
      i360core__Active__c: person.active ?? true,
    });
    return { id: row.Id, email: person.email };
  });
}

function another(place: number): (typeof STAFF)[number] {
  const first = FIRST_NAMES[place % FIRST_NAMES.length] ?? 'Rep';
  const last = LAST_NAMES[(place * 7) % LAST_NAMES.length] ?? 'Rep';
  return { name: `${first} ${last} ${place}`, email: `rep${place}@example.com` };
}
