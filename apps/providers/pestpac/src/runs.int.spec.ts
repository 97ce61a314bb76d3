import { AppointmentUpserted, JobUpserted, WriteSettled, getDelivery, replayDeliveries } from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PpHub, aCard, aDisposition, openPpHub, triggers } from './testing/pp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: PpHub;
beforeAll(async () => {
  hub = await openPpHub(serversOfThisRun());
});
afterAll(() => hub.close());
afterEach(() => hub.company.control.clearFaults());

type Ids = Record<string, string>;
const idsOf = (body: Record<string, unknown>) => body['ids'] as Ids;
const record = (kind: Parameters<PpHub['company']['control']['record']>[0], id: string | undefined) =>
  hub.company.control.record(kind, Number(id));
const told = async (type: string, is: (data: never) => boolean) =>
  (await eventually(
    () => hub.heardOf(type).find(({ data }) => is(data as never)),
    (found) => found !== undefined,
  ))!;

describe('a disposition of a new customer', () => {
  it('makes location, lead, task, both services and the card, in that order, and answers their numbers', async () => {
    hub.company.control.forget();
    const disposition = aDisposition('Sold', { card: aCard });
    const { status, body } = await hub.disposition(disposition);
    expect([status, body['outcome']]).toEqual([201, 'delivered']);
    const ids = idsOf(body);
    const made = hub.company.control.received().filter(({ call }) => !call.startsWith('GET'));
    expect(made.map(({ call }) => call).filter((call) => !call.includes('token'))).toEqual([
      'POST /Locations',
      'POST /Leads',
      'POST /Tasks',
      'POST /ServiceOrders',
      'POST /ServiceSetups',
      'POST /BillTos/{billToId}/paymentAccounts',
      'PUT /ServiceSetups/{setupId}/paymentAccount',
    ]);
    expect(record('locations', ids['location_id'])).toMatchObject({
      ...{
        BillToID: Number(ids['bill_to_id']),
        LocationCode: ids['location_code'],
        Phone: expect.stringMatching(/^617-555-/),
      },
      InternalIdentifier: `cp:${disposition.lead_id}`,
    });
    expect(record('leads', ids['lead_id'])).toMatchObject({
      LocationID: Number(ids['location_id']),
      Comment: expect.stringMatching(/^Ants in the kitchen\n\[cp:[0-9a-f]{12}\]$/),
    });
    expect(record('tasks', ids['task_id'])).toMatchObject({
      StartDate: '2027-03-09T09:00:00',
      Description: expect.stringContaining(`PestPac lead ${ids['lead_id']}`),
    });
    expect(record('orders', ids['order_id'])).toMatchObject({ Origin: 'OneTime', WorkDate: '2027-03-10T14:30:00' });
    expect(record('setups', ids['setup_id'])).toMatchObject({ CardID: Number(ids['card_id']), AutoBill: true });
    expect(record('cards', ids['card_id'])).toMatchObject({ AccountNumber: '1881', CreditCardType: 'Visa' });
  });

  it('is told as a job with its appointments, and so is its end', async () => {
    const { body } = await hub.disposition(aDisposition('Sold', { card: aCard }));
    const ids = idsOf(body);
    const settled = await told(
      WriteSettled.type,
      ({ vendor_ids }: { vendor_ids: Ids }) => vendor_ids['lead_id'] === ids['lead_id'],
    );
    expect(settled.data).toMatchObject({ outcome: 'delivered', vendor_ids: ids });
    // Two topics: whoever reads both may see the end first.
    const job = await told(
      JobUpserted.type,
      (data: { job: { external_id: string } }) => data.job.external_id === ids['lead_id'],
    );
    expect(job.data).toMatchObject({
      job: {
        ...{ customer_name: expect.stringMatching(/^Ada Quill/), lead_source: 'SALESEXEC' },
        address: { city: 'Marlow', state: 'MA', postal_code: '01000' },
        metadata: { location_id: ids['location_id'], bill_to_id: ids['bill_to_id'] },
      },
    });
    const ofThisJob = () =>
      hub
        .heardOf(AppointmentUpserted.type)
        .map(({ data }) => (data as { appointment: Record<string, unknown> }).appointment)
        .filter((each) => each['job_external_id'] === ids['lead_id']);
    const appointments = await eventually(
      async () => ofThisJob(),
      ({ length }) => length === 3,
    );
    const seen = appointments.map(({ external_id, crm_user_id, start_time }) => [external_id, crm_user_id, start_time]);
    expect(seen.toSorted()).toEqual(
      [
        [`task-${ids['task_id']}`, 'JDOE', '2027-03-09T14:00:00.000Z'],
        [`order-${ids['order_id']}`, 'RASHBY', '2027-03-10T19:30:00.000Z'],
        [`order-${ids['initial_order_id']}`, 'unassigned', '2027-03-11T15:00:00.000Z'],
      ].toSorted(),
    );
  });

  it('cuts a text where the mapping says so, and that is recorded with the run', async () => {
    const { body } = await hub.disposition(
      aDisposition('Place', { fields: { Address: '1200 Northwest Featherstone Boulevard' } }),
    );
    expect(record('locations', idsOf(body)['location_id'])['Address']).toBe('1200 Northwest Featherstone Bo');
    expect(idsOf(body)['warnings']).toMatch(/^Location Address: /);
    expect(idsOf(body)['warnings']).not.toContain('Featherstone');
  });

  it('makes only what the trigger switched on', async () => {
    const before = hub.company.control.sizes();
    const { body } = await hub.disposition(aDisposition('Place'));
    const after = hub.company.control.sizes();
    expect(body['outcome']).toBe('delivered');
    expect(after).toEqual({ ...before, locations: before.locations + 1, billTos: before.billTos + 1 });
  });
});

describe('a disposition that starts nothing', () => {
  it.each([
    ['no trigger has its action', aDisposition('Called')],
    ['no trigger has its record type', { ...aDisposition('Lead'), record_type: 'Roofing' }],
    ['its trigger is switched off', aDisposition('Off')],
  ])('because %s is ignored', async (_why, disposition) => {
    const { status, body } = await hub.disposition(disposition);
    expect([status, body]).toEqual([200, { outcome: 'ignored' }]);
  });

  it('because a required field is empty names it, and PestPac is not called', async () => {
    hub.company.control.forget();
    const { status, body } = await hub.disposition(aDisposition('Lead', { fields: { 'Last Name': ' ' } }));
    expect([status, body['outcome']]).toEqual([422, 'incomplete']);
    expect(body['fields']).toEqual([
      expect.objectContaining({ category: 'Location', pestpac_field: 'LastName', clickpoint_field: 'Last Name' }),
    ]);
    expect(hub.company.control.received()).toEqual([]);
  });

  it('because a name is too long, or a code is unknown, says which field', async () => {
    const long = await hub.disposition(aDisposition('Lead', { fields: { 'Last Name': 'Featherstonehaugh-Smythe' } }));
    const odd = await hub.disposition(aDisposition('Lead', { fields: { Division: 'NOPE' } }));
    const landlord = await hub.disposition(aDisposition('Lead', { fields: { 'Location Type': 'LANDLORD' } }));
    for (const [answer, field] of [
      [long, 'Last Name'],
      [odd, 'Division'],
      [landlord, 'Location Type'],
    ] as const) {
      expect([answer.status, answer.body['outcome']]).toEqual([422, 'incomplete']);
      expect(answer.body['fields']).toEqual([expect.objectContaining({ clickpoint_field: field })]);
    }
  });
});

describe('a disposition that comes again', () => {
  it('with its key is answered alike and done once; with another body it is refused', async () => {
    const disposition = aDisposition('Lead');
    const first = await hub.disposition(disposition, 'again-1');
    const sizes = hub.company.control.sizes();
    const second = await hub.disposition(disposition, 'again-1');
    expect([second.status, second.body]).toEqual([200, { ...first.body, repeated: true }]);
    const other = await hub.disposition(aDisposition('Lead'), 'again-1');
    expect([other.status, other.body['code']]).toEqual([409, 'endpoint.key-used']);
    expect(other.body['detail']).toContain(first.body['status_url']);
    const ignored = await hub.disposition(aDisposition('Called'), 'again-1');
    expect([ignored.status, ignored.body['code']]).toEqual([409, 'endpoint.key-used']);
    expect(hub.company.control.sizes()).toEqual(sizes);
  });

  it('is answered alike although its trigger is gone by now', async () => {
    const trigger = { ...triggers[4]!, actions: ['Soon gone'] };
    await hub.configure('triggers', [...triggers, trigger]);
    const disposition = aDisposition('Soon gone');
    const first = await hub.disposition(disposition, 'again-2');
    await hub.configure('triggers', triggers);
    expect((await hub.disposition(disposition, 'again-2')).body).toEqual({ ...first.body, repeated: true });
    expect((await hub.disposition(disposition, 'again-3')).body).toEqual({ outcome: 'ignored' });
  });

  it('waits no longer than its caller wants to, and says where to ask', async () => {
    hub.company.control.fault({ kind: 'delay', call: 'POST /Leads', ms: 1_500 });
    const headers = { 'idempotency-key': 'again-4', prefer: 'wait=0' };
    const answer = await hub.call('/dispositions', { method: 'POST', body: aDisposition('Lead'), headers });
    expect([answer.status, answer.body['outcome']]).toEqual([202, 'running']);
    expect(answer.headers.get('location')).toBe(answer.body['status_url']);
    const ended = await eventually(
      () => hub.call(`/runs/${String(answer.body['run'])}`),
      ({ body }) => body['outcome'] === 'delivered',
    );
    expect(ended.status).toBe(200);
  });

  it('needs a key', async () => {
    const { status, body } = await hub.call('/dispositions', { method: 'POST', body: aDisposition('Lead') });
    expect([status, body['code']]).toEqual([400, 'endpoint.idempotency-key']);
  });

  it('of the same lead uses the location and the lead of before, without asking', async () => {
    const disposition = aDisposition('Lead');
    const first = await hub.disposition(disposition);
    const sizes = hub.company.control.sizes();
    const task = await hub.disposition({ ...disposition, action: 'Task' });
    expect(task.body['outcome']).toBe('delivered');
    expect(idsOf(task.body)).toMatchObject({
      location_id: idsOf(first.body)['location_id'],
      lead_id: idsOf(first.body)['lead_id'],
    });
    expect(hub.company.control.sizes()).toEqual({ ...sizes, tasks: sizes.tasks + 1 });
  });

  it('of a lead whose location was deleted looks for one anew', async () => {
    const disposition = aDisposition('Lead');
    const first = idsOf((await hub.disposition(disposition)).body);
    hub.company.control.remove('locations', Number(first['location_id']));
    const { body } = await hub.disposition(disposition);
    expect(body['outcome']).toBe('awaiting-choice');
    const chosen = await hub.choose(body['run'], `billto:${first['bill_to_id']}`);
    expect(idsOf(chosen.body)['bill_to_id']).toBe(first['bill_to_id']);
    expect(idsOf(chosen.body)['location_id']).not.toBe(first['location_id']);
  });

  it('of a lead without a location fails where its trigger makes none', async () => {
    const { status, body } = await hub.disposition(aDisposition('Task'));
    expect([status, body['outcome'], body['code']]).toEqual([422, 'refused', 'pestpac.no-location']);
    const run = await hub.call(`/runs/${String(body['run'])}`);
    expect([run.status, run.body]).toEqual([200, body]);
  });
});

describe('a customer whom PestPac knows', () => {
  const thornquist = (action = 'Lead') => aDisposition(action, { fields: { Phone: '413 555 0119' } });
  interface Option {
    readonly id: string;
    readonly title: string;
    readonly group?: { readonly id: string; readonly title: string };
  }
  const optionsOf = (body: Record<string, unknown>) => (body['choice'] as { options: readonly Option[] }).options;

  it('by a phone of two customers with three locations: two groups, three choices, and new ones', async () => {
    const { status, body } = await hub.disposition(thornquist());
    expect([status, body['outcome']]).toEqual([202, 'awaiting-choice']);
    const options = optionsOf(body);
    const groups = new Set(options.map(({ group }) => group?.title).filter(Boolean));
    expect([...groups].toSorted()).toEqual(['Ruth Thornquist', 'Thornquist Dairy']);
    expect(options.map(({ id }) => id.split(':')[0]).toSorted()).toEqual(
      ['location', 'location', 'location', 'billto', 'billto', 'new'].toSorted(),
    );
  });

  it('goes on with the location that was chosen', async () => {
    const { body } = await hub.disposition(thornquist());
    const status = await hub.call(`/runs/${String(body['run'])}`);
    expect([status.status, status.body]).toEqual([200, body]);
    const option = optionsOf(body).find(({ id }) => id.startsWith('location:'))!;
    const sizes = hub.company.control.sizes();
    const chosen = await hub.choose(body['run'], option.id);
    expect([chosen.status, chosen.body['outcome']]).toEqual([200, 'delivered']);
    expect(`location:${idsOf(chosen.body)['location_id']}`).toBe(option.id);
    expect(hub.company.control.sizes()).toEqual({ ...sizes, leads: sizes.leads + 1 });
    expect((await hub.choose(body['run'], option.id)).body['code']).toBe('ledger.no-choice');
  });

  it('gets a new location where that was chosen: of the customer, or of a new one', async () => {
    const { body } = await hub.disposition(thornquist('Place'));
    const option = optionsOf(body).find(({ id }) => id.startsWith('billto:'))!;
    const sizes = hub.company.control.sizes();
    const under = await hub.choose(body['run'], option.id);
    expect(`billto:${idsOf(under.body)['bill_to_id']}`).toBe(option.id);
    expect(hub.company.control.sizes()).toEqual({ ...sizes, locations: sizes.locations + 1 });
    const other = await hub.disposition(thornquist('Place'));
    const anew = await hub.choose(other.body['run'], 'new');
    expect(anew.body['outcome']).toBe('delivered');
    expect(hub.company.control.sizes()).toEqual({
      ...sizes,
      ...{ locations: sizes.locations + 2, billTos: sizes.billTos + 1 },
    });
  });

  it('is not gone on with by an option that nobody was offered', async () => {
    const { body } = await hub.disposition(thornquist());
    const { status, body: refused } = await hub.choose(body['run'], 'location:1');
    expect([status, refused['code']]).toEqual([422, 'ledger.choice-unknown']);
  });

  it('waits over a restart, and holds what comes for the same lead', async () => {
    const disposition = thornquist();
    const { body } = await hub.disposition(disposition);
    await hub.restart();
    const chosen = await hub.choose(body['run'], 'new');
    expect(chosen.body['outcome']).toBe('delivered');
    const next = await hub.disposition({ ...disposition, action: 'Task' });
    expect(idsOf(next.body)['location_id']).toBe(idsOf(chosen.body)['location_id']);
  });

  it('that nobody chooses for in time is parked, and a replay asks anew', async () => {
    const { body } = await hub.disposition(thornquist());
    const past = { $set: { 'choice.expiresAt': Date.now() - 1 } };
    await hub.database.collection('deliveries').updateOne({ _id: String(body['run']) as never }, past);
    const run = `/runs/${String(body['run'])}`;
    const expired = await eventually(
      () => hub.call(run),
      (answer) => answer.body['outcome'] === 'failed',
      25_000,
    );
    expect(expired.body['code']).toBe('ledger.choice-expired');
    await hub.ask(replayDeliveries, {
      ...{ org: hub.org, deliveries: [String(body['run'])], plan: false, by: 'adm', send_again: false },
    });
    await eventually(
      () => hub.call(run),
      (answer) => answer.body['outcome'] === 'awaiting-choice',
    );
    expect((await hub.choose(body['run'], 'new')).body['outcome']).toBe('delivered');
  }, 40_000);

  it('may be chosen although the location was closed meanwhile: a lead is made, and that is said', async () => {
    const halloran = aDisposition('Lead', { fields: { Phone: '413-555-0163' } });
    const { body } = await hub.disposition(halloran);
    const active = optionsOf(body).find(({ id, title }) => id.startsWith('location:') && !title.includes('inactive'))!;
    hub.company.control.change('locations', Number(active.id.split(':')[1]), { Active: false });
    const chosen = await hub.choose(body['run'], active.id);
    expect(chosen.body['outcome']).toBe('delivered');
    expect(idsOf(chosen.body)['location_inactive']).toBe('yes');
  });
});

describe('the doors beside', () => {
  it('find customers by a phone, in whatever way it is written', async () => {
    const { status, body } = await hub.call('/locations?phone=%2B1%20(413)%20555-0142');
    expect(status).toBe(200);
    expect(body['customers']).toEqual([
      expect.objectContaining({
        last_name: 'Okafor',
        locations: [
          expect.objectContaining({ address: '12 Alder Way' }),
          expect.objectContaining({ address: '3 Quarry Ln' }),
        ],
      }),
    ]);
    expect((await hub.call('/locations?phone=12')).status).toBe(400);
  });

  it('show cards without their tokens, and give a payment link that nothing keeps', async () => {
    const okafor = hub.company.control.records('billTos', { LastName: 'Okafor' })[0]!;
    const cards = await hub.call(`/cards?bill_to=${String(okafor['BillToID'])}`);
    expect(cards.body['cards']).toEqual([
      expect.objectContaining({ brand: 'Visa', last4: '4242', expiry: '2028-09', primary: true }),
    ]);
    expect(cards.text).not.toContain('sim_tok');
    const link = await hub.call('/payment-links', { method: 'POST', body: { bill_to: okafor['BillToID'] } });
    expect(link.status).toBe(201);
    const url = String(link.body['url']);
    expect(hub.company.control.payByLink(url)).toMatchObject({ BillToID: okafor['BillToID'] });
    expect((await hub.call(`/cards?bill_to=${String(okafor['BillToID'])}`)).body['cards']).toHaveLength(2);
    const own = url.split('/').at(-1)!;
    expect(hub.running().captured.lines.join('\n')).not.toContain(own);
    const kept = await everythingKept();
    expect(kept).not.toContain(own);
  });

  it('know no run of another id, and no key without the right scope', async () => {
    const unknown = await hub.call('/runs/evt-nobody');
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'endpoint.run-unknown']);
    const cards = await hub.key('cards');
    const answer = await fetch(hub.at('/dispositions'), {
      method: 'POST',
      headers: { authorization: `Bearer ${cards}` },
    });
    expect(answer.status).toBe(403);
  });
});

async function everythingKept(): Promise<string> {
  const collections = await hub.database.db!.collections();
  const all = await Promise.all(collections.map((each) => each.find({}).toArray()));
  return JSON.stringify([all, hub.heard]);
}

describe('a card', () => {
  it('that PestPac has is not added twice, and its token is nowhere afterwards', async () => {
    const disposition = aDisposition('Sold', { card: aCard });
    const first = await hub.disposition(disposition);
    const second = await hub.disposition({ ...disposition, action: 'Sold' });
    expect(idsOf(second.body)['card_id']).toBe(idsOf(first.body)['card_id']);
    const { delivery } = await hub.ask(getDelivery, { org: hub.org, delivery: String(first.body['run']) });
    expect(JSON.stringify(delivery)).not.toContain(aCard.token);
    expect(await everythingKept()).not.toContain(aCard.token);
    expect(hub.running().captured.lines.join('\n')).not.toContain(aCard.token);
  });
});
