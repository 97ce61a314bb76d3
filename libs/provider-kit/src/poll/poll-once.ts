import type { CrmUser, HubEvent, Lookups, SyncRun } from '@occ-hub/contracts';
import { type Clock, type NewId, newTraceparent } from '@occ-hub/service';
import type { Lease } from '@occ-hub/store';
import type { OpenConnection } from '../connections/clients.ts';
import { callsMade } from '../http/exchanges.ts';
import type { Source } from '../source.ts';
import { findChanged } from './changed.ts';
import { type Digest, type Digests, changedSlices, removedMark } from './digest.ts';
import type { DigestStore } from './digest.store.ts';
import { type EventFacts, removalsOf, upsertsOf } from './events.ts';
import type { Tally } from './tally.ts';
import { type Translated, type TranslateFacts, type VendorRecord, readVendorRows } from './translate.ts';
import type { WatermarkStore } from './watermark.store.ts';
import { type RunFacts, looksAtEverything } from './window.ts';

/** What a CRM lists beside its records. */
export interface CrmLists {
  readonly users: readonly CrmUser[];
  readonly lookups: Lookups;
}

export interface PollParts {
  readonly provider: string;
  readonly digests: DigestStore;
  readonly watermarks: WatermarkStore;
  /** Resolves when Kafka has all of them. */
  readonly publish: (events: readonly HubEvent[]) => Promise<void>;
  readonly linkedReps: (org: string, connection: string) => Promise<ReadonlySet<string>>;
  readonly readLists: (client: never) => Promise<CrmLists>;
  /** Hands the lists to core, which links users by e-mail; answers as `linkedReps`. */
  readonly keepLists: (org: string, connection: string, lists: CrmLists) => Promise<ReadonlySet<string>>;
  readonly clock: Clock;
  readonly newId: NewId;
}

export interface PollAsk {
  readonly source: Source<never, never>;
  readonly open: OpenConnection;
  readonly tally: Tally;
  /** Its fence guards the digests; the instant it was taken is the revision of what this run publishes. */
  readonly lease: Pick<Lease, 'fence' | 'takenAt'>;
  /** Once it has aborted nothing is published and nothing remembered any more. */
  readonly signal: AbortSignal;
  /** Told now and then of the run so far. */
  readonly progress: (run: SyncRun) => void;
}

/** Events published at once: between two looks at the signal. */
const chunk = 500;

/**
 * One run: asks the window, translates, publishes what changed since the last publication, and remembers it only after
 * Kafka has it. A crash repeats, never loses. A failed fetch ends the run before anything is concluded from it.
 */
export async function pollOnce(parts: PollParts, ask: PollAsk): Promise<void> {
  const { source, open, tally } = ask;
  const connection = open.connection._id;
  const [reps, digests, last] = await Promise.all([
    linkedReps(parts, ask),
    parts.digests.load(connection, source.name),
    parts.watermarks.load(connection, source.name),
  ]);
  const planned = planOf(parts, ask, { reps, digests, last });
  const facts = { source, linkedReps: reps, digests, timeZone: open.timeZone, tally };
  const read = await readAll(ask, facts, planned.window);
  const found = await findChanged(read.records, facts);
  const published = await publishChanged(parts, ask, { ...found, gone: removedOf(read.gone, digests) });
  tally.vendorCalls(callsMade());
  ask.signal.throwIfAborted();
  const owner = { connection, source: source.name, fence: ask.lease.fence };
  await parts.digests.save({ ...owner, now: parts.clock() }, changedSlices(digests, published));
  // Last: an end before this asks for the same changes again.
  if (planned.reached) await parts.watermarks.save(owner, planned.reached);
}

async function linkedReps(parts: PollParts, { source, open }: PollAsk): Promise<ReadonlySet<string>> {
  const { _id: connection, org } = open.connection;
  if (!source.listsFirst) return parts.linkedReps(org, connection);
  return parts.keepLists(org, connection, await parts.readLists(open.client));
}

function planOf(
  { clock }: PollParts,
  { source, open, tally }: PollAsk,
  { reps, digests, last }: { reps: ReadonlySet<string>; digests: Digests; last: RunFacts['last'] },
) {
  const facts: RunFacts = {
    now: source.vendorNow?.(open.client) ?? clock(),
    timeZone: open.timeZone,
    reps,
    known: new Set([...digests].filter(([, { hash }]) => hash !== removedMark).map(([id]) => id)),
    last,
    asked: looksAtEverything(tally.run().reason),
  };
  const window = source.window.plan(facts);
  tally.window(source.window.shown(window));
  return { window, reached: source.window.reached(window, facts) };
}

async function readAll(
  { source, open, tally, signal, progress }: PollAsk,
  facts: TranslateFacts,
  window: unknown,
): Promise<{ records: readonly VendorRecord[]; gone: ReadonlySet<string> }> {
  const records: VendorRecord[] = [];
  const gone = new Set<string>();
  for await (const page of source.read(open.client, window, open.settings as never)) {
    signal.throwIfAborted();
    records.push(...readVendorRows(page.rows, facts));
    for (const id of page.gone ?? []) gone.add(id);
    for (const rep of page.notOurs ?? []) tally.skippedRep(rep);
    for (const warning of page.warnings ?? []) tally.warned(warning);
    tally.vendorCalls(callsMade());
    progress(tally.run());
  }
  return { records, gone };
}

interface Gone {
  readonly id: string;
  readonly jobId: string;
  readonly digest: Digest;
}

/** Of what the vendor has deleted, that which was published and not told as removed. */
function removedOf(gone: ReadonlySet<string>, digests: Digests): readonly Gone[] {
  return [...gone].flatMap((id) => {
    const digest = digests.get(id);
    return digest && digest.hash !== removedMark ? [{ id, jobId: digest.job, digest }] : [];
  });
}

interface Changes {
  readonly all: readonly Translated[];
  readonly changed: ReadonlySet<string>;
  readonly gone: readonly Gone[];
}

/** Publishes what changed and gives what may be remembered of it. */
async function publishChanged(
  parts: PollParts,
  ask: PollAsk,
  { all, changed, gone }: Changes,
): Promise<ReadonlyMap<string, Digest>> {
  const { tally, signal, progress } = ask;
  const facts = eventFacts(parts, ask);
  const { events: upserts, tooLarge } = upsertsOf(all, changed, facts);
  const events = [...upserts, ...removalsOf(gone, facts)];
  for (const [record, reason] of tooLarge) tally.setAside({ record, reason });
  const told = all.filter(({ id }) => changed.has(id) && !tooLarge.has(id));
  for (let sent = 0; sent < events.length; sent += chunk) {
    signal.throwIfAborted();
    await parts.publish(events.slice(sent, sent + chunk));
    tally.changed(Math.round((told.length * Math.min(sent + chunk, events.length)) / events.length));
    progress(tally.run());
  }
  for (const _each of gone) tally.removed();
  return new Map<string, Digest>([
    ...told.map(({ id, hash, slice, jobId, key }) => [id, { hash, slice, job: jobId, key }] as const),
    ...gone.map(({ id, digest }) => [id, { ...digest, hash: removedMark }] as const),
  ]);
}

function eventFacts(parts: PollParts, { source, open, lease }: PollAsk): EventFacts {
  return {
    org: open.connection.org,
    connection: open.connection._id,
    provider: parts.provider,
    newId: parts.newId,
    revision: lease.takenAt,
    traceparent: newTraceparent(),
    partial: source.window.partial,
  };
}
