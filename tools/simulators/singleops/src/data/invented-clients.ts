import { randomFrom } from '@occ-hub/simulator-stage';
import type { ClientFields } from '../account/client.ts';

const FIRST = ['Ana', 'Ben', 'Cleo', 'Dev', 'Elsa', 'Finn', 'Gus', 'Hana', 'Ivo', 'June', 'Kai', 'Lou'];
const LAST = ['Abbot', 'Birch', 'Crane', 'Dunn', 'Ewing', 'Field', 'Grove', 'Hart', 'Irons', 'Kerr', 'Lake', 'Moss'];
const STREETS = ['Alder Way', 'Cedar Street', 'Elm Court', 'Larch Lane', 'Maple Drive'];
const TOWNS = [
  { bill_addr_city: 'Marlow', bill_addr_postal_code: '30000' },
  { bill_addr_city: 'Easton', bill_addr_postal_code: '30001' },
];
const AREAS = ['470', '770', '912'];
const FIRST_ID = 9201;

/** Ordinary clients; the same seed gives the same ones. Their numbers are of the range for fiction, their names unique. */
export function inventedClients(count: number, seed: number): (ClientFields & { id: number })[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / (FIRST.length * LAST.length));
    const first = FIRST[index % FIRST.length] ?? '';
    const last = `${LAST[Math.floor(index / FIRST.length) % LAST.length] ?? ''}${round > 0 ? `-${round}` : ''}`;
    const line = String(100 + (Math.floor(index / AREAS.length) % 100)).slice(-2);
    return {
      id: FIRST_ID + index,
      first_name: first,
      last_name: last,
      email: random.chance(0.85) ? `${first}.${last}@example.com`.toLowerCase() : '',
      phone: `${AREAS[index % AREAS.length] ?? ''}-555-01${line}`,
      bill_addr_1: `${1 + random.int(200)} ${random.pick(STREETS)}`,
      bill_addr_state: 'GA',
      ...random.pick(TOWNS),
      qb_balance: random.chance(0.2) ? random.int(90_000) / 100 : 0,
    };
  });
}
