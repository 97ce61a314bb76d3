import type { Random } from '@occ-hub/simulator-stage';
import type { Org } from '../records/org.ts';
import { createKnown } from './create-known.ts';
import { FIRST_NAMES, LAST_NAMES, STREETS, TOWNS } from './words.ts';

/** A customer with the houses that can be visited. */
export interface Household {
  accountId: string;
  contactId: string;
  addressIds: readonly string[];
}

/** Invents a customer. About one in six has a second house. */
export function inventHousehold(org: Org, random: Random, serial: number): Household {
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const account = createKnown(org, 'Account', {
    Name: `${last} Household`,
    Phone: phone(serial),
    Type: 'Customer',
    ExternalKey__c: `HH-${String(serial).padStart(5, '0')}`,
  });
  const contact = createKnown(org, 'Contact', {
    FirstName: first,
    LastName: last,
    AccountId: account.Id,
    Email: random.chance(0.9) ? `${first}.${last}${serial}@example.test`.toLowerCase().replace("'", '') : null,
    MobilePhone: phone(serial),
    i360core__Phone_Numbers__c: `Mobile: ${phone(serial)}, Home: ${phone(serial + 37)}`,
  });
  const houses = random.chance(1 / 6) ? 2 : 1;
  const addressIds = Array.from({ length: houses }, () => {
    const town = random.pick(TOWNS);
    return createKnown(org, 'i360core__Address__c', {
      i360core__Account__c: account.Id,
      i360core__Street__c: `${100 + random.int(900)} ${random.pick(STREETS)}`,
      i360core__City__c: town.city,
      i360core__State__c: town.state,
      i360core__Zip__c: town.zip,
    }).Id;
  });
  return { accountId: account.Id, contactId: contact.Id, addressIds };
}

/** Numbers of 555-0100 to 555-0199, which belong to nobody. */
function phone(serial: number): string {
  return `(216) 555-01${String(serial % 100).padStart(2, '0')}`;
}
