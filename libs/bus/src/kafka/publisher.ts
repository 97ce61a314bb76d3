import { encodeEvent, eventCatalogue, topics, type HubEvent } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { type Message, Partitioners, type Producer } from 'kafkajs';
import type { Kafka } from './connect.ts';
import { type DeadLetter, deadLetterHeaders } from './dead-letter.ts';
import { createJoinedSends } from './joined-sends.ts';
import { kafkaFailure } from './kafka-failure.ts';

export interface Publisher {
  /**
   * Resolves when Kafka has every event (acks=all). Events of one call keep their order per key, and so do calls that wait
   * for each other. Safe to call concurrently; small calls are joined. Throws HubError(transient) within half a minute
   * when Kafka is away, and then any of the events may be there or not: publish them again, consumers know them by id.
   */
  publish(events: readonly HubEvent[]): Promise<void>;
  /** Puts a record on the dead-letter topic with its original key, headers and bytes. Same promise as `publish`. */
  park(letter: DeadLetter): Promise<void>;
  /** Sends what is waiting, then disconnects. */
  stop(): Promise<void>;
}

export interface PublisherOptions {
  /** The trace context of the work under way, for events that carry none. */
  readonly trace?: () => string | undefined;
}

interface Outgoing {
  readonly topic: string;
  readonly message: Message;
  readonly bytes: number;
}

// A broker takes 1 MiB per partition and request; a send of several partitions stays below it as a whole.
const largestSend = 900 * 1024;
const overhead = 200;
// 0.2 + 0.4 + 0.8 + 1.6 + 4 x 2 s: a broker's restart is waited out, a longer absence is the caller's business.
const retry = { initialRetryTime: 200, maxRetryTime: 2_000, retries: 8 };
const longestSendMs = 30_000;

const topicOf = new Map<string, string>(eventCatalogue.map(({ type, topic }) => [type, topic]));

/** Publishes events. Connects at the first use, and anew after a failure. */
export function createPublisher(kafka: Kafka, { trace }: PublisherOptions = {}): Publisher {
  let producer: Promise<Producer> | undefined;
  let stopped = false;
  const connected = () => (producer ??= connectProducer(kafka));
  const dropProducer = () => {
    const dropped = producer;
    producer = undefined;
    return dropped?.then((it) => it.disconnect()).catch(() => undefined);
  };
  const send = async (outgoing: readonly Outgoing[]) => {
    const begun = performance.now();
    try {
      await within(
        longestSendMs,
        connected().then((it) => it.sendBatch(batchOf(kafka, outgoing))),
      );
      kafka.log.debug({ count: outgoing.length, ms: Math.round(performance.now() - begun) }, 'sent to kafka');
    } catch (error) {
      // An idempotent producer that missed a number never recovers. A new one starts a sequence of its own.
      void dropProducer();
      kafka.log.warn({ count: outgoing.length, outcome: 'failed', error }, 'kafka did not take a batch');
      throw kafkaFailure(error);
    }
  };
  const sends = createJoinedSends(send, largestSend);
  const add = async (outgoing: readonly Outgoing[]) => {
    if (stopped) throw stoppedError();
    await sends.add(outgoing);
  };
  return {
    publish: async (events) => add(events.map((event) => fitting(outgoingOf(event, trace)))),
    park: async (letter) => add([parked(letter)]),
    async stop() {
      stopped = true;
      await sends.idle();
      await dropProducer();
    },
  };
}

async function connectProducer(kafka: Kafka): Promise<Producer> {
  const producer = kafka.client(retry).producer({
    idempotent: true,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  try {
    await producer.connect();
    return producer;
  } catch (error) {
    await producer.disconnect().catch(() => undefined);
    throw error;
  }
}

function outgoingOf(event: HubEvent, trace: PublisherOptions['trace']): Outgoing {
  const topic = topicOf.get(event.attributes.type);
  if (topic === undefined) throw new TypeError(`The event type ${event.attributes.type} is not in the catalogue`);
  const { key, value, headers } = encodeEvent(event);
  const traceparent = headers['traceparent'] ?? trace?.();
  const all: Record<string, string> = traceparent === undefined ? headers : { ...headers, traceparent };
  const bytes = Buffer.byteLength(value) + Buffer.byteLength(key) + sizeOf(all) + overhead;
  return { topic, message: { key, value, headers: all }, bytes };
}

function parked(letter: DeadLetter): Outgoing {
  const { key, value } = letter.record;
  const headers = deadLetterHeaders(letter);
  const bytes = (value?.length ?? 0) + (key?.length ?? 0) + overhead;
  return { topic: topics.deadLetter, message: { key, value, headers }, bytes };
}

/** One event too large must not take down the calls it would be joined with. */
function fitting(outgoing: Outgoing): Outgoing {
  if (outgoing.bytes <= largestSend) return outgoing;
  const message = `An event of ${outgoing.bytes} bytes is larger than Kafka takes. Documents travel by reference.`;
  throw new HubError({ kind: 'rejected', code: 'bus.event-too-large', message });
}

function batchOf(kafka: Kafka, outgoing: readonly Outgoing[]) {
  const byTopic = Map.groupBy(outgoing, ({ topic }) => topic);
  const topicMessages = [...byTopic].map(([topic, items]) => ({
    topic: kafka.nameOf(topic),
    messages: items.map(({ message }) => message),
  }));
  return { acks: -1, topicMessages };
}

function sizeOf(headers: Readonly<Record<string, string>>): number {
  return Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer of Kafka within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function stoppedError(): HubError {
  const message = 'This service is stopping and publishes nothing more.';
  return new HubError({ kind: 'transient', code: 'bus.stopped', message });
}
