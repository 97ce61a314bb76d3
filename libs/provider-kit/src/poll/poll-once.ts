import { setImmediate } from 'node:timers/promises';
import type { HubEvent, SyncRun } from '@occ-hub/contracts';
import { type Clock, type NewId, newTraceparent } from '@occ-hub/service';
import { DateTime } from 'luxon';
import type { OpenConnection } from '../connections/clients.ts';
import type { DayWindow, Source } from '../source.ts';
import { type Digest, changedSlices } from './digest.ts';
import type { DigestStore } from './digest.store.ts';
import { upsertsOf } from './events.ts';
import type { Tally } from './tally.ts';
import { type Translated, readRows, translate } from './translate.ts';

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
  readonly fence: number;
  /** Called now and then with the run so far. Throws when the run must stop (the lease is lost, the deadline passed). */
  readonly progress: (run: SyncRun) => Promise<void>;
}

/** Between two looks at the event loop, the lease and the deadline. */
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
  const { source, open, tally, fence, progress } = ask;
  const { _id: connection, org } = open.connection;
  const revision = parts.clock();
  const [linkedReps, digests] = await Promise.all([
    parts.linkedReps(org, connection),
    parts.digests.load(connection, source.name),
  ]);
  const facts = { source, linkedReps, digests, timeZone: open.timeZone, tally };

  const records: unknown[] = [];
  for await (const page of source.read(
    open.client,
    windowOf(source, open.timeZone, revision),
    open.settings as never,
  )) {
    records.push(...readRows(page, facts));
    await progress(tally.run());
  }

  const all: Translated[] = [];
  const changed = new Set<string>();
  for (const each of translate(records, facts)) {
    all.push(each);
    const known = digests.get(each.id);
    if (known?.hash === each.hash && known.slice === each.slice) tally.unchanged();
    else changed.add(each.id);
    if (all.length % chunk === 0) await setImmediate();
  }

  const traceparent = newTraceparent();
  const events = upsertsOf(all, changed, {
    org,
    connection,
    provider: parts.provider,
    newId: parts.newId,
    revision,
    traceparent,
  });
  for (let sent = 0; sent < events.length; sent += chunk) {
    await parts.publish(events.slice(sent, sent + chunk));
    tally.changed(Math.round((changed.size * Math.min(sent + chunk, events.length)) / events.length));
    await progress(tally.run());
  }
  const published = new Map<string, Digest>(
    all.filter((each) => changed.has(each.id)).map(({ id, hash, slice, jobId }) => [id, { hash, slice, job: jobId }]),
  );
  await parts.digests.save(
    { connection, source: source.name, fence, now: parts.clock() },
    changedSlices(digests, published),
  );
}
