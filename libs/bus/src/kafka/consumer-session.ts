import { type Consumer, type EachBatchPayload, type KafkaMessage } from 'kafkajs';
import type { RawRecord } from './dead-letter.ts';
import type { Stuck } from './apply-records.ts';
import { mustRejoin } from './kafka-failure.ts';

export interface SessionParts {
  readonly consumer: Consumer;
  /** Names on the cluster, each with ours. */
  readonly topics: ReadonlyMap<string, string>;
  readonly heartbeatMs: number;
  /** Partitions worked on at once. */
  readonly concurrency: number;
  /** Most records handed over, and committed, at once. */
  readonly batchSize: number;
  /** No fetch, no heartbeat and no handler for so long means that the client hangs. */
  readonly hungAfterMs: number;
  readonly work: (records: readonly RawRecord[]) => Promise<Stuck>;
  readonly onJoin: (partitions: number) => void;
}

/** One client's membership in the group, from joining to its end. */
export interface Session {
  /** Resolves with the reason when the client has ended by itself: it crashed, or hangs. */
  readonly ended: Promise<unknown>;
  /** Milliseconds since the last sign of life: a fetch, a heartbeat, a join, or a handler at work. */
  quietForMs(): number;
  /** Finishes what handlers have in hand, commits it and leaves the group; gives up waiting after so long. */
  leave(withinMs: number): Promise<void>;
}

/**
 * Joins the group and works on its partitions. Three things of the client are held at arm's length:
 *
 * - A client that crashed or hangs is never revived but ended; the caller starts a new one.
 * - It may join the group anew while a handler is still at work, and would then commit the old batch under the new
 *   generation, for a partition that may be another member's by now. So nothing is resolved or committed across a join:
 *   the records come again, and the partition's memory knows them.
 * - One failing partition would hold up the others, were it retried inside the handler. It is paused instead.
 */
export async function startSession(parts: SessionParts): Promise<Session> {
  const { consumer } = parts;
  const ended = Promise.withResolvers<unknown>();
  const resumptions = new Set<NodeJS.Timeout>();
  const vitals = watch(consumer, ended.resolve, parts);
  const eachBatch = async (payload: EachBatchPayload) => {
    const generation = vitals.generation();
    const heart = beat(payload, parts.heartbeatMs);
    vitals.took();
    try {
      for (const chunk of chunksOf(payload.batch.messages, parts.batchSize)) {
        const stuck = await parts.work(chunk.map((message) => rawOf(payload, parts.topics, message)));
        if (vitals.generation() !== generation) return;
        await commit(payload, chunk, stuck);
        if (stuck !== undefined) return pauseFor(payload, stuck.afterMs, resumptions);
        if (heart.rejoin() !== undefined) throw heart.rejoin();
        if (!payload.isRunning() || payload.isStale()) return;
      }
    } finally {
      heart.stop();
      vitals.gaveBack();
    }
  };
  let running: Promise<unknown> = Promise.resolve();
  const disconnect = async () => {
    vitals.stop();
    for (const timer of resumptions) clearTimeout(timer);
    // Disconnecting in the midst of a join would leave a member behind that nobody answers for.
    await settledWithin(3_000, running);
    await consumer.disconnect();
  };
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...parts.topics.keys()], fromBeginning: true });
    running = consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: parts.concurrency,
      eachBatch,
    });
    await running;
  } catch (error) {
    await settledWithin(5_000, disconnect());
    throw error;
  }
  return {
    ended: ended.promise,
    quietForMs: vitals.quietForMs,
    leave: (withinMs) => settledWithin(withinMs, disconnect()),
  };
}

/** Knows from the client's own events which generation it is in and whether it is alive. */
function watch(consumer: Consumer, end: (reason: unknown) => void, parts: SessionParts) {
  let generation = 0;
  let inHand = 0;
  let lastSign = performance.now();
  const sign = () => void (lastSign = performance.now());
  const quietForMs = () => performance.now() - lastSign;
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    generation += 1;
    sign();
    parts.onJoin(Object.values(payload.memberAssignment).reduce((sum, partitions) => sum + partitions.length, 0));
  });
  consumer.on(consumer.events.FETCH, sign);
  consumer.on(consumer.events.HEARTBEAT, sign);
  consumer.on(consumer.events.CRASH, ({ payload }) => end(payload.error));
  const timer = setInterval(() => {
    if (inHand > 0) sign();
    else if (quietForMs() > parts.hungAfterMs) end(new Error('the kafka client gives no sign of life'));
  }, 1_000);
  return {
    generation: () => generation,
    quietForMs,
    took: () => void (inHand += 1),
    gaveBack() {
      inHand -= 1;
      sign();
    },
    stop: () => clearInterval(timer),
  };
}

/** Keeps the place in the group while a handler works, and hears when the group is being divided anew. */
function beat(payload: EachBatchPayload, everyMs: number) {
  let rejoin: unknown;
  const timer = setInterval(() => {
    payload.heartbeat().catch((error: unknown) => {
      if (mustRejoin(error)) rejoin ??= error;
    });
  }, everyMs / 2);
  return { rejoin: () => rejoin, stop: () => clearInterval(timer) };
}

/** Commits what is finished of a chunk. When that fails the records come again, and are known. */
async function commit(payload: EachBatchPayload, chunk: readonly KafkaMessage[], stuck: Stuck): Promise<void> {
  const { batch, resolveOffset, commitOffsetsIfNecessary } = payload;
  const finished =
    stuck === undefined
      ? chunk
      : chunk.slice(
          0,
          chunk.findIndex(({ offset }) => offset === stuck.at.offset),
        );
  const last = finished.at(-1);
  if (last === undefined) return;
  const next = String(BigInt(last.offset) + 1n);
  const partitions = [{ partition: batch.partition, offset: next }];
  await commitOffsetsIfNecessary({ topics: [{ topic: batch.topic, partitions }] });
  resolveOffset(last.offset);
}

function pauseFor(payload: EachBatchPayload, ms: number, resumptions: Set<NodeJS.Timeout>): void {
  const resume = payload.pause();
  const timer = setTimeout(() => {
    resumptions.delete(timer);
    resume();
  }, ms);
  resumptions.add(timer);
}

function rawOf({ batch }: EachBatchPayload, topics: ReadonlyMap<string, string>, message: KafkaMessage): RawRecord {
  return {
    topic: topics.get(batch.topic) ?? batch.topic,
    partition: batch.partition,
    offset: message.offset,
    timestamp: message.timestamp,
    key: message.key,
    value: message.value,
    headers: message.headers ?? {},
  };
}

function* chunksOf<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

async function settledWithin(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    if (ms !== Infinity) timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
