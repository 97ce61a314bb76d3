import { LeadSubmitted, WriteSettled, getDelivery, revokeKey } from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LcHub, aLead, openLcHub, replyOf } from './testing/lc-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: LcHub;
beforeAll(async () => {
  hub = await openLcHub(serversOfThisRun());
});
afterAll(() => hub.close());
afterEach(() => hub.company.control.clearFaults());

const received = (lognumber: unknown) => hub.company.control.leads({ logNumber: String(lognumber) });
const deliveryOf = async (event: { attributes: { id: string } }) =>
  (await hub.ask(getDelivery, { org: hub.org, delivery: event.attributes.id })).delivery;

describe('a lead that is posted', () => {
  it('is in LeadPerfection’s queue, and the answer has its number there', async () => {
    const lead = aLead();
    const { status, body } = await hub.post(lead);
    const [inbound] = received(lead['lognumber']);
    expect([status, body]).toEqual([201, { outcome: 'success', lead_id: String(inbound!.in1Id) }]);
    expect(inbound!.fields).toMatchObject({ srs_id: '001488', zip: '21220', firstname: 'Pat' });
  });

  it('is LeadSubmitted on the bus, then WriteSettled with LeadPerfection’s number', async () => {
    const lead = aLead();
    const { body } = await hub.post(lead);
    const settled = await eventually(
      () =>
        hub
          .heardOf(WriteSettled.type)
          .find(
            ({ data }) => (data as { vendor_ids: Record<string, string> }).vendor_ids['lead_id'] === body['lead_id'],
          ),
      (found) => found !== undefined,
    );
    expect(settled!.data).toMatchObject({ event_type: LeadSubmitted.type, outcome: 'delivered', attempts: 1 });
  });

  it.each([
    [
      'a form',
      { 'content-type': 'application/x-www-form-urlencoded' },
      (lead: object) => new URLSearchParams(lead as Record<string, string>).toString(),
    ],
    [
      'LeadConduit’s own dotted names',
      {},
      (lead: object) =>
        JSON.stringify(
          Object.fromEntries(
            Object.entries(lead).map(([name, value]) => [name === 'lognumber' ? name : `lead.${name}`, value]),
          ),
        ),
    ],
    [
      'names in capitals',
      {},
      (lead: object) =>
        JSON.stringify(Object.fromEntries(Object.entries(lead).map(([name, value]) => [name.toUpperCase(), value]))),
    ],
  ])('may come as %s', async (_name, headers, write) => {
    const lead = aLead();
    const { body } = await hub.post(lead, { headers, body: write(lead) });
    expect(body['outcome']).toBe('success');
    expect(received(lead['lognumber'])[0]!.fields).toMatchObject({ srs_id: '001488', city: 'Middle River' });
  });

  it.each([
    ['an empty source', { srs_id: ' ' }, /srs/i],
    ['a zero source', { srs_id: '000' }, /srs/i],
    ['no postal code', { postal_code: '' }, /postal/i],
    ['no phone', { phone_1: '' }, /phone/i],
    ['a date without a time', { appointment_date: '03/09/2027' }, /appointment/i],
    ['more text than an event carries', { comments: 'x'.repeat(10_001) }, /lead\.comments/],
    ['an address in the place of the client id', { client_id: 'demo1/../x' }, /client/i],
  ])('is refused with a reason where it has %s, and nothing is sent', async (_name, changes, reason) => {
    const lead = aLead(changes);
    const { status, body } = await hub.post(lead);
    expect([status, body['outcome']]).toEqual([200, 'failure']);
    expect(body['reason']).toMatch(reason);
    expect(received(lead['lognumber'])).toEqual([]);
  });
});

describe('a lead that is posted twice', () => {
  it('with one LogNumber, or with one event id, is delivered once and answered alike', async () => {
    const lead = aLead({ eventid: `e-${Date.now()}` });
    const [first, second] = await Promise.all([hub.post(lead), hub.post(lead)]);
    expect(second.body).toEqual(first.body);
    const again = await hub.post({ ...lead, lognumber: `${String(lead['lognumber'])}-x` });
    const other = await hub.post({ ...lead, eventid: 'another' });
    expect([again.body, other.body]).toEqual([first.body, first.body]);
    expect(received(lead['lognumber'])).toHaveLength(1);
  });

  it('also after the process was started anew', async () => {
    const lead = aLead();
    const first = await hub.post(lead);
    await hub.restart();
    expect((await hub.post(lead)).body).toEqual(first.body);
    expect(received(lead['lognumber'])).toHaveLength(1);
  });
});

describe('LeadPerfection in trouble', () => {
  it('refuses the lead: failure with its reason, and the lead waits for a person', async () => {
    hub.company.control.fault({ kind: 'refused', action: 'addlead', count: 1 });
    const { body } = await hub.post(aLead());
    expect(body['outcome']).toBe('failure');
    expect(body['reason']).toBeTruthy();
  });

  it('is away for a moment: the lead arrives once, and the answer says so', async () => {
    await hub.company.control.down({ refuse: true });
    const lead = aLead();
    const posted = hub.post(lead);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await hub.company.control.up();
    expect((await posted).body['outcome']).toBe('success');
    expect(received(lead['lognumber'])).toHaveLength(1);
  });

  it('takes longer than timeout_seconds: error, and the ledger still delivers', async () => {
    await hub.company.control.down({ refuse: true });
    const lead = aLead({ timeout_seconds: 1 });
    const { status, body } = await hub.post(lead);
    expect([status, body['outcome']]).toEqual([200, 'error']);
    await hub.company.control.up();
    await eventually(
      () => received(lead['lognumber']).length,
      (count) => count === 1,
      20_000,
    );
    expect((await hub.post(lead)).body['outcome']).toBe('success');
    expect(received(lead['lognumber'])).toHaveLength(1);
  });
});

describe('the door', () => {
  it('asks for a good key of this org and for the right thing', async () => {
    const lead = aLead();
    const refused = async (authorization: string) => (await hub.post(lead, { headers: { authorization } })).status;
    expect(await refused('')).toBe(401);
    expect(await refused('Bearer occ_x_y')).toBe(401);
    expect(await refused(`Bearer ${await hub.key('feedback')}`)).toBe(403);
    const key = await hub.key('leads');
    const elsewhere = await fetch(hub.at('/add-lead', 'org-other'), { method: 'POST', headers: { 'x-api-key': key } });
    expect(elsewhere.status).toBe(401);
    expect(received(lead['lognumber'])).toEqual([]);
  });

  it('knows a revoked key no more after five seconds', async () => {
    const key = await hub.key('leads');
    expect((await hub.post(aLead(), { headers: { authorization: `Bearer ${key}` } })).status).toBe(201);
    await hub.ask(revokeKey, { org: hub.org, connection: hub.connection, key: key.slice(4, 20) });
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    expect((await hub.post(aLead(), { headers: { authorization: `Bearer ${key}` } })).status).toBe(401);
  });

  it('says 405, 415, 406, 400 and 413 as LeadConduit does', async () => {
    const statusOf = async (more: object) => (await hub.post(aLead(), more)).status;
    const get = await replyOf(await fetch(hub.at('/add-lead')));
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await statusOf({ headers: { 'content-type': 'text/csv' } })).toBe(406);
    expect(await statusOf({ body: '{"a":' })).toBe(400);
    expect(await statusOf({ body: '[]' })).toBe(400);
    expect(await statusOf({ body: 'x'.repeat(1_100_000) })).toBe(413);
  });

  it('keeps a password out of the ledger, the bus and the answer, and sends it', async () => {
    const lead = aLead({
      leadperfection_subdomain: undefined,
      'leadperfection.subdomain': 'demo1',
      'leadperfection.userid': 'web',
      'leadperfection.password': 'open sesame 42',
    });
    await hub.post(lead, { path: '/create-lead' });
    const kept = JSON.stringify(await hub.database.collection('deliveries').find({}).toArray());
    expect(kept).not.toContain('open sesame');
    expect(JSON.stringify(hub.heard)).not.toContain('open sesame');
    const submitted = await hub.database.collection('deliveries').findOne({ 'event.data.door': 'create_lead' });
    const shown = await deliveryOf({ attributes: { id: String(submitted!['_id']) } });
    expect(JSON.stringify(shown)).not.toContain('open sesame');
  });
});
