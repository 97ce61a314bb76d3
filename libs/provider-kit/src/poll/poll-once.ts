import type { HubEvent, SyncRun } from '@occ-hub/contracts';
import { type Clock, type NewId, newTraceparent } from '@occ-hub/service';
import type { Lease } from '@occ-hub/store';
import { DateTime } from 'luxon';
import type { OpenConnection } from '../connections/clients.ts';
import type { DayWindow, Source } from '../source.ts';
import { type Found, findChanged } from './changed.ts';
import { type Digest, changedSlices } from './digest.ts';
import type { DigestStore } from './digest.store.ts';
import { upsertsOf } from './events.ts';
import type { Tally } from './tally.ts';
import { type TranslateFacts, type VendorRecord, readVendorRows } from './translate.ts';

export interface PollParts {
  readonly provider: string;
  readonly digests: DigestStore;
  /** Resolves when Kafka has all of them. */
  readonly publish: (events: readonly HubEvent[]) => Promise<void>;
  readonly linkedReps: (org: string, connection: string) => Promise<ReadonlySet<string>>;
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

/** The calendar days to ask for, from the company's today. */
export function windowOf(source: Source<never, never>, timeZone: string, now: number): DayWindow {
  return source.window(DateTime.fromMillis(now, { zone: timeZone }).toISODate()!);
}

/**
 * One run: asks the window, translates, publishes what changed since the last publication, and remembers it only after
 * Kafka has it. A crash repeats, never loses. A failed fetch ends the run before anything is concluded from it.
 */
export async function pollOnce(parts: PollParts, ask: PollAsk): Promise<void> {
  const { source, open, tally } = ask;
  const { _id: connection, org } = open.connection;
  const [linkedReps, digests] = await Promise.all([
    parts.linkedReps(org, connection),
    parts.digests.load(connection, source.name),
  ]);
  const facts = { source, linkedReps, digests, timeZone: open.timeZone, tally };
  const found = await findChanged(await readAll(parts, ask, facts), facts);
  const published = await publishChanged(parts, ask, found);
  ask.signal.throwIfAborted();
  await parts.digests.save(
    { connection, source: source.name, fence: ask.lease.fence, now: parts.clock() },
    changedSlices(digests, published),
  );
}

async function readAll(
  { clock }: PollParts,
  { source, open, tally, signal, progress }: PollAsk,
  facts: TranslateFacts,
): Promise<VendorRecord[]> {
  const records: VendorRecord[] = [];
  const window = windowOf(source, open.timeZone, clock());
  for await (const page of source.read(open.client, window, open.settings as never)) {
    signal.throwIfAborted();
    records.push(...readVendorRows(page, facts));
    progress(tally.run());
  }
  return records;
}

/** Publishes what changed and gives what may be remembered of it. */
async function publishChanged(
  parts: PollParts,
  { open, tally, lease, signal, progress }: PollAsk,
  { all, changed }: Found,
): Promise<ReadonlyMap<string, Digest>> {
  const { events, tooLarge } = upsertsOf(all, changed, {
    org: open.connection.org,
    connection: open.connection._id,
    provider: parts.provider,
    newId: parts.newId,
    revision: lease.takenAt,
    traceparent: newTraceparent(),
  });
  for (const [record, reason] of tooLarge) tally.setAside({ record, reason });
  const told = all.filter(({ id }) => changed.has(id) && !tooLarge.has(id));
  for (let sent = 0; sent < events.length; sent += chunk) {
    signal.throwIfAborted();
    await parts.publish(events.slice(sent, sent + chunk));
    tally.changed(Math.round((told.length * Math.min(sent + chunk, events.length)) / events.length));
    progress(tally.run());
  }
  return new Map(told.map(({ id, hash, slice, jobId }) => [id, { hash, slice, job: jobId }]));
}
