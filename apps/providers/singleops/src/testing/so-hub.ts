// The simulator is the other side of these tests; nothing that ships may enter its room.
import { type SingleOpsSimulator, startSingleOpsSimulator } from '@occ-hub/simulator-singleops';
import { createKey } from '@occ-hub/contracts';
import { type Started, type TestHub, type TestServers, openTestHub } from '@occ-hub/provider-kit/testing';
import { singleOps } from '../provider.ts';
import { Settings } from '../settings.ts';

/** A reply of the hub's own door. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export interface SoHub extends TestHub {
  readonly company: SingleOpsSimulator;
  /** What the connection is set to, but for its changes. */
  readonly usual: Partial<Settings>;
  /** The address of an endpoint, of this org unless another is named. */
  at(path: string, org?: string): string;
  /** A key of this org's connection for these scopes. */
  key(...scopes: string[]): Promise<string>;
  /** Posts a lead as JSON with a good key and an idempotency key of its own. */
  post(lead: object, more?: { headers?: Record<string, string>; body?: string }): Promise<Reply>;
  /** Asks how a lead stands. */
  look(run: unknown): Promise<Reply>;
  choose(run: unknown, option: string): Promise<Reply>;
  /** Saves the usual settings with these changes, and authorizes. */
  set(changes: Partial<Settings>): Promise<void>;
  /** Everything that the processes of this hub logged. */
  logged(): string;
  restart(): Promise<Started>;
}

/** A hub around SingleOps' provider, with the vendor simulated, connected and ready. */
export async function openSoHub(servers: TestServers, clock?: () => number): Promise<SoHub> {
  const company = await startSingleOpsSimulator();
  const { email, token } = company.control.apiUser();
  const hub = await openTestHub(singleOps, {
    servers,
    env: { SINGLEOPS_URL: company.url, KAFKA_PARTITIONS: '1', PROXIES: '1' },
    ...(clock ? { clock } : {}),
  });
  const usual: Partial<Settings> = {
    ...{ user_email: email, user_token: token, operation_id: 41, time_zone: 'America/New_York' },
    ...{ lead_source_input_id: 501, lead_source_value: 'Website' },
  };
  let running = await hub.start();
  const logs = [running.captured];
  await hub.connect(usual);
  const at = (path: string, org = hub.org) => `${running.url}/v1/orgs/${org}/singleops${path}`;
  const key = async (...scopes: string[]) => {
    const ask = { org: hub.org, connection: hub.connection, name: 'a test', scopes, by: 'adm' };
    return (await hub.ask(createKey, ask)).text;
  };
  const authorization = `Bearer ${await key('leads')}`;
  const json = { authorization, 'content-type': 'application/json' };
  return {
    ...hub,
    ...{ company, usual, at, key },
    async post(lead, { headers = {}, body = JSON.stringify(lead) } = {}) {
      const usually = { ...json, 'idempotency-key': newKey() };
      return replyOf(await fetch(at('/leads'), { method: 'POST', headers: { ...usually, ...headers }, body }));
    },
    look: async (run) => replyOf(await fetch(at(`/leads/${String(run)}`), { headers: { authorization } })),
    async choose(run, option) {
      const body = JSON.stringify({ option });
      return replyOf(await fetch(at(`/leads/${String(run)}/choice`), { method: 'POST', headers: json, body }));
    },
    async set(changes) {
      // What is left out of a save stays as it was.
      await hub.connect(Settings.parse({ ...usual, ...changes }));
    },
    logged: () => logs.flatMap(({ lines }) => lines).join('\n'),
    async restart() {
      await running.stop();
      running = await hub.start();
      logs.push(running.captured);
      return running;
    },
    async close() {
      await hub.close();
      await company.stop();
    },
  };
}

export async function replyOf(answer: Response): Promise<Reply> {
  const text = await answer.text();
  const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: answer.status, headers: answer.headers, text, body };
}

let keys = 0;
const newKey = () => `test-${process.pid}-${(keys += 1)}`;

let leads = 0;

/** A lead of somebody whom SingleOps does not know, every one another person. */
export function aLead(changes: Record<string, unknown> = {}): Record<string, unknown> {
  leads += 1;
  return {
    ...{
      first_name: 'Pat',
      last_name: `Moreno ${leads}`,
      line_1: `${leads} Kestrel Ct`,
      city: 'Marlow',
      state: 'Georgia',
    },
    ...{
      postal_code: '30000',
      phone: `(678) 555-01${String(leads).padStart(2, '0')}`,
      email: `pat${leads}@example.com`,
    },
    ...{ summary: 'Stump removal', notes: 'Behind the house.', source_id: `cp-${process.pid}-${leads}` },
    ...changes,
  };
}
