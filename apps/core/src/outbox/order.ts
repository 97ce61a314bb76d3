import type { Waiting } from './outbox.store.ts';

/** What one collection gave: all that waits up to the cutoff, or (`more`) the oldest of it. */
export interface Reading {
  readonly waiting: readonly Waiting[];
  readonly more: boolean;
}

/**
 * What may be published now, in order. A collection that was read short may hold more from the moment of its last entry
 * on, so nothing younger of any collection goes before that has been read: else a job's note could overtake its result.
 */
export function publishable<From extends Reading>(readings: readonly From[]): { from: From; item: Waiting }[] {
  const bound = Math.min(...readings.map((reading) => (reading.more ? youngestOf(reading) : Infinity)));
  const all = readings.flatMap((from) => from.waiting.map((item) => ({ from, item })));
  const older = all.filter(({ item }) => item.entry.at.getTime() < bound);
  // All of one millisecond, more than a reading holds: there is no order to keep among them.
  const chosen = older.length > 0 ? older : all.filter(({ item }) => item.entry.at.getTime() <= bound);
  return chosen.sort((a, b) => compare(a.item, b.item));
}

function youngestOf(reading: Reading): number {
  // Documents came sorted by their oldest entry: what was not read is no older than the last one's.
  const last = reading.waiting.at(-1)?.document;
  const times = reading.waiting.filter(({ document }) => document === last).map(({ entry }) => entry.at.getTime());
  return Math.min(...times);
}

function compare(a: Waiting, b: Waiting): number {
  const byTime = a.entry.at.getTime() - b.entry.at.getTime();
  if (byTime !== 0) return byTime;
  return a.entry.id < b.entry.id ? -1 : 1;
}
