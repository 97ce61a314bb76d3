import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeadConduitSimulator } from '../simulator.ts';
import type { Vendor } from '../testing/vendor.ts';
import { startLeadConduitSimulator } from '../simulator.ts';
import { flowOf, PAT } from '../testing/integration.ts';
import { says, startVendor } from '../testing/vendor.ts';

let hub: Vendor;
let simulator: LeadConduitSimulator;
beforeEach(async () => {
  hub = await startVendor(says({ outcome: 'success', lead_id: '384191' }));
  simulator = await startLeadConduitSimulator({ flows: [flowOf(recipient())] });
});
afterEach(() => Promise.all([simulator.stop(), hub.stop()]));

const recipient = (more: object = {}) => ({
  name: 'Hub',
  url: `${hub.url}/add-lead`,
  headers: { authorization: 'Bearer occ_key' },
  variables: {
    client_id: 'demo1',
    lognumber: 'LC-{{event.id}}',
    sender: '{{source.name}}',
    leadage: '{{trustedform.age_in_seconds}}',
    note: '{{lead.nothing}}',
  },
  ...more,
});
const submit = (init: RequestInit, path = '/flows/f1/sources/s1/submit'): Promise<Response> =>
  fetch(simulator.url + path, { method: 'POST', ...init });
const sent = (index = 0): Record<string, unknown> =>
  JSON.parse(hub.heard[index]?.body ?? '') as Record<string, unknown>;
const json = (body: unknown): RequestInit => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('a submission', () => {
  test('reaches the recipient as nested variables, and the source is told the outcome', async () => {
    const answer = await submit(
      json({ ...PAT, trustedform: { age_in_seconds: 42, verify: { languages: ['I agree', 'Call me'] } } }),
    );
    expect([answer.status, await answer.json()]).toEqual([
      201,
      { outcome: 'success', reason: null, lead: { id: expect.stringMatching(/^[0-9a-f]{24}$/) }, price: 0 },
    ]);
    const [event] = simulator.control.events();
    expect(sent()).toMatchObject({
      lead: { first_name: 'Pat', phone_1: '4105550143', postal_code: '02120', email: 'pat@example.test' },
      source: { id: 's1', name: 'Example Media' },
      event: { id: event?.id },
      trustedform: { age_in_seconds: 42, verify: { languages: ['I agree', 'Call me'] } },
      client_id: 'demo1',
      lognumber: `LC-${event?.id}`,
      sender: 'Example Media',
      leadage: '42',
      timeout_seconds: 360,
    });
    expect(sent()).not.toHaveProperty('note');
    expect(hub.heard[0]?.headers.authorization).toBe('Bearer occ_key');
  });

  test('keys are kept out of snapshots and of what is shown of flows', async () => {
    simulator.control.addFlow(
      flowOf(recipient({ variables: { pass: 'hunter-two', client_id: 'demo1' }, credentials: ['pass'] })),
    );
    await simulator.control.submit(PAT);
    expect(sent()).toMatchObject({ pass: 'hunter-two' });
    const kept = JSON.stringify([simulator.control.events(), simulator.control.flows()]);
    expect(kept).toContain('demo1');
    expect(kept).not.toMatch(/hunter-two|occ_key/);
  });

  test('comes as a form as well, with dotted names, and the certificate under any of its names', async () => {
    const body = new URLSearchParams({
      first_name: 'Pat',
      xxTrustedFormCertUrl: 'https://cert.trustedform.com/bad',
      'trustedform.page_url': 'https://example.com/windows',
    });
    expect((await submit({ body })).status).toBe(201);
    expect(sent()).toMatchObject({
      lead: { trustedform_cert_url: 'https://cert.trustedform.com/bad' },
      trustedform: { page_url: 'https://example.com/windows' },
    });
  });

  test('a recipient may want a form: dotted names, plain values', async () => {
    simulator.control.addFlow(flowOf(recipient({ as: 'form' })));
    await simulator.control.submit({ ...PAT, first_name: 'Zoë' });
    const form = new URLSearchParams(hub.heard[0]?.body);
    expect([form.get('lead.first_name'), form.get('lead.postal_code'), form.get('client_id')]).toEqual([
      'Zoë',
      '02120',
      'demo1',
    ]);
  });

  test.each([
    [200, { outcome: 'failure', reason: 'zip is required' }, 'failure', 'zip is required'],
    [200, { status: 'OK' }, 'error', 'unable to parse response'],
    [200, 'no object', 'error', 'unable to parse response'],
    [404, { error: 'no such org' }, 'error', 'Unexpected status 404: {"error":"no such org"}'],
    [503, { outcome: 'success' }, 'error', 'Server error'],
    [503, { outcome: 'error', reason: 'later' }, 'error', 'later'],
  ])('the answer %i %j is the outcome %s', async (status, body, outcome, reason) => {
    hub.answer = says(body, status);
    expect(await simulator.control.submit(PAT)).toMatchObject({ outcome, reason });
  });

  test('each step is an event of its own; one that accepts is enough', async () => {
    const deaf = { name: 'Gone', url: 'http://127.0.0.1:1/' };
    simulator.control.addFlow(flowOf(recipient(), deaf));
    const told = await simulator.control.submit(PAT);
    expect(told.outcome).toBe('success');
    expect(told.events.map((event) => [event.step, event.runs[0]?.outcome])).toEqual([
      ['Hub', 'success'],
      ['Gone', 'error'],
    ]);
    expect(new Set(told.events.map((event) => event.id)).size).toBe(2);
  });

  test('the same lead twice is two leads: nothing is recognised here', async () => {
    await submit(json(PAT));
    await submit(json(PAT));
    expect(simulator.control.counts()).toEqual({ leads: 2, events: 2, feedback: 0 });
  });

  test.each([
    ['no content type', { body: new Uint8Array([123]) }, 415],
    ['a type nobody reads', { headers: { 'content-type': 'text/csv' }, body: 'a' }, 406],
    ['a broken body', { headers: { 'content-type': 'application/json' }, body: '{' }, 400],
    [
      'an answer format nobody has',
      { headers: { 'content-type': 'application/json', accept: 'image/png' }, body: '{}' },
      406,
    ],
    ['a wrong method', { method: 'PUT' }, 405],
  ])('%s is refused', async (_, init, status) => {
    expect((await submit(init)).status).toBe(status);
    expect(simulator.control.counts().leads).toBe(0);
  });

  test('an unknown flow or source is a 404; XML is answered when asked for', async () => {
    expect((await submit(json(PAT), '/flows/f1/sources/nobody/submit')).status).toBe(404);
    const answer = await submit({ ...json(PAT), headers: { 'content-type': 'application/json', accept: 'text/xml' } });
    expect(await answer.text()).toContain('<result><outcome>success</outcome>');
  });
});
