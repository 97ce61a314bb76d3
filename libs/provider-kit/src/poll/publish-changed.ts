import type { HubEvent } from '@occ-hub/contracts';
import { newTraceparent } from '@occ-hub/service';
import type { Found } from './changed.ts';
import { type Digest, type Digests, createSlices, removedMark } from './digest.ts';
import { type EventFacts, type Telling, removalsOf, upsertsOf } from './events.ts';
import type { PollAsk, PollParts } from './poll-once.ts';

/** Long after its days have left any window, a slice is of no use. */
const windowKeptMs = 120 * 86_400_000;
/** Where a run sees but some of the records, what was published is needed as long as the connection lives: full passes renew it. */
const partialKeptMs = 400 * 86_400_000;

/** Until when what a run publishes now is remembered, epoch ms. */
export function keptUntil({ clock }: Pick<PollParts, 'clock'>, { source }: Pick<PollAsk, 'source'>): number {
  return clock() + (source.window.partial ? partialKeptMs : windowKeptMs);
}

/** Events published at once, and remembered before the next: between two looks at the signal. */
const chunk = 500;

/** What is published and then remembered as one. */
interface Part {
  readonly events: readonly HubEvent[];
  readonly published: ReadonlyMap<string, Digest>;
  /** Where its digests lie. */
  readonly slice: string;
  readonly changed: number;
  readonly removed: number;
}

/**
 * Publishes what changed and what is gone, and remembers each chunk once Kafka has it, so that a run which is cut short
 * leaves the next one only the rest.
 */
export async function publishChanged(
  parts: PollParts,
  ask: PollAsk,
  { all, changed, gone, digests }: Found & { readonly gone: ReadonlySet<string>; readonly digests: Digests },
): Promise<void> {
  const { source, open, tally, signal, lease, progress } = ask;
  const facts = eventFacts(parts, ask, digests);
  const { tellings, tooLarge } = upsertsOf(all, changed, facts);
  for (const [record, reason] of tooLarge) tally.setAside({ record, reason });
  const owner = { connection: open.connection._id, source: source.name, fence: lease.fence };
  const changedSlices = createSlices(digests);
  let sent = 0;
  let remembering: Promise<void> = Promise.resolve();
  for (const group of chunksOf([...tellings.map(partOf), ...goneParts(gone, digests, facts)])) {
    signal.throwIfAborted();
    // The store keeps one chunk while Kafka takes the next.
    await Promise.all([parts.publish(group.flatMap(({ events }) => events)), remembering]);
    tally.changed((sent += sumOf(group, ({ changed: count }) => count)));
    tally.removed(sumOf(group, ({ removed }) => removed));
    progress(tally.run());
    signal.throwIfAborted();
    const published = new Map(group.flatMap((part) => [...part.published]));
    remembering = parts.digests.save({ ...owner, keptUntil: keptUntil(parts, ask) }, changedSlices(published));
    // Its failure is met where it is waited for, unless the run ends before that.
    remembering.catch(() => undefined);
  }
  await remembering;
}

function partOf({ events, records, removals }: Telling): Part {
  const published = records.map(({ id, hash, slice, jobId, key, appointment }) => {
    const digest: Digest = { hash, slice, job: jobId, key, ...(appointment ? {} : { bare: true }) };
    return [id, digest] as const;
  });
  const slice = records[0]?.slice ?? '';
  return { events, published: new Map(published), slice, changed: records.length, removed: removals };
}

/** Of what the vendor has deleted, that which was published and not told as removed. */
function goneParts(gone: ReadonlySet<string>, digests: Digests, facts: EventFacts): readonly Part[] {
  return [...gone].flatMap((id) => {
    const digest = digests.get(id);
    if (!digest || digest.hash === removedMark) return [];
    const events = removalsOf([{ id, jobId: digest.job }], facts);
    const published = new Map([[id, { ...digest, hash: removedMark }]]);
    return [{ events, published, slice: digest.slice, changed: 0, removed: 1 }];
  });
}

/** What lies in one slice stands together: the slice is written as few times as can be. */
function chunksOf(all: readonly Part[]): readonly (readonly Part[])[] {
  const chunks: Part[][] = [];
  let events = chunk;
  for (const part of all.toSorted((one, other) => (one.slice < other.slice ? -1 : one.slice > other.slice ? 1 : 0))) {
    if (events + part.events.length > chunk) {
      chunks.push([]);
      events = 0;
    }
    chunks.at(-1)!.push(part);
    events += part.events.length;
  }
  return chunks;
}

function sumOf(group: readonly Part[], count: (part: Part) => number): number {
  return group.reduce((sum, part) => sum + count(part), 0);
}

function eventFacts(parts: PollParts, { source, open, lease }: PollAsk, digests: Digests): EventFacts {
  return {
    org: open.connection.org,
    connection: open.connection._id,
    provider: parts.provider,
    newId: parts.newId,
    revision: lease.takenAt,
    traceparent: newTraceparent(),
    partial: source.window.partial,
    hasAppointment(id) {
      const digest = digests.get(id);
      return digest !== undefined && digest.hash !== removedMark && digest.bare !== true;
    },
  };
}
