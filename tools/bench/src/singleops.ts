import { type Office, connectTo, connectionPath, newOffice, openOffice } from '@occ-hub/demo';
import { Pool } from 'undici';
import { type Person, createPeople } from './people.ts';
import { bareLedger } from './bare.ts';
import { line, share } from './print.ts';
import { bareLeads } from './singleops-bare.ts';
import type { SingleOpsFacts, SingleOpsVendor } from './singleops-vendor.ts';
import { type Compared, addedPerStep, compared, latencyOf, timed, within } from './timed.ts';

export interface SingleOpsBench {
  readonly core: string;
  /** The singleops service. */
  readonly door: string;
  readonly vendor: SingleOpsVendor;
  /** Another account of the same size, for the bare calls. */
  readonly bareVendor: SingleOpsVendor;
  readonly leads: number;
  readonly mongoUrl: string;
}

const atOnce = 64;
const warm = 60;
/** Whose the lead is, and the lead. */
const steps = 2;

/** Leads of new clients, from the post to SingleOps' number in the answer, against their calls alone. */
export async function benchSingleOps({ mongoUrl, leads, ...hosts }: SingleOpsBench): Promise<void> {
  const { core, door, vendor, bareVendor } = hosts;
  const { office, key } = await connected(core, vendor.facts);
  const people = createPeople(office.run);
  const pool = new Pool(door, { connections: atOnce, pipelining: 1 });
  const through = (person: Person) => submit({ pool, key, path: `/v1/orgs/${office.org}/singleops/leads` }, person);
  await timed({ times: warm, atOnce: 8 }, () => through(people('warm')));
  await vendor.forget();
  const person = people('recorded');
  await through(person);
  const calls = await vendor.calls();
  const hub = await compared({ times: leads, atOnce }, (stage) => through(people(stage)));
  await pool.close();

  const bareOnes = bareLeads(bareVendor.facts, { calls, person });
  const strangers = createPeople(`${office.run}-bare`);
  await timed({ times: warm + 1, atOnce: 8 }, () => bareOnes.send(strangers('warm')));
  const bare = await compared({ times: leads, atOnce }, (stage) => bareOnes.send(strangers(stage)));
  await bareOnes.close();
  const ledger = leads / (await bareLedger(mongoUrl, { writes: leads, atOnce, steps }));
  print({ hub, bare, ledger, calls: calls.length });
}

async function connected(core: string, { user }: SingleOpsFacts): Promise<{ office: Office; key: string }> {
  const office = newOffice(core);
  await openOffice(office, [{ name: 'Bench Rep', email: `bench-${office.run}@example.com` }]);
  await connectTo(office, 'singleops');
  const path = connectionPath(office);
  const settings = {
    ...{ user_email: user.email, user_token: user.token, operation_id: 41, time_zone: 'America/New_York' },
    ...{ lead_source_input_id: 501, lead_source_value: 'Website' },
  };
  await office.admin.put(`${path}/settings`, { settings });
  await office.admin.post(`${path}/authorize`);
  const ask = { name: 'bench', scopes: ['leads'] };
  const { text: key } = await office.admin.post<{ text: string }>(`${path}/keys`, ask);
  return { office, key };
}

async function submit({ pool, key, path }: { pool: Pool; key: string; path: string }, person: Person): Promise<void> {
  const { name, phone, email } = person;
  const answer = await pool.request({
    ...{ path, method: 'POST' },
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': name },
    body: JSON.stringify({
      ...{ first_name: 'Mina', last_name: name, email, phone, source_id: name, line_1: '8 Birch Lane' },
      ...{ city: 'Marlow', state: 'Georgia', postal_code: '30000', notes: 'Two oaks.', summary: 'Oak pruning' },
    }),
  });
  const body = (await answer.body.json()) as { outcome?: string };
  if (body.outcome !== 'delivered')
    throw new Error(`a lead was answered ${answer.statusCode}: ${JSON.stringify(body)}`);
}

interface Figures {
  readonly hub: Compared;
  readonly bare: Compared;
  /** Leads a second that a naive ledger keeps, and nothing else. */
  readonly ledger: number;
  /** How many of SingleOps' a lead takes. */
  readonly calls: number;
}

function print({ hub, bare, ledger, calls }: Figures): void {
  line('one after another', latencyOf(hub.alone));
  line(`bare, the same ${calls} calls`, latencyOf(bare.alone));
  line('share of the bare calls', share(within(bare.alone, 0.5) / within(hub.alone, 0.5)));
  line('added latency a step', `${addedPerStep(hub, bare, steps).toFixed(1)} ms, of ${steps} steps`);
  line(`${atOnce} at once`, `${Math.round(hub.busy.rate)} leads/s, ${latencyOf(hub.busy)}`);
  line(`bare calls, ${atOnce} at once`, `${Math.round(bare.busy.rate)} leads/s, ${latencyOf(bare.busy)}`);
  line('share of the bare calls', share(hub.busy.rate / bare.busy.rate));
  line(`bare ledger, ${steps + 1} writes`, `${Math.round(ledger)} leads/s`);
  line('share of the slowest', share(hub.busy.rate / Math.min(bare.busy.rate, ledger)));
}
