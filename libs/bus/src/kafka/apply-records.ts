import { HubError, isHubError, type RetryPolicy, verdictFor, type Verdict } from '@occ-hub/errors';
import type { DeadLetter, RawRecord } from './dead-letter.ts';
import type { PartitionMemory } from './partition-memory.ts';
import { readRecord, type Received } from './received.ts';

/** Gets the events of one partition in their order. Resolves when they are applied; may see an event more than once. */
export type Handle = (batch: readonly Received[]) => Promise<void>;

/** A record whose handling failed, and what follows. */
export interface Failure {
  readonly record: RawRecord;
  readonly received: Received | undefined;
  readonly error: unknown;
  readonly attempt: number;
  readonly verdict: Verdict;
}

export interface ApplyParts {
  readonly handle: Handle;
  /** The event types that the handler wants; others are acknowledged unseen. Absent: all. */
  readonly types: ReadonlySet<string> | undefined;
  readonly deadLetter: (letter: DeadLetter) => Promise<void>;
  readonly onError: (failure: Failure) => void;
  readonly policy: RetryPolicy;
  readonly group: string;
  readonly clock: () => number;
  readonly random: () => number;
}

/** Undefined: all records are finished. Else the first that is not, and how long to leave its partition alone. */
export type Stuck = { readonly at: RawRecord; readonly afterMs: number } | undefined;

/**
 * Works through records of one partition, in order and without gaps: each is handled, known, not wanted or dead-lettered
 * before a later one is finished. A batch that fails is repeated event by event, so that one event's failure is its own.
 */
export async function applyRecords(
  records: readonly RawRecord[],
  memory: PartitionMemory,
  parts: ApplyParts,
): Promise<Stuck> {
  const readable: { record: RawRecord; received: Received }[] = [];
  for (const record of records) {
    if (memory.knows(record)) continue;
    const reading = readRecord(record);
    if (reading.ok) {
      if (parts.types?.has(reading.received.event.attributes.type) ?? true) {
        readable.push({ record, received: reading.received });
      }
      continue;
    }
    const stuck =
      (await applyReadable(readable, memory, parts)) ?? (await setAside(record, reading, { memory, parts }));
    if (stuck !== undefined) return stuck;
    readable.length = 0;
  }
  return applyReadable(readable, memory, parts);
}

type Readable = readonly { readonly record: RawRecord; readonly received: Received }[];

async function applyReadable(readable: Readable, memory: PartitionMemory, parts: ApplyParts): Promise<Stuck> {
  const [first] = readable;
  if (first === undefined) return undefined;
  if (readable.length > 1 && memory.failuresOf(first.record) === 0) {
    try {
      await parts.handle(readable.map(({ received }) => received));
      for (const { record } of readable) memory.remember(record);
      return undefined;
    } catch (error) {
      // Whose failure it is, the single tries below tell.
      void error;
    }
  }
  for (const one of readable) {
    const stuck = await applyOne(one, memory, parts);
    if (stuck !== undefined) return stuck;
  }
  return undefined;
}

async function applyOne(one: Readable[number], memory: PartitionMemory, parts: ApplyParts): Promise<Stuck> {
  const { record, received } = one;
  try {
    await parts.handle([received]);
  } catch (error) {
    memory.failed(record);
    const attempt = memory.failuresOf(record);
    const verdict = verdictFor({ error, attempt, policy: parts.policy, random: parts.random() });
    parts.onError({ record, received, error, attempt, verdict });
    if (verdict.action === 'retry') return { at: record, afterMs: verdict.afterMs };
    if (verdict.action !== 'ack') return park(record, reasonOf(error, attempt), { memory, parts });
  }
  memory.remember(record);
  return undefined;
}

interface Reason {
  readonly kind: DeadLetter['kind'];
  readonly code: string;
  readonly message: string;
  readonly attempts: number;
}

/** A bug's own words may hold anybody's data: the log has them, the topic has not. */
function reasonOf(error: unknown, attempts: number): Reason {
  if (isHubError(error)) return { kind: error.kind, code: error.code, message: error.message, attempts };
  return { kind: 'bug', code: 'hub.bug', message: 'The handler failed; see its log.', attempts };
}

async function setAside(
  record: RawRecord,
  reading: { code: string; message: string },
  context: { memory: PartitionMemory; parts: ApplyParts },
): Promise<Stuck> {
  const { code, message } = reading;
  const error = new HubError({ kind: 'unreadable', code, message });
  const verdict: Verdict = { action: 'park', kind: 'unreadable', code };
  context.parts.onError({ record, received: undefined, error, attempt: 1, verdict });
  return park(record, reasonOf(error, 1), context);
}

/** A letter that cannot be sent is tried again for ever: going on without it would lose the record. */
async function park(
  record: RawRecord,
  reason: Reason,
  { memory, parts }: { memory: PartitionMemory; parts: ApplyParts },
): Promise<Stuck> {
  const { kind, code, message, attempts } = reason;
  try {
    await parts.deadLetter({ record, kind, code, message, group: parts.group, attempts, at: parts.clock() });
  } catch (error) {
    const afterMs = parts.policy.longestDelayMs;
    parts.onError({ record, received: undefined, error, attempt: attempts, verdict: { action: 'retry', afterMs } });
    return { at: record, afterMs };
  }
  memory.remember(record);
  return undefined;
}
