import { setTimeout as sleep } from 'node:timers/promises';
import { connectKafka, createPublisher, subscribe } from '@occ-hub/bus';
import {
  LeadSubmitted,
  WriteSettled,
  createKey,
  eventOf,
  getDelivery,
  replayDeliveries,
  topics,
} from '@occ-hub/contracts';
import { createLog, systemClock } from '@occ-hub/service';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Submitted } from '../endpoint.ts';
import { doorProvider } from '../testing/door-provider.ts';
import { eventually } from '../testing/eventually.ts';
import { type Started, type TestHub, openTestHub } from '../testing/test-hub.ts';

const { taken, provider } = doorProvider();
let hub: TestHub;
let replicas: readonly [Started, Started];
let key: string;
/** Everything on the topic that endpoints publish to, as text. */
const outbound: string[] = [];
let endEar: () => Promise<unknown>;

beforeAll(async () => {
  const servers = { kafkaBrokers: inject('kafkaBrokers'), natsUrl: inject('natsUrl'), mongoUrl: inject('mongoUrl') };
  hub = await openTestHub(provider, { servers, env: { KAFKA_PARTITIONS: '1', PROXIES: '1' } });
  const log = createLog({ service: 'test', level: 'silent' });
  const kafka = connectKafka({
    brokers: servers.kafkaBrokers,
    clientId: 'ear',
    log,
    prefix: hub.env['KAFKA_PREFIX'] ?? '',
  });
  const publisher = createPublisher(kafka);
  const ear = subscribe(kafka, {
    ...{ group: 'ear-of-doors', topics: [topics.outbound], deadLetter: publisher.park, clock: systemClock },
    handle: async (batch) => void outbound.push(...batch.map(({ event }) => JSON.stringify(event))),
  });
  await ear.joined;
  endEar = () => Promise.all([ear.stop(), publisher.stop()]);
  replicas = [await hub.start(), await hub.start()];
  await hub.connect({ office: 'main' });
  await hub.connect({ office: 'other' }, `${hub.connection}-2`);
  key = await keyOf('the lead form');
  const keys = [key, await keyOf('nobody’s', `${hub.connection}-2`)];
  const look = (at: Started, own: string) => call('/leads/evt-none', { at, key: own });
  const ready = () => Promise.all(replicas.flatMap((at) => keys.map((own) => look(at, own))));
  await eventually(ready, (answers) => answers.every(({ status }) => status !== 422 && status !== 401));
});
afterAll(async () => {
  await endEar();
  await hub.close();
});

async function keyOf(name: string, connection = hub.connection, scopes = ['leads']): Promise<string> {
  return (await hub.ask(createKey, { org: hub.org, connection, name, scopes, by: 'adm' })).text;
}
interface Call {
  readonly at?: Started;
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Record<string, string>;
}
async function call(path: string, { at = replicas[0], body, key: own = key, headers = {} }: Call = {}) {
  const method = body === undefined ? 'GET' : 'POST';
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const all = { authorization: `Bearer ${own}`, 'content-type': 'application/json', ...headers };
  const answer = await fetch(`${at.url}/v1/orgs/${hub.org}/door${path}`, { method, headers: all, ...sent });
  const text = await answer.text();
  return {
    status: answer.status,
    text,
    body: JSON.parse(text) as Submitted & { code: string } & Record<string, unknown>,
  };
}

describe('a lead that needs a choice', () => {
  it('answers at once with what there is to choose, and goes on with the choice, at whichever replica', async () => {
    const startedAt = performance.now();
    const asked = await call('/leads', { body: { key: 'ask-1', ask: true } });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    const { delivery } = asked.body;
    const choice = { name: 'where', prompt: 'Where to?', options: [{ id: 'north' }, { id: 'south' }] };
    expect(asked.body).toMatchObject({ repeated: false, state: 'awaiting-choice', choice, failedStep: null });
    const again = await call('/leads', { at: replicas[1], body: { key: 'ask-1', ask: true } });
    expect(again.body).toMatchObject({ repeated: true, state: 'awaiting-choice', delivery });
    expect((await call(`/leads/${delivery}`, { at: replicas[1] })).body).toMatchObject({ delivery, choice });

    expect((await call(`/leads/${delivery}/choice`, { body: { option: 'west' } })).body.code).toBe(
      'ledger.choice-unknown',
    );
    const chosen = await call(`/leads/${delivery}/choice`, { at: replicas[1], body: { option: 'south' } });
    expect(chosen.body).toMatchObject({
      delivery,
      state: 'delivered',
      choice: null,
      vendorIds: { lead_id: expect.any(String) },
    });
    expect(taken.filter((each) => each.startsWith('ask-1'))).toEqual(['ask-1@south']);
    expect((await call(`/leads/${delivery}/choice`, { body: { option: 'north' } })).body.code).toBe('ledger.no-choice');
    const { delivery: kept } = await hub.ask(getDelivery, { org: hub.org, delivery });
    expect(kept.choices).toMatchObject([{ name: 'where', option: 'south', by: 'the lead form' }]);
  });

  it('is nobody else’s to see or to choose for, also of the same org', async () => {
    const { delivery } = (await call('/leads', { body: { key: 'ask-2', ask: true } })).body;
    const other = await keyOf('another form', `${hub.connection}-2`);
    expect((await call(`/leads/${delivery}`, { key: other })).status).toBe(404);
    expect((await call(`/leads/${delivery}/choice`, { key: other, body: { option: 'south' } })).status).toBe(404);
    expect((await call('/leads/evt-none')).status).toBe(404);
    expect((await call(`/leads/${delivery}`)).body.state).toBe('awaiting-choice');
  });
});

describe('a door', () => {
  it('is told what stands in its path, whose key it is and from where the call came, and opens what it sealed', async () => {
    const own = await keyOf('a script');
    const headers = { 'x-forwarded-for': '198.51.100.4, 203.0.113.7' };
    const { body } = await call('/seldom/a%20b/2', { key: own, headers });
    expect(body).toMatchObject({ params: { one: 'a b', two: '2' }, from: '203.0.113.7', opened: { token: 't' } });
    expect(body['key']).toEqual({ id: own.slice(4, 20), name: 'a script' });
    expect(Math.abs(Number(body['now']) - Date.now())).toBeLessThan(10_000);
  });

  it('that is for few calls a minute refuses more of one key from one address, and hinders no other', async () => {
    const keys = await Promise.all(['one', 'two'].map((name) => keyOf(name)));
    const [one, two] = keys as [string, string];
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1)
      statuses.push((await call('/seldom/a/b', { key: one, headers: from('203.0.113.20') })).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await call('/seldom/a/b', { key: two, headers: from('203.0.113.20') })).status).toBe(200);
    expect((await call('/seldom/a/b', { key: one, headers: from('203.0.113.21') })).status).toBe(200);
    expect((await call('/leads', { key: one, headers: from('203.0.113.20'), body: { key: 'often-1' } })).status).toBe(
      200,
    );
  });
});

describe('a page', () => {
  const visit = async (method: string, headers: Record<string, string> = {}, body?: string) => {
    const own = { authorization: `Bearer ${pageKey}`, 'content-type': 'text/plain' };
    const address = `${replicas[0].url}/v1/orgs/${hub.org}/door/page`;
    const answer = await fetch(address, {
      ...{ method, headers: { ...own, ...headers } },
      ...(body === undefined ? {} : { body }),
    });
    const type = answer.headers.get('content-type');
    return { status: answer.status, type, text: await answer.text(), headers: answer.headers };
  };
  const from = (address: string) => ({ 'x-forwarded-for': address });
  let pageKey: string;
  beforeAll(async () => {
    pageKey = await keyOf('the page', hub.connection, ['pages']);
  });

  it('says itself what was refused: no key, one for something else, another method, a card number', async () => {
    const told = [
      await visit('GET', { authorization: '' }),
      await visit('GET', { authorization: `Bearer ${key}` }),
      await visit('PUT', {}, 'x'),
      await visit('POST', {}, 'card 4111111111111111'),
    ];
    expect(told.map(({ status, type, text }) => [status, type, text])).toEqual([
      [401, 'text/html; charset=utf-8', 'sorry: key.unknown'],
      [403, 'text/html; charset=utf-8', 'sorry: key.scope-missing'],
      [405, 'text/html; charset=utf-8', 'sorry: http.method'],
      [422, 'text/html; charset=utf-8', 'sorry: card-number.refused'],
    ]);
    expect(told[2]!.headers.get('allow')).toBe('GET, POST');
  });

  it('takes only so much of one address, which uses up nothing of the key’s or of another address', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 40; n += 1) statuses.push((await visit('POST', from('203.0.113.50'), 'x')).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(2);
    const refused = await visit('POST', from('203.0.113.50'), 'x');
    expect([refused.status, refused.type, refused.headers.get('retry-after')]).toEqual([
      429,
      'text/html; charset=utf-8',
      '60',
    ]);
    expect((await visit('GET', from('203.0.113.50'))).status).toBe(200);
    expect((await visit('POST', from('203.0.113.51'), 'x')).status).toBe(200);
  });
});

describe('a card number', () => {
  const digits = '4111111111111111';
  const told = /4111.?1111|1111.?1111/;

  it('is refused wherever it stands, and then is in no store, topic, log or metric, nor in the answer', async () => {
    const spaced = '4111 1111 1111 1111';
    const json = { 'content-type': 'application/json' };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answers = [
      await call('/leads', { body: { key: digits } }),
      await call('/leads', { body: { key: 'card-1', note: [{ [spaced]: 1 }] } }),
      await call('/leads', { body: '{"key":"card-2","card":4.111111111111111e15}' }),
      await call('/leads', { body: '{"key":"card-3","card":"\\u0034111\\u00a01111-1111.1111"}' }),
      await call('/leads', { headers: form, body: new URLSearchParams({ card: spaced }).toString() }),
      await call(`/leads?card=${encodeURIComponent(spaced)}`, { body: { key: 'card-4' } }),
      await call(`/leads/${digits}`),
      await call(`/leads/evt-1/choice`, { body: { option: digits } }),
      await call('/leads', { headers: { ...json, 'idempotency-key': digits }, body: { key: 'card-5' } }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [422, 'card-number.refused']),
    );
    answers.push(await call(`/leads?card=${digits}`, { key: 'wrong', body: { key: digits } }));
    expect(answers.at(-1)?.status).toBe(401);
    // What stands on the way of every call is not looked at, and not kept or told either.
    answers.push(await call('/leads', { headers: { ...json, 'x-request-id': digits }, body: { key: 'no-card-6' } }));
    expect(answers.at(-1)?.status).toBe(200);
    for (const path of [`/none/${digits}`, `/leads/${digits}/none`]) await call(path).catch(() => undefined);
    await call('/leads', { body: { key: 'card-after' } });
    await eventually(
      async () => outbound,
      (events) => events.some((text) => text.includes('card-after')),
    );
    await hub.mark();
    const metrics = await Promise.all(replicas.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
    const everything = [
      ...answers.map(({ text }) => text),
      ...outbound,
      ...hub.heard.map((event) => JSON.stringify(event)),
      ...replicas.flatMap(({ captured }) => captured.lines),
      ...metrics,
      await allStored(),
    ];
    expect(everything.join('\n')).toContain('card-after');
    expect(everything.filter((text) => told.test(text))).toEqual([]);
  });

  it('in an event from elsewhere is not kept: that it came is, refused for a person, also when it is replayed', async () => {
    const event = eventOf(
      LeadSubmitted,
      {
        ...{ id: 'evt-with-card', source: '/core', subject: `${hub.org}/door/lead/${digits}` },
        ...{
          time: new Date().toISOString(),
          orgid: hub.org,
          connectionid: hub.connection,
          provider: 'door',
          origin: 'occ',
        },
      },
      { lead_key: 'with-card', door: 'office', variables: { note: `card ${digits}` } },
    );
    await hub.publish([event]);
    const settled = () =>
      hub.heardOf(WriteSettled.type).filter(({ attributes }) => attributes.causationid === 'evt-with-card');
    const [first] = await eventually(
      async () => settled(),
      ({ length }) => length > 0,
      30_000,
    );
    expect(first?.data).toMatchObject({
      outcome: 'rejected',
      code: 'card-number.refused',
      delivery_id: 'evt-with-card',
    });
    await hub.ask(replayDeliveries, {
      org: hub.org,
      deliveries: ['evt-with-card'],
      plan: false,
      by: 'adm',
      send_again: false,
    });
    await eventually(
      async () => settled(),
      ({ length }) => length > 1,
      30_000,
    );
    await sleep(500);
    const { delivery: kept } = await hub.ask(getDelivery, { org: hub.org, delivery: 'evt-with-card' });
    expect(kept).toMatchObject({ state: 'parked', code: 'card-number.refused' });
    expect(taken.filter((each) => each.startsWith('with-card'))).toEqual([]);
    const lines = replicas.flatMap(({ captured }) => captured.lines);
    const everything = [await allStored(), ...lines, ...hub.heard.map((each) => JSON.stringify(each))];
    expect(everything.filter((text) => told.test(text))).toEqual([]);
  });
});

async function allStored(): Promise<string> {
  const names = (await hub.database.listCollections()).map(({ name }) => name);
  const all = await Promise.all(names.map((name) => hub.database.collection(name).find().toArray()));
  return JSON.stringify(all);
}
