import { ControlError } from '@occ-hub/simulator-stage';
import type { Company } from '../company/company.ts';
import type { LookupName, Lookups } from '../data/lookups.ts';
import type { Field } from '../records/field.ts';
import type { Fields } from '../records/value.ts';
import { addBillTo } from '../company/add-bill-to.ts';
import { addCard } from '../company/add-card.ts';
import { addLocation } from '../company/add-location.ts';
import { payByLink } from '../company/pay-link.ts';
import { readFields } from '../records/read-fields.ts';
import { Refusal } from '../records/refusal.ts';
import { CARD_FIELDS } from '../tables/card-fields.ts';
import { BILL_TO_FIELDS, LOCATION_FIELDS } from '../tables/location-fields.ts';

/** The kinds of record that can be looked at. */
export const RECORD_KINDS = [
  'billTos',
  'locations',
  'leads',
  'tasks',
  'orders',
  'setups',
  'cards',
  'notes',
  'webhooks',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** What the company has, and what its office does with it. Records come as copies, PascalCase, oldest first. */
export interface RecordControl {
  /** The records of a kind, those with these very values when some are given. */
  records(kind: RecordKind, where?: Fields): Fields[];
  /** Throws when there is none of this number. */
  record(kind: RecordKind, id: number): Fields;
  /** How many records of each kind there are. */
  sizes(): Record<RecordKind, number>;
  /** The office enters a customer with its places. */
  addCustomer(billTo: Fields, locations?: readonly Fields[]): { billTo: Fields; locations: Fields[] };
  addLocation(fields: Fields): Fields;
  addCard(fields: Fields): Fields;
  /** The office changes fields of a record, unchecked: `{ Active: false }` closes a location. */
  change(kind: RecordKind, id: number, fields: Fields): Fields;
  remove(kind: RecordKind, id: number): void;
  /** The customer opens a self-service link (or its key) and adds an invented card. */
  payByLink(link: string): Fields;
  lookups(): Lookups;
  /** Replaces one of the company's lists. */
  setLookup(name: LookupName, rows: readonly Fields[]): void;
}

export function recordControl(company: Company): RecordControl {
  const record = (kind: RecordKind, id: number): Fields => {
    const row = company.books[kind].get(id);
    if (!row) throw new ControlError(404, `There is no ${company.books[kind].idName} ${id}.`);
    return structuredClone(row);
  };
  const read = (table: readonly Field[], fields: Fields): Fields => {
    try {
      return readFields(table, fields, { lookups: company.lookups, zone: company.clock.zone });
    } catch (error) {
      throw error instanceof Refusal ? new ControlError(400, error.message) : error;
    }
  };
  const enterLocation = (fields: Fields): Fields => {
    const standard = { Active: true, EnteredDate: company.clock.local() };
    return structuredClone(addLocation(company, read(LOCATION_FIELDS, { ...standard, ...fields })));
  };
  return {
    records: (kind, where = {}) => {
      const wanted = Object.entries(where);
      return structuredClone(
        company.books[kind].all().filter((row) => wanted.every(([name, value]) => row[name] === value)),
      );
    },
    record,
    sizes: () =>
      Object.fromEntries(RECORD_KINDS.map((kind) => [kind, company.books[kind].size])) as Record<RecordKind, number>,
    addCustomer: (fields, locations = []) => {
      const billTo = addBillTo(company, read(BILL_TO_FIELDS, fields));
      const BillToID = billTo['BillToID'] ?? 0;
      return {
        billTo: structuredClone(billTo),
        locations: locations.map((one) => enterLocation({ ...one, BillToID })),
      };
    },
    addLocation: enterLocation,
    addCard: (fields) => structuredClone(addCard(company, read(CARD_FIELDS, fields))),
    change: (kind, id, fields) => structuredClone(company.books[kind].put(id, { ...record(kind, id), ...fields })),
    remove: (kind, id) => {
      record(kind, id);
      company.books[kind].remove(id);
    },
    payByLink: (link) => {
      const card = payByLink(company, link.split('/').at(-1) ?? '');
      if (!card) throw new ControlError(404, 'Nobody was given this link.');
      return structuredClone(card);
    },
    lookups: () => structuredClone(company.lookups),
    setLookup: (name, rows) => {
      company.lookups[name] = structuredClone([...rows]);
    },
  };
}
