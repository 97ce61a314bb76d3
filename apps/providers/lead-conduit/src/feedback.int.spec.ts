import { LeadFeedbackReceived, WriteSettled, saveSettings, searchDeliveries } from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LcHub, aLead, openLcHub, replyOf } from './testing/lc-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: LcHub;
let leadsKey: string;
let feedbackKey: string;

beforeAll(async () => {
  hub = await openLcHub(serversOfThisRun());
  [leadsKey, feedbackKey] = [await hub.key('leads'), await hub.key('feedback')];
  hub.platform.control.addFlow({
    id: 'flow-1',
    name: 'Windows',
    sources: [{ id: 'source-1', name: 'Example Media' }],
    steps: [
      {
        name: 'LeadPerfection',
        url: hub.at('/add-lead'),
        headers: { authorization: `Bearer ${leadsKey}` },
        variables: { lognumber: '{{lead.lognumber}}', eventid: '{{event.id}}', srs_id: '{{lead.srs_id}}' },
      },
    ],
  });
});
afterAll(() => hub.close());
beforeEach(() => {
  hub.company.control.feedbackTo(hub.at('/feedback'), { as: 'form' }, { 'x-api-key': feedbackKey });
});
afterEach(() => {
  hub.company.control.clearFaults();
  hub.platform.control.clearFaults();
});

/** A lead on its whole way: LeadConduit's flow, the hub, LeadPerfection's queue. */
async function submitted() {
  const lead = aLead();
  const { events } = await hub.platform.control.submit(lead, { flow: 'flow-1', source: 'source-1' });
  const event = events[0]!;
  const [inbound] = hub.company.control.leads({ eventId: event.id });
  return { event, inbound: inbound!, run: event.runs[0]! };
}
const feedbackOf = (eventId: string) => hub.platform.control.feedback({ eventId });
const arrived = (eventId: string, count = 1) =>
  eventually(
    () => feedbackOf(eventId),
    (list) => list.length >= count,
  );
const call = async (query: string, init: RequestInit = {}) =>
  replyOf(
    await fetch(`${hub.at('/feedback')}?${query}`, { ...init, headers: { 'x-api-key': feedbackKey, ...init.headers } }),
  );
const heardOf = (eventId: string) =>
  hub
    .heardOf(LeadFeedbackReceived.type)
    .map(({ data }) => data as { event_id: string; type: string; reason: string; facts: Record<string, string> })
    .filter((data) => data.event_id === eventId);

describe('a lead’s whole circle', () => {
  it('is delivered by a flow of LeadConduit, with the number of LeadPerfection’s queue appended', async () => {
    const { inbound, run } = await submitted();
    expect(run.appended).toMatchObject({ outcome: 'success', lead_id: String(inbound.in1Id) });
    expect(inbound.fields).toMatchObject({ srs_id: '001488', sender: 'Example Media' });
  });

  it('comes back as a return when LeadPerfection deletes the lead, with its reason', async () => {
    const { event, inbound } = await submitted();
    await hub.company.control.processQueue({ in1Id: inbound.in1Id, verdict: 'delete', ikrdescr: 'Not a home owner' });
    const [feedback] = await arrived(event.id);
    expect(feedback).toMatchObject({ type: 'return', feedbackReason: 'Not a home owner', outcome: 'success' });
  });

  it.each(['query', 'form', 'json', 'xml'] as const)(
    'comes back as a conversion when it is sold, told as %s in wobbling spelling',
    async (as) => {
      const { event, inbound } = await submitted();
      hub.company.control.feedbackTo(
        hub.at('/feedback'),
        { as, keys: 'wobble', flags: 'letters' },
        { 'x-api-key': feedbackKey },
      );
      await hub.company.control.processQueue({ in1Id: inbound.in1Id, verdict: 'add' });
      await hub.company.control.advanceLead(inbound.in1Id, {
        dispo: 'Sale',
        everSet: true,
        everDemo: true,
        sold: true,
        gross: 12_500,
      });
      expect((await arrived(event.id)).map(({ type }) => type)).toEqual(['conversion']);
      // LeadConduit may have it before the bus has.
      const heard = await eventually(
        () => heardOf(event.id),
        (list) => list.length >= 2,
      );
      expect(heard.map(({ type }) => type).toSorted()).toEqual(['conversion', 'none']);
    },
  );

  it('is a fact on the bus also where the source need not know: merged', async () => {
    const { event, inbound } = await submitted();
    await hub.company.control.processQueue({ in1Id: inbound.in1Id, verdict: 'merge' });
    const [fact] = await eventually(
      () => heardOf(event.id),
      (list) => list.length > 0,
    );
    expect(fact).toMatchObject({ type: 'none', reason: 'merged with an existing record' });
    expect(fact!.facts).toMatchObject({ leadnumber: expect.any(String), prospectid: expect.any(String) });
    expect(feedbackOf(event.id)).toEqual([]);
  });

  it('is passed on once, however often LeadPerfection says it', async () => {
    const { event, inbound } = await submitted();
    await hub.company.control.processQueue({ in1Id: inbound.in1Id, verdict: 'delete' });
    await arrived(event.id);
    await hub.company.control.repeatFeedback(inbound.in1Id);
    await hub.company.control.repeatFeedback(inbound.in1Id);
    await hub.mark();
    expect(feedbackOf(event.id)).toHaveLength(1);
  });
});

describe('LeadConduit’s feedback address in trouble', () => {
  it('loses its answer: a person looks, and nothing is sent twice', async () => {
    const { event, inbound } = await submitted();
    hub.platform.control.fault({ kind: 'lose', count: 1 });
    await hub.company.control.processQueue({ in1Id: inbound.in1Id, verdict: 'delete' });
    const { deliveries } = await eventually(
      () => hub.ask(searchDeliveries, { org: hub.org, filter: { state: ['uncertain'] } }),
      (found) => found.deliveries.length > 0,
    );
    expect(deliveries[0]).toMatchObject({ event_type: LeadFeedbackReceived.type, code: 'ledger.uncertain' });
    expect(feedbackOf(event.id)).toHaveLength(1);
  });

  it('refuses: the delivery waits for a person with its reason', async () => {
    hub.platform.control.setFeedback('flow-1', 'LeadPerfection', { returns: false });
    const { event, inbound } = await submitted();
    await hub.company.control.processQueue({ in1Id: inbound.in1Id, verdict: 'delete' });
    const settled = await eventually(
      () =>
        hub
          .heardOf(WriteSettled.type)
          .map(({ data }) => data as { event_type: string; outcome: string; message?: string })
          .find((data) => data.event_type === LeadFeedbackReceived.type && data.outcome === 'rejected'),
      (found) => found !== undefined,
    );
    hub.platform.control.setFeedback('flow-1', 'LeadPerfection', { returns: true });
    expect(settled!.message).toMatch(/LeadConduit did not take the feedback: \S/);
    expect(feedbackOf(event.id).map(({ outcome }) => outcome)).toEqual(['failure']);
  });
});

describe('the answer to LeadPerfection', () => {
  it('is 201 with outcome, reason, lead and price, in JSON or in XML', async () => {
    const json = await call('EventID=e-1&Method=A&LogNumber=LC-9');
    expect([json.status, json.body]).toEqual([
      201,
      { outcome: 'success', reason: null, lead: { id: 'LC-9' }, price: 0 },
    ]);
    const xml = await call('EventID=e-1&Method=A&LogNumber=LC-9', { headers: { accept: 'text/xml' } });
    expect(xml.headers.get('content-type')).toMatch(/xml/);
    expect(xml.text).toMatch(/<outcome>success<\/outcome>/);
  });

  it('is a failure without an event id, and where no rule knows it: that is a fact all the same', async () => {
    expect((await call('Method=X')).body).toMatchObject({ outcome: 'failure', reason: 'event id is required' });
    expect((await call('EventID=e-2&Dispo=Something')).body).toMatchObject({ outcome: 'failure' });
    await hub.mark();
    expect(heardOf('e-2').map(({ type, facts }) => [type, facts['dispo']])).toEqual([['none', 'Something']]);
  });

  it('is 400 for what no event can carry, and nothing goes on', async () => {
    const long = await call(`EventID=${'e'.repeat(201)}&Method=X`);
    expect([long.status, long.body['code']]).toEqual([400, 'endpoint.too-much']);
    await hub.mark();
    expect(heardOf('e'.repeat(201))).toEqual([]);
  });

  it('says 405, 415, 406 and 400 as the platform does, and asks for a key', async () => {
    const post = (headers: Record<string, string>, body: string) => call('', { method: 'POST', headers, body });
    expect((await call('', { method: 'DELETE' })).status).toBe(405);
    expect((await post({ 'content-type': 'text/csv' }, 'a,b')).status).toBe(406);
    expect((await post({ 'content-type': 'application/json' }, '{"a":')).status).toBe(400);
    expect((await post({ 'content-type': 'text/xml' }, '<a><b></a>')).status).toBe(400);
    const noType = new Uint8Array([123, 125]);
    expect((await call('', { method: 'POST', body: noType })).status).toBe(415);
    expect((await fetch(`${hub.at('/feedback')}?EventID=e&Method=A`)).status).toBe(401);
    const inAddress = await fetch(`${hub.at('/feedback')}?EventID=e&Method=A&key=${feedbackKey}`);
    expect(inAddress.status).toBe(201);
  });

  it('follows the org’s own rules', async () => {
    const rule = { when: { dispo: ['Data', 'BO'] }, type: 'return', reason: ['dispo'], outcome: 'success' };
    const settings = { client_id: 'demo1', feedback_rules: [rule] };
    await hub.ask(saveSettings, { org: hub.org, connection: hub.connection, settings });
    const { event } = await submitted();
    // Another replica's settings are a second old at most.
    await eventually(
      async () => (await call(`EventID=${event.id}&Dispo=BO`)).body['outcome'],
      (outcome) => outcome === 'success',
    );
    expect((await arrived(event.id))[0]).toMatchObject({ type: 'return', feedbackReason: 'BO' });
  });
});
