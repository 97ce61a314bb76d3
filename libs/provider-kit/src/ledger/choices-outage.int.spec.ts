// A stack of its own: its Kafka is stopped under the provider.
import { AppointmentUpserted, JobUpserted, WriteSettled } from '@occ-hub/contracts';
import { type Stack, startStack } from '@occ-hub/stack';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ChoosingHub, openChoosingHub } from '../testing/choosing/choosing-hub.ts';
import { eventually } from '../testing/eventually.ts';
import type { Started } from '../testing/test-hub.ts';

let stack: Stack;
let hub: ChoosingHub;
let replica: Started;
beforeAll(async () => {
  // The run's own servers must not stand in for these.
  for (const name of ['KAFKA_BROKERS', 'NATS_URL', 'MONGO_URL']) vi.stubEnv(name, undefined);
  stack = await startStack({ name: `choices-${process.pid}`, disposable: true });
  hub = await openChoosingHub({ servers: stack, env: { KAFKA_PARTITIONS: '1' } });
  replica = await hub.start();
  await hub.connect({ wait_ms: 3_600_000, tries: 5 });
}, 120_000);
afterAll(async () => {
  await hub.close();
  await stack.stop();
  vi.unstubAllEnvs();
});

const untold = () => hub.database.collection('deliveries').countDocuments({ untold: { $exists: true } });

describe('while Kafka is away', () => {
  it('people choose and writes go on; what was made and what became of it is told when it is back, once, also by the next process', async () => {
    const [one, other] = [hub.note(1, 'Six windows'), hub.note(2, 'Two doors')];
    await hub.publish([one, other]);
    for (const event of [one, other]) await hub.untilAsking(event);
    await stack.stopPiece('kafka', 'kill');
    await hub.choose(one, 'loc-1');
    await hub.choose(other, 'loc-2');
    for (const event of [one, other]) await hub.deliveries.until(event, ({ state }) => state === 'delivered');
    expect(await untold()).toBe(2);
    // The end of a process between the ends of the writes and their telling.
    await replica.stop();
    expect(await untold()).toBe(2);
    await stack.startPiece('kafka');
    replica = await hub.start();
    await eventually(untold, (left) => left === 0, 60_000);
    await hub.deliveries.settled([one, other], 30_000);
    await hub.mark();
    for (const event of [one, other]) {
      const caused = hub.heard.filter(({ attributes }) => attributes.causationid === event.attributes.id);
      const ids = (type: string) =>
        new Set(caused.filter(({ attributes }) => attributes.type === type).map(({ attributes }) => attributes.id));
      expect([ids(JobUpserted.type).size, ids(AppointmentUpserted.type).size]).toEqual([1, 1]);
      expect(caused.filter(({ attributes }) => attributes.type === WriteSettled.type)).toMatchObject([
        { data: { outcome: 'delivered' } },
      ]);
    }
    expect(hub.crm.written.toSorted()).toEqual([
      'note Six windows',
      'note Two doors',
      'person Six windows',
      'person Two doors',
    ]);
  }, 150_000);
});
