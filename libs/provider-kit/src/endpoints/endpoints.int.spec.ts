import { setTimeout as sleep } from 'node:timers/promises';
import { WriteSettled, pauseConnection, revokeKey } from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { type LeadHub, openLeadHub } from '../testing/lead-hub.ts';
import type { Started } from '../testing/test-hub.ts';

let hub: LeadHub;
let replicas: readonly [Started, Started];
let key: string;
beforeAll(async () => {
  const servers = { kafkaBrokers: inject('kafkaBrokers'), natsUrl: inject('natsUrl'), mongoUrl: inject('mongoUrl') };
  hub = await openLeadHub({ servers, env: { KAFKA_PARTITIONS: '1', ENDPOINT_CALLS_PER_MINUTE: '60' } });
  replicas = [await hub.start(), await hub.start()];
  await hub.connect({ office: 'main' });
  key = await hub.key();
  // Another replica knows a new connection within a second.
  const ready = () => Promise.all(replicas.map((at) => hub.post(at, { keys: ['log/0'], key })));
  await eventually(ready, (answers) => answers.every(({ status }) => status === 200));
});
afterAll(() => hub.close());

const which = () => ({ org: hub.org, connection: hub.connection });
const settledOf = async (leadId: string) => {
  await hub.mark();
  return hub
    .heardOf(WriteSettled.type)
    .filter(({ data }) => (data as { vendor_ids: { lead_id?: string } }).vendor_ids.lead_id === leadId);
};

describe('two replicas', () => {
  it('take one key at once, many times over: one delivery, and every answer is that one', async () => {
    const posts = Array.from({ length: 12 }, (_, n) => hub.post(replicas[n % 2]!, { keys: ['log/1', 'event/1'], key }));
    const answers = await Promise.all(posts);
    expect(answers.map(({ body }) => [body.state, body.vendorIds])).toEqual(
      answers.map(() => ['delivered', answers[0]!.body.vendorIds]),
    );
    expect(answers.filter(({ body }) => !body.repeated)).toHaveLength(1);
    expect(hub.times('log/1')).toBe(1);
    const leadId = answers[0]!.body.vendorIds!['lead_id']!;
    await eventually(
      () => settledOf(leadId),
      (told) => told.length > 0,
    );
    expect(await settledOf(leadId)).toHaveLength(1);
  });

  it('know at one what came in at the other, by any of its keys', async () => {
    await hub.post(replicas[0], { keys: ['log/2', 'event/2'], key });
    const again = await hub.post(replicas[1], { keys: ['log/2b', 'event/2'], key });
    expect(again.body).toMatchObject({ repeated: true, state: 'delivered' });
    expect((await hub.post(replicas[0], { keys: ['log/2b'], key })).body).toMatchObject({ repeated: true });
    expect([hub.times('log/2'), hub.times('log/2b')]).toEqual([1, 0]);
  });
});

describe('while the connection is paused', () => {
  it('a lead is taken and answered in time as waiting, and goes out once after the resume', async () => {
    await hub.ask(pauseConnection, { ...which(), paused: true });
    // Another replica sees it within a second.
    await sleep(1_500);
    const startedAt = performance.now();
    const { status, body } = await hub.post(replicas[1], { keys: ['log/3'], key, withinMs: 1_000 });
    const ms = performance.now() - startedAt;
    expect([status, body.state]).toEqual([200, 'waiting']);
    expect(ms).toBeGreaterThan(900);
    expect(ms).toBeLessThan(3_000);
    expect(hub.times('log/3')).toBe(0);
    await hub.ask(pauseConnection, { ...which(), paused: false });
    const again = await hub.post(replicas[0], { keys: ['log/3'], key });
    expect(again.body).toMatchObject({ repeated: true, state: 'delivered' });
    expect(hub.times('log/3')).toBe(1);
  });
});

describe('a process that is told to stop', () => {
  it('answers who waits at it with 503 and when to come again; the lead is in the ledger, and another replica has it', async () => {
    const third = await hub.start();
    hub.office.away = true;
    const waiting = hub.post(third, { keys: ['log/6'], key, withinMs: 60_000 });
    await eventually(
      () => hub.database.collection('deliveries').countDocuments({ 'event.data.lead_key': 'log/6' }),
      (count) => count === 1,
    );
    await third.stop();
    expect(await waiting).toMatchObject({ status: 503, retryAfter: '2' });
    hub.office.away = false;
    expect((await hub.post(replicas[0], { keys: ['log/6'], key, withinMs: 20_000 })).body.state).toBe('delivered');
    expect(hub.times('log/6')).toBe(1);
  });
});

describe('a key', () => {
  it('that was revoked is refused by every replica within five seconds', async () => {
    const other = await hub.key();
    const statuses = () =>
      Promise.all(replicas.map(async (at) => (await hub.post(at, { keys: ['log/4'], key: other })).status));
    expect(await statuses()).toEqual([200, 200]);
    await hub.ask(revokeKey, { ...which(), key: other.slice(4, 20) });
    await sleep(5_100);
    expect(await statuses()).toEqual([401, 401]);
  });

  it('that is used too often gets 429 and when to come again, and hinders no other key', async () => {
    const busy = await hub.key();
    const post = (text: string) => hub.post(replicas[0], { keys: ['log/5'], key: text });
    const answers = await Promise.all(Array.from({ length: 62 }, () => post(busy)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ retryAfter, body }) => [retryAfter, body.code])).toEqual([
      ['60', 'http.too-many'],
      ['60', 'http.too-many'],
    ]);
    expect((await post(await hub.key())).status).toBe(200);
    expect(hub.times('log/5')).toBe(1);
  });
});
