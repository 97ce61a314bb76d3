import { setTimeout as sleep } from 'node:timers/promises';
import { topicLayouts, topics, type TopicLayout } from '@occ-hub/contracts';
import kafkajs from 'kafkajs';
import { kafkaFailure } from './kafka-failure.ts';
import type { Kafka } from './connect.ts';

export interface TopicSizes {
  /** 24 in production: more than there will be consumers, for it must never change (order is per key). */
  readonly partitions: number;
  /** 3 in production, 1 on a single broker. */
  readonly replicationFactor: number;
}

/**
 * Makes the hub's topics where they are missing; those that exist stay as they are. Safe to call from many processes at
 * once. Throws HubError(transient) while Kafka is away.
 */
export async function ensureTopics(kafka: Kafka, sizes: TopicSizes): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await makeMissing(kafka, sizes);
    } catch (error) {
      if (attempt === mostAttempts || !isNotKnownYet(error)) throw kafkaFailure(error);
      await sleep(attempt * 200);
    }
  }
}

const mostAttempts = 5;

/** A broker may not know a topic that was made a moment ago; the client takes that for a failure. */
function isNotKnownYet(error: unknown): boolean {
  return error instanceof kafkajs.KafkaJSProtocolError && error.type === 'UNKNOWN_TOPIC_OR_PARTITION';
}

async function makeMissing(kafka: Kafka, sizes: TopicSizes): Promise<void> {
  const admin = kafka.client().admin();
  try {
    await admin.connect();
    const present = new Set(await admin.listTopics());
    const missing = topicLayouts.filter((layout) => !present.has(kafka.nameOf(layout.topic)));
    if (missing.length === 0) return;
    await admin.createTopics({
      topics: missing.map((layout) => ({ ...topicConfig(layout, sizes), topic: kafka.nameOf(layout.topic) })),
    });
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** Room for a record at the limit plus the headers that say why it was parked. */
const deadLetterBytes = 2 * 1_048_576;

function topicConfig(layout: TopicLayout, { partitions, replicationFactor }: TopicSizes) {
  const configEntries = [{ name: 'retention.ms', value: String(layout.retentionMs) }];
  if (replicationFactor >= 3) configEntries.push({ name: 'min.insync.replicas', value: '2' });
  if (layout.topic === topics.deadLetter) {
    configEntries.push({ name: 'max.message.bytes', value: String(deadLetterBytes) });
  }
  return { numPartitions: partitions, replicationFactor, configEntries };
}
