import { randomUUID } from 'node:crypto';
import type { Random } from '@occ-hub/simulator-stage';
import { randomFrom } from '@occ-hub/simulator-stage';
import type { Lookups } from '../data/lookups.ts';
import type { PostingSwitches } from '../posting/posting-switches.ts';
import type { ApiUser, SimulatorOptions, Switches } from '../settings.ts';
import { inventAppointments } from '../data/appointments.ts';
import { inventedLookups } from '../data/lookups.ts';
import { InboundQueue } from '../posting/inbound-queue.ts';
import { postingSwitches } from '../posting/posting-switches.ts';
import { DEFAULT_SWITCHES } from '../settings.ts';
import { Calendar } from './calendar.ts';
import { CallLog } from './call-log.ts';
import { CompanyClock } from './clock.ts';
import { Documents } from './documents.ts';
import { Faults } from './faults.ts';
import { Permissions } from './permissions.ts';
import { Tokens } from './tokens.ts';

/** A note left by AddNotes; it goes to the record's history, never to presnotes. */
export interface StoredNote {
  rectype: string;
  recid: string;
  notes: string;
  category: string;
  user: string;
  at: string;
}

/** How the company meets callers: `open`, or `closing` every API connection without an answer. */
export type Door = 'open' | 'closing';

/** The whole simulated company: its data, its clock, its rules and what it has received. */
export interface Company {
  readonly seed: number;
  /** How many appointments were invented at the start. */
  readonly invented: number;
  readonly clientId: string;
  readonly appKey: string;
  readonly users: readonly ApiUser[];
  readonly machineNow: () => number;
  readonly clock: CompanyClock;
  readonly tokens: Tokens;
  readonly permissions: Permissions;
  readonly faults: Faults;
  readonly log: CallLog;
  readonly posting: PostingSwitches;
  switches: Switches;
  door: Door;
  random: Random;
  lookups: Lookups;
  calendar: Calendar;
  documents: Documents;
  notes: StoredNote[];
  inbound: InboundQueue;
}

/** Founds the company. The same seed, day, zone and number of appointments give the same data. */
export function foundCompany(options: SimulatorOptions): Company {
  const seed = options.seed ?? 7;
  const machineNow = options.now ?? Date.now;
  const clock = new CompanyClock(machineNow, options.zone ?? 'America/New_York');
  const main = { username: options.username ?? 'OneClick', password: options.password ?? 'secret' };
  const invented = options.appointments ?? 200;
  return {
    seed,
    invented,
    clientId: options.clientId ?? 'demo1',
    appKey: options.appKey ?? '00000000-0000-0000-0000-000000000000',
    users: [main, ...(options.otherUsers ?? [])],
    machineNow,
    clock,
    tokens: new Tokens(machineNow, options.newToken ?? randomUUID),
    permissions: new Permissions(),
    faults: new Faults(),
    log: new CallLog(options.logSize ?? 1000),
    posting: postingSwitches(options.posting),
    switches: switchesFrom(options),
    door: 'open',
    ...invent(seed, clock, invented),
  };
}

/** Puts freshly invented data in place of everything the company has and received. Clock, users and switches stay. */
export function refound(company: Company, appointments = company.invented): void {
  Object.assign(company, invent(company.seed, company.clock, appointments));
  company.log.clear();
  company.faults.clear();
  company.permissions.clear();
}

function invent(
  seed: number,
  clock: CompanyClock,
  count: number,
): Pick<Company, 'random' | 'lookups' | 'calendar' | 'documents' | 'notes' | 'inbound'> {
  const random = randomFrom(seed);
  const lookups = inventedLookups();
  const plan = { random, lookups, today: clock.today(), zone: clock.zone, count };
  const calendar = new Calendar(inventAppointments(plan));
  return { random, lookups, calendar, documents: new Documents(), notes: [], inbound: new InboundQueue() };
}

function switchesFrom(options: SimulatorOptions): Switches {
  const given = Object.entries(DEFAULT_SWITCHES).map(([name, standard]) => [
    name,
    options[name as keyof Switches] ?? standard,
  ]);
  return Object.fromEntries(given) as unknown as Switches;
}
