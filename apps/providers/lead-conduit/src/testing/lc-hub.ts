// The simulators are the other sides of these tests; nothing that ships may enter their rooms.
import { type LeadConduitSimulator, startLeadConduitSimulator } from '@occ-hub/simulator-lead-conduit';
import { type LeadPerfectionSimulator, startLeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';
import { createKey } from '@occ-hub/contracts';
import { type Started, type TestHub, type TestServers, openTestHub } from '@occ-hub/provider-kit/testing';
import { leadConduit } from '../provider.ts';

/** A reply of the hub's own door. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export interface LcHub extends TestHub {
  /** LeadPerfection, which leads are posted to. */
  readonly company: LeadPerfectionSimulator;
  /** LeadConduit, which feedback goes to. */
  readonly platform: LeadConduitSimulator;
  /** The address of an endpoint, of this org unless another is named. */
  at(path: string, org?: string): string;
  /** A key of this org's connection for these scopes. */
  key(...scopes: string[]): Promise<string>;
  /** Posts a lead as JSON with a good key. */
  post(lead: object, more?: { path?: string; headers?: Record<string, string>; body?: string }): Promise<Reply>;
  restart(): Promise<Started>;
}

/** A hub around LeadConduit's provider, with both vendors simulated, connected and ready. */
export async function openLcHub(
  servers: TestServers,
  { env = {}, settings = {} }: { env?: Readonly<Record<string, string>>; settings?: object } = {},
): Promise<LcHub> {
  const company = await startLeadPerfectionSimulator();
  const platform = await startLeadConduitSimulator();
  const hub = await openTestHub(leadConduit, {
    servers,
    env: {
      LEAD_CONDUIT_POSTING_URL: company.url,
      LEAD_CONDUIT_FEEDBACK_URL: `${platform.url}/feedback`,
      KAFKA_PARTITIONS: '1',
      ...env,
    },
  });
  let running = await hub.start();
  await hub.connect({ client_id: 'demo1', ...settings });
  const at = (path: string, org = hub.org) => `${running.url}/v1/orgs/${org}/lead-conduit${path}`;
  const key = async (...scopes: string[]) => {
    const ask = { org: hub.org, connection: hub.connection, name: 'a test', scopes, by: 'adm' };
    return (await hub.ask(createKey, ask)).text;
  };
  const leads = await key('leads');
  return {
    ...hub,
    company,
    platform,
    at,
    key,
    async post(lead, { path = '/add-lead', headers = {}, body = JSON.stringify(lead) } = {}) {
      const usual = { authorization: `Bearer ${leads}`, 'content-type': 'application/json' };
      return replyOf(await fetch(at(path), { method: 'POST', headers: { ...usual, ...headers }, body }));
    },
    async restart() {
      await running.stop();
      running = await hub.start();
      return running;
    },
    async close() {
      await hub.close();
      await Promise.all([company.stop(), platform.stop()]);
    },
  };
}

export async function replyOf(answer: Response): Promise<Reply> {
  const text = await answer.text();
  const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: answer.status, headers: answer.headers, text, body };
}

let leads = 0;

/** A lead as a flow would send it, every one another person. */
export function aLead(changes: Record<string, unknown> = {}): Record<string, unknown> {
  leads += 1;
  const number = String(leads).padStart(4, '0');
  return {
    ...{ first_name: 'Pat', last_name: 'Moreno', address_1: `${leads} Kestrel Ct`, city: 'Middle River', state: 'MD' },
    ...{ postal_code: '21220', phone_1: `410555${number.slice(-4)}`, email: `pat${leads}@example.com` },
    ...{ srs_id: '001488', lognumber: `LC-${process.pid}-${number}` },
    ...changes,
  };
}
