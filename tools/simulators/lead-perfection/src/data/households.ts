import type { Random } from '@occ-hub/simulator-stage';
import type { AppointmentRow } from './appointment.ts';
import { CITIES, FIRST_NAMES, LAST_NAMES, PHONE_TYPES, SOURCES, STREETS } from './words.ts';
import { PRODUCTS } from './lookups.ts';

/** Everything of a row that belongs to the people and their house, not to one visit. */
export interface Household {
  cstId: number;
  ldsId: number;
  fields: Pick<
    AppointmentRow,
    | 'CustName'
    | 'Address1'
    | 'CSZ'
    | 'Phone'
    | 'AltPhone1'
    | 'AltPhone1Type'
    | 'AltPhone2'
    | 'AltPhone2Type'
    | 'email'
    | 'email2'
    | 'ProductID'
    | 'Source'
    | 'SubSource'
  >;
}

/** Invents the n-th household. The number is part of the house number, so no two households look the same by chance. */
export function inventHousehold(random: Random, number: number): Household {
  const place = random.pick(CITIES);
  const last = random.pick(LAST_NAMES);
  const first = random.pick(FIRST_NAMES);
  const partner = random.chance(0.4) ? random.pick(FIRST_NAMES) : null;
  const [source, subSource] = random.pick(SOURCES);
  const hasSecondPhone = random.chance(0.45);
  const hasThirdPhone = hasSecondPhone && random.chance(0.3);
  return {
    cstId: 50_000 + number,
    ldsId: 300_000 + number,
    fields: {
      CustName: partner ? `${first} & ${partner} ${last}` : `${first} ${last}`,
      Address1: `${100 + number} ${random.pick(STREETS)}`,
      CSZ: `${place.city}, ${place.state} ${place.zip}`,
      Phone: inventPhone(random, place.area),
      AltPhone1: hasSecondPhone ? inventPhone(random, place.area) : null,
      AltPhone1Type: hasSecondPhone ? random.pick(PHONE_TYPES) : null,
      AltPhone2: hasThirdPhone ? inventPhone(random, place.area) : null,
      AltPhone2Type: hasThirdPhone ? random.pick(PHONE_TYPES) : null,
      email: random.chance(0.85) ? inventEmail(first, last, number) : null,
      email2: partner && random.chance(0.4) ? inventEmail(partner, last, number) : null,
      ProductID: random.pick(PRODUCTS).code,
      Source: source,
      SubSource: subSource,
    },
  };
}

/** A number from the range kept for fiction (555-0100 to 555-0199), written in one of the ways offices type them. */
function inventPhone(random: Random, area: string): string {
  const line = `01${String(random.int(100)).padStart(2, '0')}`;
  const forms = [
    `${area}555${line}`,
    `${area}555${line}`,
    `(${area}) 555-${line}`,
    `${area}-555-${line}`,
    `${area}.555.${line}`,
    `+1 ${area} 555 ${line}`,
    `1-${area}-555-${line}`,
  ];
  return random.pick(forms);
}

function inventEmail(first: string, last: string, number: number): string {
  const plain = `${first}.${last}`.normalize('NFD').replace(/[^A-Za-z.]/g, '');
  return `${plain.toLowerCase()}${number}@example.test`;
}
