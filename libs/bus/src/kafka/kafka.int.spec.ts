/// <reference types="@occ-hub/stack/vitest-context" />
import { describe, expect, inject, it } from 'vitest';
import { connectKafka, pingKafka } from './connect.ts';
import { describeEventBus } from './event-bus.suite.ts';
import { freshKafka, kafkaUnderTest, quietLog } from './kafka-under-test.ts';
import { noteOf } from './suite-events.ts';
import { createPublisher } from './publisher.ts';
import { ensureTopics } from './topics.ts';

describe('Kafka as the event bus', () => {
  describeEventBus(async () => kafkaUnderTest(await freshKafka(inject('kafkaBrokers'), 'suite')));
});

describe('the trace of an event', () => {
  it('is the one under way when it is published, unless the event has its own', async () => {
    const kafka = await freshKafka(inject('kafkaBrokers'), 'trace');
    const [around, own] = ['a', 'b'].map((digit) => `00-${digit.repeat(32)}-${'c'.repeat(16)}-01`);
    const publisher = createPublisher(kafka, { trace: () => around });
    const bus = await kafkaUnderTest(kafka);
    const seen: (string | undefined)[] = [];
    const subscription = bus.subscribe({
      group: 'trace',
      handle: async (batch) => void seen.push(...batch.map(({ event }) => event.attributes.traceparent)),
    });
    const event = noteOf('k', '2');
    const carrying = {
      ...event,
      attributes: { ...event.attributes, ...(own === undefined ? {} : { traceparent: own }) },
    };
    await publisher.publish([noteOf('k', '1'), carrying]);
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual([around, own]);
    await subscription.stop();
    await Promise.all([publisher.stop(), bus.close()]);
  });
});

describe('ensureTopics', () => {
  it('makes the topics once, also when several processes ask at the same time', async () => {
    const kafka = await freshKafka(inject('kafkaBrokers'), 'topics');
    const sizes = { partitions: 6, replicationFactor: 1 };
    await Promise.all([ensureTopics(kafka, sizes), ensureTopics(kafka, sizes)]);
    const admin = kafka.client().admin();
    await admin.connect();
    const names = (await admin.listTopics()).filter((topic) => topic.startsWith(kafka.nameOf('')));
    await admin.disconnect();
    expect(names.map((name) => name.slice(kafka.nameOf('').length)).sort()).toEqual([
      'occ.dead-letter.v1',
      'occ.inbound.v1',
      'occ.outbound.v1',
      'occ.settled.v1',
    ]);
  });
});

describe('while Kafka is away', () => {
  const nowhere = connectKafka({ brokers: ['127.0.0.1:1'], clientId: 'bus-spec', log: quietLog });

  it('a ping fails as transient within seconds', async () => {
    const begun = performance.now();
    await expect(pingKafka(nowhere)).rejects.toMatchObject({ kind: 'transient', code: 'bus.kafka-away' });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('a publish fails as transient within a bounded time, and a stop is not held up', async () => {
    const publisher = createPublisher(nowhere);
    const begun = performance.now();
    await expect(publisher.publish([noteOf('x', '1')])).rejects.toMatchObject({ kind: 'transient' });
    await publisher.stop();
    expect(performance.now() - begun).toBeLessThan(25_000);
    await expect(publisher.publish([noteOf('x', '2')])).rejects.toMatchObject({ code: 'bus.stopped' });
  });
});
