import type { CrmUser, HubEvent, Lookups, SyncRun } from '@occ-hub/contracts';
import type { Clock, NewId } from '@occ-hub/service';
import type { Lease } from '@occ-hub/store';
import type { OpenConnection } from '../connections/clients.ts';
import { callsMade } from '../http/exchanges.ts';
import type { Source, Warning } from '../source.ts';
import { findChanged } from './changed.ts';
import { type Digests, removedMark } from './digest.ts';
import type { DigestStore } from './digest.store.ts';
import { judgeNotFound } from './not-found.ts';
import { keptUntil, publishChanged } from './publish-changed.ts';
import type { Tally } from './tally.ts';
import { type TranslateFacts, type VendorRecord, readVendorRows } from './translate.ts';
import type { WatermarkStore } from './watermark.store.ts';
import { type RunFacts, looksAtEverything } from './window.ts';

/** What a CRM lists beside its records. */
export interface CrmLists {
  readonly users: readonly CrmUser[];
  readonly lookups: Lookups;
  /** What is odd about them. */
  readonly warnings: readonly Warning[];
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

/**
 * One run: asks the window, translates, publishes what changed since the last publication, and remembers each part only
 * after Kafka has it. A crash repeats that part, and never loses. A failed fetch ends the run before anything is concluded from it.
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
  const read = await readAll(ask, facts, planned);
  const found = await findChanged(read.records, facts);
  await publishChanged(parts, ask, { ...found, gone: read.gone, digests });
  tally.vendorCalls(callsMade());
  ask.signal.throwIfAborted();
  const { reached } = planned;
  if (!reached) return;
  if (reached.fullAt !== last?.fullAt) await parts.digests.keep(connection, source.name, keptUntil(parts, ask));
  // Last: an end before this asks for the same changes again.
  await parts.watermarks.save({ connection, source: source.name, fence: ask.lease.fence }, reached);
}

async function linkedReps(parts: PollParts, { source, open, tally }: PollAsk): Promise<ReadonlySet<string>> {
  const { _id: connection, org } = open.connection;
  if (!source.listsFirst) return parts.linkedReps(org, connection);
  const lists = await parts.readLists(open.client);
  for (const warning of lists.warnings) tally.warned(warning);
  return parts.keepLists(org, connection, lists);
}

function planOf(
  { clock }: PollParts,
  { source, open, tally }: PollAsk,
  { reps, digests, last }: { reps: ReadonlySet<string>; digests: Digests; last: RunFacts['last'] },
) {
  const idsOf = (isWanted: (hash: string) => boolean) =>
    new Set([...digests].filter(([, { hash }]) => isWanted(hash)).map(([id]) => id));
  const facts: RunFacts = {
    now: source.vendorNow?.(open.client) ?? clock(),
    timeZone: open.timeZone,
    reps,
    known: idsOf((hash) => hash !== removedMark),
    removed: idsOf((hash) => hash === removedMark),
    last,
    asked: looksAtEverything(tally.run().reason),
  };
  const window = source.window.plan(facts);
  tally.window(source.window.shown(window));
  return { window, known: facts.known, reached: source.window.reached(window, facts) };
}

async function readAll(
  { source, open, tally, signal, progress }: PollAsk,
  facts: TranslateFacts,
  { window, known }: { window: unknown; known: ReadonlySet<string> },
): Promise<{ records: readonly VendorRecord[]; gone: ReadonlySet<string> }> {
  const records: VendorRecord[] = [];
  const [gone, missing] = [new Set<string>(), new Set<string>()];
  for await (const page of source.read(open.client, window, open.settings as never)) {
    signal.throwIfAborted();
    records.push(...readVendorRows(page.rows, facts));
    for (const id of page.gone ?? []) gone.add(id);
    for (const id of page.missing ?? []) missing.add(id);
    for (const rep of page.notOurs ?? []) tally.skippedRep(rep);
    for (const warning of page.warnings ?? []) tally.warned(warning);
    tally.vendorCalls(callsMade());
    progress(tally.run());
  }
  const notFound = judgeNotFound(missing, known);
  if (notFound.warning) tally.warned(notFound.warning);
  return { records, gone: new Set([...gone, ...notFound.gone]) };
}
