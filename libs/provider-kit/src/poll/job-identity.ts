import type { Digests } from './digest.ts';

export interface Placeable {
  readonly id: string;
  /** Records with one key are one job; undefined stands alone. */
  readonly key: string | undefined;
}

/**
 * Which job each record belongs to. A record that was published keeps its job for ever: a job's identity must not
 * change because the window moved on or a name was corrected. A new record joins the job that a record of the same key
 * already has, in this run or in one before; otherwise the first record of a key (smallest id) names the job.
 */
export function placeInJobs(records: readonly Placeable[], known: Digests): ReadonlyMap<string, string> {
  const jobOfKey = new Map<string, string>();
  for (const { key, job } of known.values()) if (key !== undefined && !jobOfKey.has(key)) jobOfKey.set(key, job);
  const inOrder = [...records].sort((one, other) => compareIds(one.id, other.id));
  for (const { id, key } of inOrder) {
    const job = known.get(id)?.job;
    if (key !== undefined && job !== undefined && !jobOfKey.has(key)) jobOfKey.set(key, job);
  }
  const placed = new Map<string, string>();
  for (const { id, key } of inOrder) {
    const job = known.get(id)?.job ?? (key === undefined ? undefined : jobOfKey.get(key)) ?? id;
    if (key !== undefined && !jobOfKey.has(key)) jobOfKey.set(key, job);
    placed.set(id, job);
  }
  return placed;
}

/** Numbers by value, anything else by spelling. */
export function compareIds(one: string, other: string): number {
  return one.length !== other.length && /^\d+$/.test(one + other)
    ? one.length - other.length
    : one < other
      ? -1
      : one > other
        ? 1
        : 0;
}
