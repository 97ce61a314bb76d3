// The simulator is the other side of these tests; nothing that ships may enter its room.
import { type PestPacSimulator, startPestPacSimulator } from '@occ-hub/simulator-pestpac';
import { createKey, readConfiguration, saveConfiguration } from '@occ-hub/contracts';
import { type Started, type TestHub, type TestServers, openTestHub } from '@occ-hub/provider-kit/testing';
import type { Mappings } from '../mappings/mappings.ts';
import { pestPac } from '../provider.ts';
import type { Steps } from '../triggers/triggers.ts';
import { fixed, only, row } from './mapping-rows.ts';
import { settingsFor } from './settings.ts';

/** An answer of the hub's door. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  readonly text: string;
}

export interface PpHub extends TestHub {
  readonly company: PestPacSimulator;
  /** What the org's admin entered. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The last instance that was started. */
  running(): Started;
  at(path: string): string;
  key(...scopes: string[]): Promise<string>;
  /** Calls a door with a good key. */
  call(path: string, init?: { method?: string; body?: unknown; headers?: Record<string, string> }): Promise<Reply>;
  /** Posts a disposition with a new idempotency key unless one is given. */
  disposition(of: Record<string, unknown>, key?: string): Promise<Reply>;
  choose(run: unknown, option: string): Promise<Reply>;
  configure(part: 'triggers' | 'mappings', value: unknown): Promise<void>;
  restart(): Promise<Started>;
}

interface PpHubOptions {
  readonly env?: Record<string, string>;
  readonly settings?: object;
  /** False: the test starts the provider itself. */
  readonly start?: boolean;
}

/** A hub around PestPac's provider, its company simulated, connected, with triggers and mappings that use every step. */
export async function openPpHub(
  servers: TestServers,
  { env = {}, settings = {}, start = true }: PpHubOptions = {},
): Promise<PpHub> {
  const company = await startPestPacSimulator();
  const hub = await openTestHub(pestPac, {
    servers,
    env: { PESTPAC_URL: company.apiUrl, PESTPAC_TOKEN_URL: company.tokenUrl, KAFKA_PARTITIONS: '1', ...env },
  });
  const entered = { ...settingsFor(company), retry_interval_seconds: 1, ...settings };
  let running: Started | undefined;
  let base = '';
  const began = async () => {
    running = await hub.start();
    base = running.url;
    return running;
  };
  const at = (path: string) => `${base}/v1/orgs/${hub.org}/pestpac${path}`;
  const keyFor = async (...scopes: string[]) => {
    const ask = { org: hub.org, connection: hub.connection, name: 'ClickPoint', scopes, by: 'adm' };
    return (await hub.ask(createKey, ask)).text;
  };
  let key = '';
  const call: PpHub['call'] = async (path, { method = 'GET', body, headers = {} } = {}) => {
    key ||= await keyFor('dispositions', 'cards');
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    return replyOf(await fetch(at(path), { method, headers: { authorization: `Bearer ${key}`, ...headers }, ...sent }));
  };
  const pp: PpHub = {
    ...hub,
    company,
    settings: entered,
    at,
    key: keyFor,
    call,
    running: () => running!,
    disposition: (of, idempotency = `k-${(count += 1)}-${process.pid}`) =>
      call('/dispositions', { method: 'POST', body: of, headers: { 'idempotency-key': idempotency } }),
    choose: (run, option) => call(`/runs/${String(run)}/choice`, { method: 'POST', body: { option } }),
    async configure(part, value) {
      const { version } = await hub.ask(readConfiguration, { org: hub.org, connection: hub.connection, part });
      await hub.ask(saveConfiguration, { org: hub.org, connection: hub.connection, part, value, version, by: 'adm' });
    },
    async restart() {
      await running?.stop();
      return began();
    },
    async close() {
      await hub.close();
      await company.stop();
    },
  };
  if (!start) return pp;
  await began();
  await ready(pp);
  return pp;
}

/** Connects and configures a hub whose provider runs. */
export async function ready(hub: PpHub): Promise<void> {
  await hub.connect(hub.settings);
  await hub.configure('mappings', mappings);
  await hub.configure('triggers', triggers);
}

export async function replyOf(answer: Response): Promise<Reply> {
  const text = await answer.text();
  const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Reply['body'];
  return { status: answer.status, headers: answer.headers, text, body };
}

const trigger = (action: string, steps: Steps) => ({ record_type: 'Pest', actions: [action], steps, enabled: true });

/** Everything, and each part alone. */
export const triggers = [
  trigger('Sold', only('location', 'lead', 'task', 'service', 'recurring_service', 'card')),
  trigger('Lead', only('location', 'lead')),
  trigger('Task', only('task')),
  trigger('Visit', only('location', 'service')),
  trigger('Place', only('location')),
  { ...trigger('Off', only('location')), enabled: false },
];

export const mappings: Mappings = [
  row('Location.Division', 'Division'),
  row('Location.Source', 'Lead Source'),
  row('Location.Type', 'Location Type'),
  fixed('Location.Branch', 'North'),
  row('Location.FirstName', 'First Name'),
  row('Location.LastName', 'Last Name', { required: true }),
  row('Location.Address', 'Address', { too_long: 'shorten' }),
  row('Location.City', 'City'),
  row('Location.State', 'State'),
  row('Location.Zip', 'Zip'),
  row('Location.Phone', 'Phone', { search: 'optional' }),
  row('Location.MobilePhone', 'Mobile', { search: 'optional' }),
  row('Location.EMail', 'Email'),
  row('Lead.Source', 'Lead Source'),
  row('Lead.Phone', 'Phone'),
  row('Lead.Comment', 'Comments'),
  fixed('Task.TaskType', 'CALL'),
  fixed('Task.TaskForUser', 'JDOE'),
  fixed('Task.Subject', 'Call back'),
  row('Task.StartDate', 'Call At'),
  row('Service.WorkDate', 'Visit At'),
  fixed('Service.LineItems[1].ServiceCode', 'PESTONCE'),
  fixed('Service.Technicians[1].Code', 'RASHBY'),
  fixed('RecurringService.Schedule', 'QTRLY'),
  fixed('RecurringService.LineItems[1].ServiceCode', 'PESTQTR'),
  row('RecurringService.InitialServiceOrder.WorkDate', 'First Visit At'),
  fixed('RecurringService.InitialServiceOrder.ServiceCode', 'PESTINIT'),
  fixed('Card.AutoBill', 'true'),
];

let count = 0;

/** A disposition of a lead of its own, of a person whom PestPac does not know. */
export function aDisposition(
  action: string,
  { fields = {}, ...more }: { fields?: Record<string, unknown>; lead_id?: string; card?: object } = {},
): Record<string, unknown> & { lead_id: string } {
  count += 1;
  const number = String(count).padStart(4, '0');
  return {
    record_type: 'Pest',
    action,
    lead_id: `cp-${process.pid}-${number}`,
    ...more,
    fields: {
      ...{ Division: 'RES', 'Lead Source': 'SALESEXEC', 'Location Type': 'R', 'First Name': 'Ada' },
      ...{ 'Last Name': `Quill ${number}`, Address: `${count} Fern Row`, City: 'Marlow', State: 'MA', Zip: '01000' },
      ...{ Phone: `(617) 555-${number}`, Email: `ada${count}@example.com`, Comments: 'Ants in the kitchen' },
      ...{ 'Call At': '2027-03-09 09:00', 'Visit At': '2027-03-10 14:30', 'First Visit At': '2027-03-11 10:00' },
      ...fields,
    },
  };
}

/** A card as a tokeniser hands it over. */
export const aCard = {
  ...{ token: 'sim_tok_6f1c9b', brand: 'Visa', last4: '1881', expiry: '2029-09', name: 'Ada Quill' },
};
