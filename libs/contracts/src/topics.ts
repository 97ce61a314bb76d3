/** The four Kafka topics. Kafka carries facts. */
export const topics = {
  inbound: 'occ.inbound.v1',
  outbound: 'occ.outbound.v1',
  settled: 'occ.settled.v1',
  deadLetter: 'occ.dead-letter.v1',
} as const;
export type Topic = (typeof topics)[keyof typeof topics];

/** How the topics are made: 24 partitions in production (order is per key, so the count must never change later). */
export interface TopicLayout {
  readonly topic: Topic;
  readonly retentionMs: number;
}
const day = 86_400_000;
export const topicLayouts: readonly TopicLayout[] = [
  { topic: topics.inbound, retentionMs: 7 * day },
  { topic: topics.outbound, retentionMs: 14 * day },
  { topic: topics.settled, retentionMs: 14 * day },
  { topic: topics.deadLetter, retentionMs: 30 * day },
];
