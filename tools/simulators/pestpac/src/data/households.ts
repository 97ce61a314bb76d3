import type { Random } from '@occ-hub/simulator-stage';
import type { Fields } from '../records/value.ts';
import { CITIES, FIRST_NAMES, LAST_NAMES, STREETS } from './words.ts';

/** One customer as they are invented: who pays, and the places that are looked after. */
export interface Household {
  billTo: Fields;
  locations: Fields[];
  card?: Fields;
}

const ENTERED = { Active: true, EnteredDate: '2025-05-12T00:00:00' };

/** The customers every company starts with, then `count` more, the same for the same chance. */
export function inventHouseholds(count: number, random: Random): Household[] {
  return [okafor(), ...sharedPhone(), moved(), ...Array.from({ length: count }, (_, index) => anyone(index, random))];
}

/** A returning customer with two places under one BillTo, a mobile phone and a card. */
function okafor(): Household {
  const person = {
    FirstName: 'Ngozi',
    LastName: 'Okafor',
    EMail: 'ngozi@example.com',
    Phone: '413-555-0142',
    MobilePhone: '413-555-0177',
  };
  const home = {
    ...person,
    Address: '12 Alder Way',
    ...CITIES[0],
    Division: 'RES',
    Source: 'WEB',
    Type: 'R',
    ...ENTERED,
  };
  const { TaxCode: _, ...billed } = { ...CITIES[0] };
  return {
    billTo: { ...person, Address: '12 Alder Way', ...billed, Division: 'RES', Type: 'R' },
    locations: [home, { ...home, Address: '3 Quarry Ln', Phone: '', MobilePhone: '413-555-0177', Type: 'RENTAL' }],
    card: {
      CardToken: 'sim_tok_okafor',
      CreditCardType: 'Visa',
      NameOnCard: 'Ngozi Okafor',
      MaskedAccountNumber: 'XXXXXXXXXXXX4242',
      ExpirationDate: '2028-09-01T00:00:00',
    },
  };
}

/** Two BillTos that share a phone, with three places in all; the second has it on a place only. */
function sharedPhone(): Household[] {
  const place = { ...CITIES[1], Division: 'RES', Source: 'PHONE', Type: 'R', ...ENTERED };
  const { TaxCode: _, ...billed } = { ...CITIES[1] };
  const ruth = { FirstName: 'Ruth', LastName: 'Thornquist', EMail: 'ruth@example.com' };
  const dairy = { Company: 'Thornquist Dairy', EMail: 'office@dairy.example.com' };
  return [
    {
      billTo: { ...ruth, Phone: '413-555-0119', Address: '8 Larch Ave', ...billed, Division: 'RES', Type: 'R' },
      locations: [
        { ...ruth, Phone: '413-555-0119', Address: '8 Larch Ave', ...place },
        { ...ruth, Phone: '413-555-0119', Address: '9 Larch Ave', ...place },
      ],
    },
    {
      billTo: { ...dairy, Phone: '413-555-0150', Address: '40 Old Mill Rd', ...billed, Division: 'COM', Type: 'C' },
      locations: [
        {
          ...dairy,
          Phone: '413-555-0150',
          AlternatePhone: '413-555-0119',
          Address: '41 Old Mill Rd',
          ...place,
          Division: 'COM',
          Type: 'C',
        },
      ],
    },
  ];
}

/** Someone who moved away: the old place is inactive. */
function moved(): Household {
  const person = { FirstName: 'Walter', LastName: 'Halloran', EMail: 'walter@example.com', Phone: '413-555-0163' };
  const { TaxCode: _, ...billed } = { ...CITIES[2] };
  const place = { ...person, ...CITIES[2], Division: 'RES', Source: 'REFERRAL', Type: 'R', ...ENTERED };
  return {
    billTo: { ...person, Address: '5 Chestnut St', ...billed, Division: 'RES', Type: 'R' },
    locations: [
      { ...place, Address: '1 Harbor View Dr', Active: false },
      { ...place, Address: '5 Chestnut St' },
    ],
  };
}

function anyone(index: number, random: Random): Household {
  const FirstName = random.pick(FIRST_NAMES);
  const LastName = random.pick(LAST_NAMES);
  const { TaxCode, ...city } = random.pick(CITIES);
  const person = {
    FirstName,
    LastName,
    EMail: `customer${index + 1}@example.com`,
    Phone: `${200 + (index % 700)}-555-01${String(random.int(100)).padStart(2, '0')}`,
    Address: `${1 + random.int(180)} ${random.pick(STREETS)}`,
    ...city,
    Division: 'RES',
    Type: 'R',
  };
  return {
    billTo: person,
    locations: [{ ...person, TaxCode, Source: random.pick(['WEB', 'PHONE', 'REFERRAL']), ...ENTERED }],
  };
}
