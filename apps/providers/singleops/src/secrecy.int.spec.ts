import { getDelivery, searchDeliveries } from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serversOfThisRun } from './testing/servers.ts';
import { type SoHub, aLead, openSoHub } from './testing/so-hub.ts';

let hub: SoHub;
let told: string;
/** What nobody may find: the API user's two, and what SingleOps keeps of its clients. */
let secrets: readonly string[];

beforeAll(async () => {
  hub = await openSoHub(serversOfThisRun());
  const { control } = hub.company;
  const { email, token } = control.apiUser();
  secrets = [email, token, encodeURIComponent(email), ...control.clients().map((client) => client.token)];
  const answers = [];
  const later = { headers: { prefer: 'wait=2' } };
  // Every way that a lead can go.
  answers.push(await hub.post(aLead()), await hub.post(aLead({ email: 'rowan@example.com' })));
  for (const kind of ['refused', 'refused-list', '403'] as const) {
    control.fault({ kind, call: 'jobs' });
    answers.push(await hub.post(aLead()));
  }
  for (const kind of ['500', 'html', 'cut', 'truncated'] as const) {
    control.fault({ kind, call: 'jobs', when: 'after' });
    answers.push(await hub.post(aLead(), later));
    control.fault({ kind, call: 'search' });
    answers.push(await hub.post(aLead(), later));
  }
  await hub.set({ several_matches: 'ask' });
  answers.push(await hub.post(aLead({ email: 'ada@example.com' })));
  control.fault({ kind: '401', call: 'search' });
  answers.push(await hub.post(aLead(), later));
  await hub.set({});
  const { deliveries } = await hub.ask(searchDeliveries, { org: hub.org, filter: {} });
  const details = await Promise.all(deliveries.map(({ id }) => hub.ask(getDelivery, { org: hub.org, delivery: id })));
  await hub.mark();
  const collections = await hub.database.listCollections();
  const stored = await Promise.all(collections.map(({ name }) => hub.database.collection(name).find({}).toArray()));
  told =
    JSON.stringify([answers.map(({ text }) => text), details, stored, hub.heard, [...hub.core.lists]]) + hub.logged();
});
afterAll(() => hub.close());

describe('what a hub with SingleOps kept, logged, told and answered', () => {
  it('is much, and has the leads in it', () => {
    expect(told.length).toBeGreaterThan(100_000);
    expect(told).toContain('Kestrel Ct');
    expect(told).toContain('search_field=email');
  });

  it('has the e-mail and the token of the API user nowhere, and no client’s secret token', () => {
    expect(secrets.length).toBeGreaterThan(60);
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  });

  it('has no balance, payment or accounting field of a client', () => {
    expect(told).not.toMatch(/qb_balance|qbo_id|default_credit_card|qbwc_/);
  });

  it('logs nobody’s name, number, address or e-mail', () => {
    const logged = hub.logged();
    expect(logged).toMatch(/"msg":/);
    expect(logged).not.toMatch(/Moreno|Kestrel|@example\.com|678.{0,3}555/);
  });
});
