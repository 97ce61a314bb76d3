import { type Office, connectTo, connectionPath, newOffice, openOffice } from '@occ-hub/demo';
import { Pool } from 'undici';
import { line, share } from './print.ts';
import { type Timed, latencyOf, timed } from './timed.ts';

export interface LeadsFacts {
  readonly core: string;
  /** The lead-conduit service. */
  readonly door: string;
  /** LeadPerfection's posting host. */
  readonly vendor: string;
  readonly leads: number;
}

const atOnce = 64;

/** Leads through the service, from the post to LeadPerfection's number in the answer, against the bare post. */
export async function benchLeads(facts: LeadsFacts): Promise<void> {
  const office = await connected(facts.core);
  const { text: key } = await office.admin.post<{ text: string }>(`${connectionPath(office)}/keys`, {
    name: 'bench',
    scopes: ['leads'],
  });
  const path = `/v1/orgs/${office.org}/lead-conduit/add-lead`;
  const through = { host: facts.door, path, headers: { authorization: `Bearer ${key}` } };
  await post(through, { leads: 200, prefix: 'warm' });
  const one = await post(through, { leads: 200, prefix: 'one', inParallelBy: 1 });
  const many = await post(through, { leads: facts.leads, prefix: 'many' });
  const bare = await post(
    { host: facts.vendor, path: '/demo1/addlead', headers: {} },
    { leads: facts.leads, prefix: 'bare' },
  );
  line('one after another', latencyOf(one));
  line(`${atOnce} at once`, `${Math.round(many.rate)} leads/s, ${latencyOf(many)}`);
  line('bare post, 64 at once', `${Math.round(bare.rate)} leads/s, ${latencyOf(bare)}`);
  line('share of the bare post', share(many.rate / bare.rate));
}

async function connected(core: string): Promise<Office> {
  const office = newOffice(core);
  await openOffice(office, [{ name: 'Bench Rep', email: `bench-${office.run}@example.com` }]);
  await connectTo(office, 'lead-conduit');
  await office.admin.put(`${connectionPath(office)}/settings`, { settings: { client_id: 'demo1' } });
  await office.admin.post(`${connectionPath(office)}/authorize`);
  return office;
}

async function post(
  to: { host: string; path: string; headers: Record<string, string> },
  { leads, prefix, inParallelBy = atOnce }: { leads: number; prefix: string; inParallelBy?: number },
): Promise<Timed> {
  const pool = new Pool(to.host, { connections: inParallelBy, pipelining: 1 });
  const posted = await timed({ times: leads, atOnce: inParallelBy }, async (index) => {
    const answer = await pool.request({
      path: to.path,
      method: 'POST',
      headers: { ...to.headers, 'content-type': 'application/json' },
      body: JSON.stringify(aLead(`${prefix}-${index}`, index)),
    });
    const body = (await answer.body.json()) as { outcome?: string; status?: string };
    if (body.outcome !== 'success' && body.status !== 'OK') throw new Error(JSON.stringify(body));
  });
  await pool.close();
  return posted;
}

/** In names that both doors read. */
function aLead(lognumber: string, index: number): object {
  const phone = `4105550${String(index % 1000).padStart(3, '0')}`;
  return {
    ...{ lognumber, srs_id: '1488', first_name: 'Pat', last_name: 'Moreno', postal_code: '21220', phone_1: phone },
    ...{ firstname: 'Pat', lastname: 'Moreno', zip: '21220', phone1: phone },
  };
}
