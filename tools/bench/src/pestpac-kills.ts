import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceProcess } from '@occ-hub/processes';
import type { Stack } from '@occ-hub/stack';
import { MongoClient } from 'mongodb';
import type { Pool } from 'undici';
import { seconds } from './bare.ts';
import type { People, Person } from './people.ts';
import { type PestPacOffice, dispose, doorOf } from './pestpac-office.ts';
import type { PestPacVendor, PlaceHeld } from './pestpac-vendor.ts';
import { line } from './print.ts';

export interface KillBench {
  readonly office: PestPacOffice;
  readonly people: People;
  readonly service: ServiceProcess;
  readonly stack: Stack;
  readonly vendor: PestPacVendor;
}

const kills = 10;
const runsEach = 20;
const patienceMs = 180_000;

/** The service is killed in the midst of runs, again and again; ClickPoint repeats what was not answered, with the same key. */
export async function benchKills({ office, people, service, stack, vendor }: KillBench): Promise<void> {
  const client = await MongoClient.connect(stack.mongoUrl);
  const ledger = client.db('provider_pestpac').collection('deliveries');
  const pool = doorOf(office, kills * runsEach);
  const burst = () => Array.from({ length: runsEach }, () => lastHeardOf(people('killed'), { office, pool }));
  // How long one takes here and now: a kill after that would meet nothing.
  const longestMs = 1000 * (await seconds(() => Promise.all(burst())));
  const ends: Promise<string>[] = [];
  const moments: string[] = [];
  const begun = performance.now();
  for (let kill = 0; kill < kills; kill++) {
    ends.push(...burst());
    const after = randomInt(Math.ceil(longestMs));
    await sleep(after);
    await service.end('SIGKILL');
    moments.push(`${after} ms: ${await ledger.countDocuments({ state: 'sending' })}`);
    service.start();
    await service.ready();
  }
  const undelivered = (await Promise.all(ends)).filter((outcome) => outcome !== 'delivered');
  const taken = (performance.now() - begun) / 1000;
  await Promise.all([pool.close(), client.close()]);
  const places = await vendor.places(`${office.office.run}-killed`);
  if (undelivered.length > 0) throw new Error(`runs were not delivered: ${undelivered.join('; ')}`);
  line('killed after, with in hand', moments.join(', '));
  line(`${kills} kills, ${ends.length} runs`, `all delivered, the last after ${taken.toFixed(0)} s`);
  line('at PestPac', heldBy(places, ends.length + runsEach));
}

/** As ClickPoint does it: again, with the same key, until there is an end. Gives the last that was heard of the run. Never throws. */
async function lastHeardOf(person: Person, { office, pool }: { office: PestPacOffice; pool: Pool }): Promise<string> {
  let last = 'nothing';
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(250)) {
    last = await dispose(office, person, pool).then(({ outcome }) => outcome, String);
    if (last === 'delivered' || last === 'failed') break;
  }
  return last;
}

/** Throws where anything is there twice or is missing. */
function heldBy(places: readonly PlaceHeld[], runs: number): string {
  const leads = new Set(places.map(({ lead }) => lead)).size;
  const sum = (what: 'leads' | 'tasks') => places.reduce((all, place) => all + place[what], 0);
  const doubles = places.filter((place) => place.leads > 1 || place.tasks > 1).length + places.length - leads;
  const missing = runs - leads + places.filter((place) => place.leads < 1 || place.tasks < 1).length;
  const figure = `${places.length} locations, ${sum('leads')} leads, ${sum('tasks')} tasks of ${leads} ClickPoint leads: ${doubles} doubled, ${missing} missing`;
  if (doubles > 0 || missing > 0) throw new Error(`the kills did harm: ${figure}`);
  return figure;
}
