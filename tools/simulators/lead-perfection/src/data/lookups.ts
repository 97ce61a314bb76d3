import { hashOf } from '@occ-hub/simulator-stage';

/** A sales person. LeadPerfection gives a number and a name, and no e-mail address. */
export interface Rep {
  slrId: number;
  name: string;
}

/** A result code. Rows may carry codes that the list given to the API user leaves out, so `listed` is kept apart. */
export interface Disposition {
  code: string;
  text: string;
  listed: boolean;
}

export interface DocumentType {
  dtyid: number;
  name: string;
}

export interface Product {
  code: string;
  name: string;
}

/** The lookup lists of one company. */
export interface Lookups {
  reps: Rep[];
  dispositions: Disposition[];
  products: Product[];
  documentTypes: DocumentType[];
  queues: { key: string; name: string }[];
}

export const PRODUCTS: readonly Product[] = [
  { code: 'WIN', name: 'Windows' },
  { code: 'ROOF', name: 'Roofing' },
  { code: 'SIDE', name: 'Siding' },
  { code: 'BATH', name: 'Bath Remodel' },
  { code: 'DOOR', name: 'Entry Doors' },
  { code: 'GUTR', name: 'Gutters & Guards' },
];

const DISPOSITIONS: readonly Disposition[] = [
  { code: 'Sale', text: 'Sold', listed: true },
  { code: 'No Demo', text: 'No demonstration given', listed: true },
  { code: 'NS', text: 'Demonstrated, not sold', listed: true },
  { code: '1Leg', text: 'One decision maker absent', listed: true },
  { code: 'NI', text: 'Not interested', listed: true },
  { code: 'CXL', text: 'Cancelled', listed: true },
  { code: 'NG', text: 'Not good', listed: true },
  { code: 'BO', text: 'Be back, other', listed: true },
  { code: 'Set', text: 'Appointment set', listed: true },
  { code: 'Cnf', text: 'Confirmed', listed: true },
  { code: 'Data', text: 'Untouched lead', listed: false },
  { code: 'NOP ITM', text: 'No product, in the market', listed: false },
];

const DOCUMENT_TYPES: readonly DocumentType[] = [
  { dtyid: 7, name: 'Proposal' },
  { dtyid: 12, name: 'Signed Agreement' },
  { dtyid: 15, name: 'Photos' },
  { dtyid: 21, name: 'Signable Document' },
  { dtyid: 30, name: 'Financing' },
];

const REPS: readonly Rep[] = [
  { slrId: 401, name: 'Rivera, Dana' },
  { slrId: 402, name: "O'Malley, Sean" },
  { slrId: 405, name: 'Okafor, Chidi' },
  { slrId: 409, name: 'Lindqvist, Åsa' },
  { slrId: 411, name: 'Moreno-Baker, Pat' },
  { slrId: 417, name: 'Tran, Minh' },
  { slrId: 420, name: 'Haddad, Rana' },
  { slrId: 423, name: 'Kowalczyk, Ewa' },
  { slrId: 428, name: 'Whitfield, Jo' },
  { slrId: 431, name: 'Delacroix, Rémy' },
  { slrId: 436, name: 'Singh, Harpreet' },
  { slrId: 440, name: 'Abernathy, Lee' },
];

/** A fresh copy of the invented company's lists, so that one simulator's changes never reach another. */
export function inventedLookups(): Lookups {
  return structuredClone({
    reps: [...REPS],
    dispositions: [...DISPOSITIONS],
    products: [...PRODUCTS],
    documentTypes: [...DOCUMENT_TYPES],
    queues: [
      { key: '1', name: 'New leads' },
      { key: '2', name: 'Rehash' },
      { key: '5', name: 'Confirmation' },
    ],
  });
}

/** The short hashes LeadPerfection puts on every row so that a client knows when to read a list again. */
export function listHashes(lookups: Lookups): { HshDisposition: string; HshProduct: string } {
  const short = (list: readonly unknown[]): string => hashOf(JSON.stringify(list)).toString(16).padStart(8, '0');
  return { HshDisposition: short(lookups.dispositions), HshProduct: short(lookups.products) };
}
