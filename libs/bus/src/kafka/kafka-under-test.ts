import { topics } from '@occ-hub/contracts';
import { Partitioners } from 'kafkajs';
import type { BusLog } from '../bus-log.ts';
import { connectKafka, type Kafka } from './connect.ts';
import type { RawRecord } from './dead-letter.ts';
import type { EventBusUnderTest } from './event-bus.suite.ts';
import { createPublisher } from './publisher.ts';
import { subscribe } from './subscribe.ts';
import { ensureTopics } from './topics.ts';

const silent = () => undefined;
export const quietLog: BusLog = { debug: silent, info: silent, warn: silent, error: silent };
const clock = () => performance.timeOrigin + performance.now();

/** A cluster with topics of its own. */
export async function freshKafka(brokers: readonly string[], name: string): Promise<Kafka> {
  const prefix = `${name}-${process.pid}-${Math.round(performance.now())}.`;
  const kafka = connectKafka({ brokers, clientId: 'bus-spec', log: quietLog, prefix });
  await ensureTopics(kafka, { partitions: 6, replicationFactor: 1 });
  return kafka;
}

/** The Kafka bus, as the suite wants it. */
export async function kafkaUnderTest(kafka: Kafka): Promise<EventBusUnderTest> {
  const publisher = createPublisher(kafka);
  const raw = kafka.client().producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await raw.connect();
  return {
    publisher,
    subscribe: (options) =>
      subscribe(kafka, { ...options, topics: [topics.outbound], deadLetter: publisher.park, clock }),
    async sendRaw(record) {
      await raw.send({ topic: kafka.nameOf(topics.outbound), messages: [record] });
    },
    deadLetters: (of, count) => readDeadLetters(kafka, of, count),
    async close() {
      await publisher.stop();
      await raw.disconnect();
    },
  };
}

let readers = 0;

async function readDeadLetters(kafka: Kafka, of: { group: string; key: string }, count: number): Promise<RawRecord[]> {
  const groupId = kafka.nameOf(`reader-${(readers += 1)}`);
  const consumer = kafka.client().consumer({ groupId, maxWaitTimeInMs: 100 });
  const letters: RawRecord[] = [];
  const enough = Promise.withResolvers<void>();
  await consumer.connect();
  await consumer.subscribe({ topic: kafka.nameOf(topics.deadLetter), fromBeginning: true });
  await consumer.run({
    async eachMessage({ topic, partition, message }) {
      const { offset, timestamp, key, value, headers = {} } = message;
      if (headers['parked-group']?.toString() !== of.group || key?.toString() !== of.key) return;
      letters.push({ topic, partition, offset, timestamp, key, value, headers });
      if (letters.length >= count) enough.resolve();
    },
  });
  try {
    await enough.promise;
    return letters;
  } finally {
    await consumer.disconnect();
  }
}
