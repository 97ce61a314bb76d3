import type { RawRecord } from './dead-letter.ts';

/** What one process remembers of one partition, over rebalances and restarts of the client. */
export interface PartitionMemory {
  /** True when this process has finished exactly this record (offset and broker's time), so it is not handled again. */
  knows(record: RawRecord): boolean;
  remember(record: RawRecord): void;
  /** How often the record has failed so far. */
  failuresOf(record: RawRecord): number;
  failed(record: RawRecord): void;
  /** Runs the work when all earlier work on this partition has ended. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Several fetches of a partition; what is older has long been committed. */
const longestMemory = 10_000;

/**
 * Kafka delivers again what was handled but not committed, as when a handler outlives its place in the group. Handlers are
 * idempotent, so that is safe; this memory makes that the same process does not even see it.
 */
export function createPartitionMemory(longest = longestMemory): PartitionMemory {
  const finished = new Map<string, string>();
  let struggle: { record: RawRecord; failures: number } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const same = (one: RawRecord, other: RawRecord | undefined) =>
    one.offset === other?.offset && one.timestamp === other.timestamp;
  return {
    knows: (record) => finished.get(record.offset) === record.timestamp,
    remember(record) {
      finished.set(record.offset, record.timestamp);
      if (finished.size > longest) finished.delete(finished.keys().next().value ?? '');
      if (same(record, struggle?.record)) struggle = undefined;
    },
    failuresOf: (record) => (struggle !== undefined && same(record, struggle.record) ? struggle.failures : 0),
    failed(record) {
      struggle = {
        record,
        failures: 1 + (struggle !== undefined && same(record, struggle.record) ? struggle.failures : 0),
      };
    },
    exclusively(work) {
      const result = last.then(work);
      last = result.catch(() => undefined);
      return result;
    },
  };
}
