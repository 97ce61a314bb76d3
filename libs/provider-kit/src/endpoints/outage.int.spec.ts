// A stack of its own: its servers are stopped under the provider.
import { type Stack, startStack } from '@occ-hub/stack';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { type LeadHub, openLeadHub } from '../testing/lead-hub.ts';
import type { Started } from '../testing/test-hub.ts';

let stack: Stack;
let hub: LeadHub;
let replica: Started;
let key: string;
beforeAll(async () => {
  // The run's own servers must not stand in for these.
  for (const name of ['KAFKA_BROKERS', 'NATS_URL', 'MONGO_URL']) vi.stubEnv(name, undefined);
  stack = await startStack({ name: `endpoints-${process.pid}`, disposable: true });
  hub = await openLeadHub({ servers: stack, env: { KAFKA_PARTITIONS: '1' } });
  replica = await hub.start();
  await hub.connect({ office: 'main' });
  key = await hub.key();
}, 120_000);
afterAll(async () => {
  await hub.close();
  await stack.stop();
  vi.unstubAllEnvs();
});

const untold = () => hub.database.collection('deliveries').countDocuments({ unannounced: true });
const announced = (lead: string) => eventually(hub.announced, (all) => all.includes(lead), 45_000);

describe('while Kafka is away', () => {
  it('leads are taken and delivered, and told when it is back, also by the next process where this one is gone', async () => {
    await stack.stopPiece('kafka', 'kill');
    const first = await hub.post(replica, { keys: ['log/1'], key });
    expect([first.status, first.body.state]).toEqual([200, 'delivered']);
    await hub.post(replica, { keys: ['log/2'], key });
    expect([hub.times('log/1'), hub.times('log/2')]).toEqual([1, 1]);
    expect(await untold()).toBe(2);
    // The end of a process between ledger and announcement.
    await replica.stop();
    expect(await untold()).toBe(2);
    await stack.startPiece('kafka');
    replica = await hub.start();
    await announced('log/1');
    await announced('log/2');
    await eventually(untold, (left) => left === 0, 15_000);
    expect([hub.times('log/1'), hub.times('log/2')]).toEqual([1, 1]);
  }, 120_000);
});

describe('while MongoDB is away', () => {
  it('a lead is refused with 503, words and when to come again; then it is taken, once', async () => {
    await stack.stopPiece('mongo', 'kill');
    const startedAt = performance.now();
    const refused = await hub.post(replica, { keys: ['log/3'], key });
    expect(refused).toMatchObject({ status: 503, retryAfter: '2', body: { code: 'store.away' } });
    expect(refused.body.detail).toMatch(/store \(MongoDB\) does not answer/);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    await stack.startPiece('mongo');
    const taken = await eventually(
      () => hub.post(replica, { keys: ['log/3'], key }),
      ({ status }) => status === 200,
      30_000,
    );
    expect(taken.body.state).toBe('delivered');
    expect(hub.times('log/3')).toBe(1);
  }, 90_000);

  it('also a key that nobody knows is not called unknown: it cannot be looked up', async () => {
    const unused = await hub.key();
    await stack.stopPiece('mongo', 'kill');
    expect((await hub.post(replica, { keys: ['log/4'], key: unused })).status).toBe(503);
    await stack.startPiece('mongo');
    await eventually(
      () => hub.post(replica, { keys: ['log/4'], key: unused }),
      ({ status }) => status === 200,
      30_000,
    );
    expect(hub.times('log/4')).toBe(1);
  }, 90_000);
});
