import { randomUUID } from 'node:crypto';
import { randomFrom } from '@occ-hub/simulator-stage';
import type { Lookups } from '../data/lookups.ts';
import type { Credentials, SimulatorOptions, Switches } from '../settings.ts';
import { inventHouseholds } from '../data/households.ts';
import { inventedLookups } from '../data/lookups.ts';
import { Rows } from '../records/rows.ts';
import { DEFAULT_CREDENTIALS, DEFAULT_SWITCHES } from '../settings.ts';
import { addBillTo } from './add-bill-to.ts';
import { addCard } from './add-card.ts';
import { addLocation } from './add-location.ts';
import { CallLog } from './call-log.ts';
import { CompanyClock } from './clock.ts';
import { Faults } from './faults.ts';
import { Tokens } from './tokens.ts';
import { Usage } from './usage.ts';

/** How callers are met: `open`, or `closing` every API connection without an answer. */
export type Door = 'open' | 'closing';

/** The kinds of record a company has. */
export interface Books {
  billTos: Rows;
  locations: Rows;
  leads: Rows;
  tasks: Rows;
  orders: Rows;
  setups: Rows;
  cards: Rows;
  notes: Rows;
  webhooks: Rows;
  /** Which BillTo a self-service link belongs to. */
  links: Map<string, number>;
}

/** The whole simulated company: its records, its lists, its rules and what it has received. */
export interface Company {
  readonly seed: number;
  readonly customers: number;
  readonly credentials: Credentials;
  readonly clock: CompanyClock;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly log: CallLog;
  readonly usage: Usage;
  readonly newKey: () => string;
  /** The address of the simulator, for links; set when it listens. */
  url: string;
  switches: Switches;
  door: Door;
  lookups: Lookups;
  books: Books;
}

/** Founds the company. The same seed and number of customers give the same records. */
export function foundCompany(options: SimulatorOptions): Company {
  const clock = new CompanyClock(options.now ?? Date.now, options.zone ?? 'America/New_York');
  const newKey = options.newToken ?? randomUUID;
  const company: Company = {
    seed: options.seed ?? 7,
    customers: options.customers ?? 20,
    credentials: chosen(DEFAULT_CREDENTIALS, options),
    clock,
    tokens: new Tokens(() => clock.now(), newKey),
    faults: new Faults(),
    log: new CallLog(options.logSize ?? 1000),
    usage: new Usage(),
    newKey,
    url: '',
    switches: chosen(DEFAULT_SWITCHES, options),
    door: 'open',
    lookups: inventedLookups(),
    books: emptyBooks(),
  };
  fill(company);
  return company;
}

/** Puts freshly invented records in place of everything the company has and received. Clock and switches stay. */
export function refound(company: Company): void {
  company.lookups = inventedLookups();
  company.books = emptyBooks();
  fill(company);
  company.log.clear();
  company.faults.clear();
  company.usage.clear();
}

function emptyBooks(): Books {
  return {
    billTos: new Rows('BillToID', 70_010),
    locations: new Rows('LocationID', 81_230),
    leads: new Rows('LeadID', 30_910),
    tasks: new Rows('TaskID', 4_400),
    orders: new Rows('OrderID', 910_000),
    setups: new Rows('SetupID', 52_300),
    cards: new Rows('CardID', 5_500),
    notes: new Rows('NoteID', 600),
    webhooks: new Rows('SubscriptionID', 40),
    links: new Map(),
  };
}

function fill(company: Company): void {
  for (const { billTo, locations, card } of inventHouseholds(company.customers, randomFrom(company.seed))) {
    const { BillToID } = addBillTo(company, billTo);
    for (const location of locations) addLocation(company, { ...location, BillToID: BillToID as number });
    if (card) addCard(company, { ...card, BillToID: BillToID as number });
  }
}

function chosen<T extends object>(standard: T, options: object): T {
  const given = Object.entries(options).filter(([name, value]) => name in standard && value !== undefined);
  return { ...standard, ...Object.fromEntries(given) };
}
