import { WriteSettled, connectionHealth, replayDeliveries } from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serversOfThisRun } from './testing/servers.ts';
import { type Reply, type SoHub, aLead, openSoHub } from './testing/so-hub.ts';

let hub: SoHub;
beforeAll(async () => {
  hub = await openSoHub(serversOfThisRun());
});
afterAll(() => hub.close());
beforeEach(() => hub.company.control.clearReceived());
afterEach(() => hub.company.control.clearFaults());

const callsOf = (call: 'jobs' | 'operations') => hub.company.control.received(call).length;
const leadsOf = (lead: Record<string, unknown>) =>
  hub.company.control.leads().filter(({ notes }) => notes.includes(String(lead['source_id'])));
const ended = (reply: Reply, outcome: string) =>
  eventually(
    () => hub.look(reply.body['run']),
    ({ body }) => body['outcome'] === outcome,
    20_000,
  );
const replay = (reply: Reply, how: { send_again?: boolean } = {}) =>
  hub.ask(replayDeliveries, {
    ...{ org: hub.org, deliveries: [String(reply.body['run'])], by: 'adm' },
    ...{ plan: false, send_again: false, ...how },
  });
const settledOf = (reply: Reply) =>
  hub.heardOf(WriteSettled.type).filter(({ attributes }) => attributes.causationid === reply.body['run']);

describe('an answer that is lost after SingleOps made the lead', () => {
  it.each([
    ['a closed connection', { kind: 'cut', when: 'after' }],
    ['half of an answer', { kind: 'truncated' }],
    ['an error page', { kind: '500', when: 'after' }],
    ['a page of maintenance', { kind: 'html', when: 'after' }],
  ] as const)('leaves one lead there and a person here, never a second one: %s', async (_what, fault) => {
    hub.company.control.fault({ ...fault, call: 'jobs' });
    const lead = aLead();
    const reply = await hub.post(lead, { headers: { prefer: 'wait=1' } });
    const { body } = await ended(reply, 'uncertain');
    expect(body['message']).toMatch(/send again/);
    expect(leadsOf(lead)).toHaveLength(1);
    expect(callsOf('jobs')).toBe(1);
    expect((await hub.post(lead)).body).toMatchObject({ outcome: 'uncertain', repeated: true });
    await eventually(
      () => settledOf(reply),
      (list) => list.length === 1,
    );
    expect(settledOf(reply)[0]!.data).toMatchObject({ outcome: 'parked', code: 'ledger.uncertain' });
  });

  it('is told to the address for failures, where the connection names one', async () => {
    await hub.set({ failure_email: 'office@example.com' });
    hub.company.control.fault({ kind: 'cut', call: 'jobs', when: 'after' });
    const lost = await hub.post(aLead(), { headers: { prefer: 'wait=1' } });
    await ended(lost, 'uncertain');
    const [told] = await eventually(
      () => settledOf(lost),
      (list) => list.length === 1,
    );
    expect(told!.data).toMatchObject({ outcome: 'parked', report_to: 'office@example.com' });
    await hub.connect({ ...hub.usual, failure_email: null });
  });

  it('is sent again only when a person says so, to whom it was decided for', async () => {
    hub.company.control.fault({ kind: 'cut', call: 'jobs', when: 'after' });
    const lead = aLead({ email: 'rowan@example.com' });
    const reply = await hub.post(lead, { headers: { prefer: 'wait=1' } });
    await ended(reply, 'uncertain');
    await replay(reply, { send_again: true });
    expect((await ended(reply, 'delivered')).body).toMatchObject({ ids: { client_id: '9001' } });
    expect(leadsOf(lead)).toHaveLength(2);
  });

  it('holds for a lead of a new client, who is found meanwhile', async () => {
    hub.company.control.fault({ kind: 'cut', call: 'jobs', when: 'after' });
    await hub.set({ several_matches: 'ask' });
    const lead = aLead();
    const reply = await hub.post(lead, { headers: { prefer: 'wait=1' } });
    await ended(reply, 'uncertain');
    expect(leadsOf(lead)).toHaveLength(1);
    await hub.set({});
  });

  it('asks nobody anew where a second client matches by then: a question would make it be sent twice', async () => {
    hub.company.control.fault({ kind: 'cut', call: 'jobs', when: 'after' });
    await hub.set({ several_matches: 'ask' });
    const lead = aLead({ email: `twin-${process.pid}@example.com` });
    hub.company.control.addClient({ first_name: 'Ira', last_name: 'Twin', email: String(lead['email']) });
    const reply = await hub.post(lead, { headers: { prefer: 'wait=0' } });
    await eventually(
      () => leadsOf(lead).length,
      (count) => count === 1,
    );
    hub.company.control.addClient({ first_name: 'Iris', last_name: 'Twin', email: String(lead['email']) });
    await ended(reply, 'uncertain');
    expect(callsOf('jobs')).toBe(1);
    await hub.set({});
  });
});

describe('SingleOps in trouble before it did anything', () => {
  it.each([
    ['too many calls', { kind: '429', retryAfter: 1 }],
    ['too many calls, saying not for how long', { kind: '429', retryAfter: null }],
  ] as const)('the lead is sent later, once: %s', async (_what, fault) => {
    hub.company.control.fault({ ...fault, call: 'jobs' });
    const lead = aLead();
    await ended(await hub.post(lead, { headers: { prefer: 'wait=0' } }), 'delivered');
    expect(leadsOf(lead)).toHaveLength(1);
    expect(callsOf('jobs')).toBe(2);
  });

  it.each(['500', 'html', 'cut', '429', 'truncated'] as const)('the search is asked again: %s', async (kind) => {
    hub.company.control.fault({ kind, call: 'search', ...(kind === '429' ? { retryAfter: 1 } : {}) });
    const lead = aLead();
    await ended(await hub.post(lead, { headers: { prefer: 'wait=0' } }), 'delivered');
    expect(leadsOf(lead)).toHaveLength(1);
    expect(callsOf('jobs')).toBe(1);
  });

  it('it cannot be reached: the lead is taken, kept and arrives once', async () => {
    await hub.company.control.down();
    const lead = aLead();
    const reply = await hub.post(lead, { headers: { prefer: 'wait=0' } });
    expect([reply.status, reply.body['outcome']]).toEqual([202, 'running']);
    await hub.company.control.up();
    await ended(reply, 'delivered');
    expect(leadsOf(lead)).toHaveLength(1);
  });
});

describe('SingleOps refuses the lead', () => {
  it.each([
    ['with status 200', 'refused'],
    ['with a list of words', 'refused-list'],
  ] as const)('the lead waits for a person with its words: %s', async (_what, kind) => {
    hub.company.control.fault({ kind, call: 'jobs' });
    const lead = aLead();
    const reply = await hub.post(lead);
    expect([reply.status, reply.body]).toMatchObject([
      422,
      { outcome: 'refused', code: 'singleops.refused', step: 'create-lead' },
    ]);
    expect(reply.body['message']).toMatch(/SingleOps refused the lead: \S/);
    expect(leadsOf(lead)).toEqual([]);
    await replay(reply);
    await ended(reply, 'delivered');
    expect(leadsOf(lead)).toHaveLength(1);
  });

  it('a division that got another number meanwhile is learnt by reading the lists anew, once, and the lead arrives', async () => {
    await hub.post(aLead({ division: 'Plant health care' }));
    hub.company.control.clearReceived();
    hub.company.control.removeOperation(42);
    hub.company.control.setOperation({ id: 46, name: 'PHC', display_name: 'Plant health care' });
    const lead = aLead({ division: 'Plant health care' });
    expect((await hub.post(lead)).body['outcome']).toBe('delivered');
    expect(leadsOf(lead)).toHaveLength(1);
    expect([callsOf('operations'), callsOf('jobs')]).toEqual([1, 2]);
  });

  it('a division that is gone is named, and a source that goes on naming it makes no calls', async () => {
    hub.company.control.removeOperation(46);
    hub.company.control.clearReceived();
    const gone = aLead({ division: 'Plant health care' });
    expect((await hub.post(gone)).body).toMatchObject({
      ...{ outcome: 'refused', code: 'singleops.lead-unfit', step: 'create-lead' },
      message: expect.stringMatching(/division/),
    });
    for (let lead = 0; lead < 10; lead += 1)
      expect((await hub.post(aLead({ division: 'Plant health care' }))).body['code']).toBe('singleops.lead-unfit');
    expect([leadsOf(gone).length, callsOf('operations'), callsOf('jobs')]).toEqual([0, 1, 1]);
  });

  it('what is refused for itself is sent once', async () => {
    hub.company.control.clearReceived();
    hub.company.control.fault({ kind: 'refused', call: 'jobs' });
    expect((await hub.post(aLead())).body['outcome']).toBe('refused');
    expect(callsOf('jobs')).toBe(1);
  });
});

describe('the API user is refused', () => {
  const authorized = async () => (await hub.ask(connectionHealth, { org: hub.org, connection: hub.connection })).state;

  it.each([
    ['the token was changed', () => hub.company.control.renewToken()],
    [
      'to a login page',
      () => (hub.company.control.configure({ htmlLogin: 'always' }), hub.company.control.renewToken()),
    ],
  ])('the connection waits to be authorized again, without a storm of calls: %s', async (_what, change) => {
    const { token } = change();
    const lead = aLead();
    const reply = await hub.post(lead, { headers: { prefer: 'wait=0' } });
    await eventually(authorized, (state) => state === 'needs-reauthorization');
    const before = hub.company.control.received().length;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(hub.company.control.received().length - before).toBeLessThanOrEqual(2);
    expect(callsOf('jobs')).toBe(0);
    hub.company.control.configure({ htmlLogin: 'never' });
    await hub.set({ user_token: token });
    Object.assign(hub.usual, { user_token: token });
    await ended(reply, 'delivered');
    expect(leadsOf(lead)).toHaveLength(1);
  });

  it('by the plan of the account: the lead waits for a person', async () => {
    hub.company.control.allowApi(false);
    const reply = await hub.post(aLead());
    expect(reply.body).toMatchObject({ outcome: 'refused', code: 'singleops.forbidden' });
    hub.company.control.allowApi(true);
  });

  it('the settings are those of another account: authorize names them, and a lead waits for a person', async () => {
    await expect(hub.set({ operation_id: 61 })).rejects.toMatchObject({
      code: 'singleops.settings-unfit',
      fields: [{ pointer: '/operation_id' }],
    });
    const reply = await hub.post(aLead());
    expect(reply.body).toMatchObject({ outcome: 'refused', code: 'singleops.settings-unfit' });
    await hub.set({});
    await replay(reply);
    await ended(reply, 'delivered');
  });

  it('a dropdown has no such option any more: authorize says so', async () => {
    await expect(hub.set({ lead_source_value: 'Billboard' })).rejects.toMatchObject({
      fields: [{ pointer: '/lead_source_value' }],
    });
    await hub.set({});
  });
});
