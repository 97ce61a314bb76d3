import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs, HubError, type RetryPolicy } from '@occ-hub/errors';
import { type BusLog, traceIdOf } from '../bus-log.ts';
import { applyRecords, type ApplyParts, type Failure, type Handle } from './apply-records.ts';
import type { Kafka } from './connect.ts';
import { startSession, type Session } from './consumer-session.ts';
import type { DeadLetter, RawRecord } from './dead-letter.ts';
import { createPartitionMemory, type PartitionMemory } from './partition-memory.ts';

export interface SubscribeOptions {
  /** Consumers of one group share the partitions; each group sees every event. A new group starts at the oldest event. */
  readonly group: string;
  readonly topics: readonly string[];
  /** The event types that are wanted; others are acknowledged unseen. Absent: all. */
  readonly types?: readonly string[];
  readonly handle: Handle;
  /** Where records go that cannot be read or applied: `publisher.park`. */
  readonly deadLetter: (letter: DeadLetter) => Promise<void>;
  /** Told of every failure and what follows, for counters. The bus has logged it. */
  readonly onError?: (failure: Failure) => void;
  /** How failures are retried. Transient ones for ever when absent, 0.2 s to 30 s apart. */
  readonly policy?: RetryPolicy;
  /** Most events per call of `handle`. */
  readonly batchSize?: number;
  /** Partitions handled at once. */
  readonly concurrency?: number;
  /** How soon a killed member's partitions are taken over. Milliseconds. */
  readonly sessionTimeoutMs?: number;
  /** How long the group waits at a change of members for handlers at work; one that takes longer may be repeated by another member. */
  readonly rebalanceTimeoutMs?: number;
  readonly clock: () => number;
  readonly random?: () => number;
}

export interface Subscription {
  /** Resolves when the group was joined for the first time; rejects when stopped before. */
  readonly joined: Promise<void>;
  /** Whether events are being consumed, and why not. */
  health(): { readonly running: boolean; readonly why?: string };
  /** For readiness: throws HubError(transient) when events are not being consumed. */
  check(): Promise<void>;
  /** Finishes and commits what is in hand, then leaves the group. */
  stop(): Promise<void>;
}

export const consumePolicy: RetryPolicy = { attempts: Infinity, firstDelayMs: 200, longestDelayMs: 30_000 };
const restartPolicy: RetryPolicy = { attempts: Infinity, firstDelayMs: 500, longestDelayMs: 5_000 };
// A fetch comes back every 0.15 s, so this is long; waiting for the others at a rebalance may take it.
const tooQuietMs = 30_000;
// A crashed client may never finish leaving.
const crashedLeaveMs = 10_000;
// 0.1 to 1 s apart, some 6 s in all: longer than a broker's restart. After that a new client is made.
const clientRetry = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8, restartOnFailure: async () => false };

/**
 * Consumes events until stopped, whatever Kafka does meanwhile. Events of a partition are handled in order; an offset is
 * committed at once after its handler. A failing event is tried again (transient: for ever; a bug: three times) while its
 * partition waits and the others go on; what cannot be read or applied, and what is refused for a credential, is
 * dead-lettered with its original bytes, and later events go on. Delivery is at least once: `handle` must be idempotent.
 */
export function subscribe(kafka: Kafka, options: SubscribeOptions): Subscription {
  const stopping = new AbortController();
  const joined = Promise.withResolvers<void>();
  joined.promise.catch(() => undefined);
  const random = options.random ?? Math.random;
  const applying = applyPartsOf(kafka, options, random);
  const memories = new Map<string, PartitionMemory>();
  let state: { running: boolean; why?: string } = { running: false, why: 'has not joined its group yet' };

  const work = async (records: readonly RawRecord[]) => {
    const [first] = records;
    if (first === undefined) return undefined;
    const memory = memoryOf(memories, `${first.topic}/${first.partition}`);
    return memory.exclusively(() => applyRecords(records, memory, applying));
  };
  const onJoin = (partitions: number) => {
    kafka.log.info({ group: options.group, count: partitions, outcome: 'joined' }, 'consumer joined its group');
    state = { running: true };
    joined.resolve();
  };
  let current: Session | undefined;
  const health = () => {
    const quietMs = current?.quietForMs() ?? 0;
    if (!state.running || quietMs < tooQuietMs) return state;
    return { running: false, why: `has heard nothing of Kafka for ${Math.round(quietMs / 1000)} s` };
  };
  const live = async () => {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      let session: Session | undefined;
      try {
        session = current = await startSession({ ...sessionPartsOf(kafka, options), work, onJoin });
        failures = 0;
        await endOf(session, stopping.signal);
      } catch (error) {
        state = { running: false, why: 'its kafka client failed and is being replaced' };
        kafka.log.warn({ group: options.group, attempt: failures + 1, error }, 'consumer ended, starting it again');
      }
      await session?.leave(stopping.signal.aborted ? Infinity : crashedLeaveMs);
      if (!stopping.signal.aborted) await pause(backoffMs(failures + 1, restartPolicy, random()), stopping.signal);
    }
  };
  const life = live();
  return {
    joined: joined.promise,
    health,
    async check() {
      const { running, why } = health();
      if (!running) throw notRunning(options.group, why);
    },
    async stop() {
      stopping.abort();
      state = { running: false, why: 'is stopped' };
      joined.reject(notRunning(options.group, state.why));
      await life;
    },
  };
}

function memoryOf(memories: Map<string, PartitionMemory>, partition: string): PartitionMemory {
  const known = memories.get(partition);
  if (known !== undefined) return known;
  const memory = createPartitionMemory();
  memories.set(partition, memory);
  return memory;
}

function applyPartsOf(kafka: Kafka, options: SubscribeOptions, random: () => number): ApplyParts {
  const { handle, deadLetter, group, clock, onError } = options;
  return {
    handle,
    deadLetter,
    group,
    clock,
    random,
    types: options.types === undefined ? undefined : new Set(options.types),
    policy: options.policy ?? consumePolicy,
    onError(failure) {
      tell(kafka.log, group, failure);
      onError?.(failure);
    },
  };
}

function sessionPartsOf(kafka: Kafka, options: SubscribeOptions) {
  const sessionTimeout = options.sessionTimeoutMs ?? 8_000;
  const rebalanceTimeout = options.rebalanceTimeoutMs ?? 60_000;
  // A sixth: two or three beats may be lost before the group gives a member up.
  const heartbeatInterval = Math.min(1_500, sessionTimeout / 6);
  const consumer = kafka.client(clientRetry).consumer({
    groupId: kafka.nameOf(options.group),
    sessionTimeout,
    rebalanceTimeout,
    heartbeatInterval,
    // A stop waits for the fetch under way.
    maxWaitTimeInMs: 150,
    allowAutoTopicCreation: false,
    retry: clientRetry,
  });
  return {
    consumer,
    topics: new Map(options.topics.map((topic) => [kafka.nameOf(topic), topic])),
    heartbeatMs: heartbeatInterval,
    concurrency: options.concurrency ?? 6,
    batchSize: options.batchSize ?? 500,
    // Joining may rightly take the whole rebalance timeout.
    hungAfterMs: rebalanceTimeout + 30_000,
  };
}

/** Resolves when asked to stop; throws when the client ended by itself. */
async function endOf(session: Session, stop: AbortSignal): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
  const reason = await Promise.race([session.ended.then((error) => ({ error })), stopped]);
  if (reason !== undefined) throw reason.error;
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: stop }).catch(() => undefined);
}

function tell(log: BusLog, group: string, { record, received, error, attempt, verdict }: Failure): void {
  const { topic, partition, offset } = record;
  const attributes = received?.event.attributes;
  const outcome = { ack: 'skipped', retry: 'retried', hold: 'parked', park: 'parked' }[verdict.action];
  const where = { group, topic, partition, offset, event: attributes?.type, eventId: attributes?.id };
  const facts = { ...where, traceId: traceIdOf(attributes?.traceparent), attempt, outcome, error };
  if (outcome === 'parked') log.error(facts, 'event parked');
  else if (outcome === 'retried') log.warn(facts, 'event will be tried again');
  else log.debug(facts, 'event skipped');
}

function notRunning(group: string, why = 'is not running'): HubError {
  const message = `The consumer of "${group}" ${why}.`;
  return new HubError({ kind: 'transient', code: 'bus.not-consuming', message });
}
