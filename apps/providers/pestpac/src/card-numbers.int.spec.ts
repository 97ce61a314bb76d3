import { LeadSubmitted, WriteSettled, abortDelivery, eventOf, leadSubject, replayDeliveries } from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PpHub, aCard, aDisposition, openPpHub } from './testing/pp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: PpHub;
beforeAll(async () => {
  hub = await openPpHub(serversOfThisRun());
});
afterAll(() => hub.close());

/** A test number of a card brand: it passes Luhn and belongs to nobody. */
const number = '4111111111111111';
const spelt = ['4111 1111 1111 1111', '4111-1111-1111-1111', number, '4111.1111.1111.1111'];

/** Everything that the hub keeps, says or told. */
async function everythingHere(): Promise<string> {
  const collections = await hub.database.db!.collections();
  const kept = await Promise.all(collections.map((each) => each.find({}).toArray()));
  const logs = hub.running().captured.lines;
  return JSON.stringify([kept, hub.heard, logs]);
}

/** And everything that PestPac was sent. */
async function everything(): Promise<string> {
  return (await everythingHere()) + JSON.stringify(hub.company.control.received());
}

async function expectNowhere(): Promise<void> {
  await hub.mark();
  const digits = (await everything()).replace(/(?<=\d)[\s.-]+(?=\d)/g, '');
  expect(digits).not.toContain(number);
}

const post = (body: unknown, headers: Record<string, string> = {}, path = '/dispositions') =>
  hub.call(path, { method: 'POST', body, headers: { 'idempotency-key': `card-${Math.random()}`, ...headers } });

describe('a card number', () => {
  it.each<[string, () => ReturnType<typeof post>]>([
    ...spelt.map((written): [string, () => ReturnType<typeof post>] => [
      `written ${written.length === 16 ? 'plainly' : `with "${written[4]}"`} in a comment`,
      () => post(aDisposition('Lead', { fields: { Comments: `Pay with ${written} please` } })),
    ]),
    ['as a JSON number', () => post(JSON.stringify(aDisposition('Lead')).replace('"Ada"', number))],
    ['as the name of a field', () => post(aDisposition('Lead', { fields: { [number]: 'yes' } }))],
    ['in a field that nothing maps', () => post(aDisposition('Lead', { fields: { Whatever: number } }))],
    ['as the lead’s number', () => post(aDisposition('Lead', { lead_id: number }))],
    ['as the token of a card', () => post(aDisposition('Sold', { card: { ...aCard, token: number } }))],
    ['in the name on a card', () => post(aDisposition('Sold', { card: { ...aCard, name: number } }))],
    ['in what no trigger matches', () => post(aDisposition('Nobody', { fields: { Comments: number } }))],
    ['in a body that is no JSON', () => post(`{"record_type": "Pest", ${number}`)],
    [
      'in escapes',
      () =>
        post(
          JSON.stringify(aDisposition('Lead')).replace('Ada', [...number].map((digit) => `\\u003${digit}`).join('')),
        ),
    ],
    ['as the idempotency key', () => post(aDisposition('Lead'), { 'idempotency-key': number })],
    ['in the address of a run', () => hub.call(`/runs/${number}`)],
    ['in a question', () => hub.call(`/locations?phone=${number}`)],
    ['as a choice', () => post({ option: number }, {}, '/runs/evt-1/choice')],
  ])('%s is refused without being shown, and is nowhere afterwards', async (_where, send) => {
    const sizes = hub.company.control.sizes();
    const { status, body, text } = await send();
    expect([status, body['code']]).toEqual([422, 'card-number.refused']);
    expect(text.replace(/[\s.-]/g, '')).not.toContain(number);
    expect(hub.company.control.sizes()).toEqual(sizes);
    await expectNowhere();
  });

  it('of all these is on no topic, dead letters included, where a run that was taken is', async () => {
    const taken = aDisposition('Lead');
    expect((await post(taken)).status).toBe(201);
    const records = await eventually(
      () => hub.rawTopics(),
      (found) => found.filter((record) => record.includes(taken.lead_id)).length >= 3,
      60_000,
    );
    for (const record of records) expect(record.replace(/(?<=\d)[\s.-]+(?=\d)/g, '')).not.toContain(number);
  }, 90_000);

  it.each(['cvv', 'CVV2', 'Card CVC', 'securityCode', 'PIN', 'track2', 'Card Number'])(
    'is not what a field called %s may bring',
    async (name) => {
      const inFields = await post(aDisposition('Lead', { fields: { [name]: '771' } }));
      const besides = await post({ ...aDisposition('Lead'), [name]: '771' });
      for (const { status, body } of [inFields, besides])
        expect([status, body['code']]).toEqual([422, 'pestpac.card-secret-refused']);
    },
  );

  it('that comes over the bus is not kept: the delivery is parked without it', async () => {
    const lead = 'cp-bus-1';
    const event = eventOf(
      LeadSubmitted,
      {
        ...{
          id: 'evt-card-on-the-bus',
          source: '/test',
          orgid: hub.org,
          connectionid: hub.connection,
          provider: 'pestpac',
        },
        ...{ subject: leadSubject({ org: hub.org, provider: 'pestpac', key: lead }), origin: 'occ' },
        time: new Date(0).toISOString(),
      },
      { lead_key: lead, crm: 'pestpac', door: 'disposition', variables: { 'field:Comments': number } },
    );
    await hub.publish([event]);
    const kept = await eventually(
      () => hub.database.collection('deliveries').findOne({ _id: 'evt-card-on-the-bus' as never }),
      (found) => found !== null,
    );
    // What it is about stays, so that whoever sent it learns of it.
    const { subject } = event.attributes;
    expect(kept).toMatchObject({ state: 'parked', kind: 'rejected', lane: subject, event: { data: {} } });
    const [told] = await eventually(
      () => hub.heardOf(WriteSettled.type).filter(({ attributes }) => attributes.causationid === event.attributes.id),
      (found) => found.length > 0,
      30_000,
    );
    expect(told).toMatchObject({ attributes: { subject }, data: { outcome: 'rejected', code: 'card-number.refused' } });
    await expectNowhere();
  }, 40_000);

  it('may be quoted by PestPac when it refuses the token of a card: that is seen by nobody and kept nowhere', async () => {
    hub.company.control.configure({ quotesTokens: true });
    const token = 'tok "quoted< &ü';
    try {
      const { status, body } = await post(aDisposition('Sold', { card: { ...aCard, token } }));
      expect([status, body['outcome'], body['step']]).toEqual([422, 'refused', 'add-card']);
      expect(body['message']).toContain('CardToken ••• is not valid');
      await hub.mark();
      expect(await everythingHere()).not.toContain('quoted<');
    } finally {
      hub.company.control.configure({ quotesTokens: false });
    }
  });

  it('of a tokeniser lies sealed while it is needed, and no longer', async () => {
    const of = async (run: unknown) =>
      JSON.stringify(await hub.database.collection('deliveries').findOne({ _id: String(run) as never }));
    hub.company.control.fault({ kind: '403', call: 'POST /BillTos/{billToId}/paymentAccounts', count: 2 });
    const kept = await post(aDisposition('Sold', { card: aCard }));
    const ended = await post(aDisposition('Sold', { card: aCard }));
    expect(await of(kept.body['run'])).toContain('"sealed"');
    const ask = { org: hub.org, by: 'adm' };
    await hub.ask(abortDelivery, { ...ask, delivery: String(ended.body['run']), reason: 'They pay by cheque' });
    await hub.ask(replayDeliveries, { ...ask, deliveries: [String(kept.body['run'])], plan: false, send_again: false });
    await eventually(
      () => hub.call(`/runs/${String(kept.body['run'])}`),
      ({ body }) => body['outcome'] === 'delivered',
    );
    for (const { body } of [kept, ended]) expect(await of(body['run'])).not.toContain('"sealed"');
  });

  it('is told from what it is not: phones, dates and long numbers of other kinds go through', async () => {
    const fields = { Comments: 'Call 413-555-0142, order 4111111111111112, since 2026-03-04 10:00' };
    expect((await post(aDisposition('Lead', { fields }))).body['outcome']).toBe('delivered');
  });
});
