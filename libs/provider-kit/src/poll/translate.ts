import type { Appointment, Job } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import { applyMapping, readRecord } from '@occ-hub/mapping';
import type { z } from 'zod';
import type { Source } from '../source.ts';
import { type Digests, hashOf } from './digest.ts';
import { placeInJobs } from './job-identity.ts';
import type { Tally } from './tally.ts';

type AnySource = Source<never, never>;
/** A row that was read, in the vendor's words. */
export type VendorRecord = z.output<z.ZodType>;

/** A row in the hub's words. */
export interface Translated {
  readonly id: string;
  readonly jobId: string;
  readonly slice: string;
  readonly hash: string;
  /** What its job is known by in later runs; undefined where every run sees all. */
  readonly key: string | undefined;
  /** When the vendor changed it, sortable; undefined where the source does not say. */
  readonly stamp: string | undefined;
  readonly job: Job;
  readonly appointment: Appointment | undefined;
}

export interface TranslateFacts {
  readonly source: AnySource;
  readonly linkedReps: ReadonlySet<string>;
  readonly digests: Digests;
  readonly timeZone: string;
  readonly tally: Tally;
}

/**
 * Reads raw rows. One that cannot be read is set aside; one of a rep without an active link is skipped and counted,
 * unless it was published before: an appointment given to somebody else must not stay with the old rep.
 */
export function readVendorRows(
  rows: readonly unknown[],
  { source, linkedReps, digests, tally }: TranslateFacts,
): VendorRecord[] {
  const kept: VendorRecord[] = [];
  for (const raw of rows) {
    tally.fetched();
    const record = orSetAside(() => readRecord(source.record, raw), { label: () => source.label(raw), tally });
    if (record === undefined) continue;
    const rep = source.rep(record);
    if (linkedReps.has(rep.id) || digests.has(source.id(record))) kept.push(record);
    else tally.skippedRep(rep);
  }
  return kept;
}

/** Translates records that were read; yields them one by one, in the order of the rows. */
export function* translate(records: readonly VendorRecord[], facts: TranslateFacts): Generator<Translated> {
  const { source, digests, tally } = facts;
  const keyOf = (record: VendorRecord) => {
    const key = source.sameJob(record);
    return key === undefined || !source.window.partial ? key : hashOf(key);
  };
  const jobs = placeInJobs(
    records.map((record) => ({ id: source.id(record), key: keyOf(record) })),
    digests,
  );
  for (const record of records) {
    const id = source.id(record);
    const place = { id, jobId: jobs.get(id) ?? id, key: source.window.partial ? keyOf(record) : undefined };
    const translated = orSetAside(() => translateOne(record, place, facts), { label: () => id, tally });
    if (translated) yield translated;
  }
}

function translateOne(
  record: VendorRecord,
  { id, jobId, key }: Pick<Translated, 'id' | 'jobId' | 'key'>,
  { source, timeZone, tally }: TranslateFacts,
): Translated {
  const context = { timeZone, warn: (reason: string) => tally.warned({ record: id, reason }) };
  const placed = { ...(record as object), job_of: jobId };
  const job = applyMapping(source.job, placed, context);
  const missing = source.withoutAppointment(record);
  if (missing !== undefined) context.warn(missing);
  const appointment = missing === undefined ? applyMapping(source.appointment, placed, context) : undefined;
  const [slice, stamp] = [source.slice(record), source.stamp?.(record)];
  return { id, jobId, slice, hash: hashOf([job, appointment]), key, stamp, job, appointment };
}

function orSetAside<Result>(
  work: () => Result,
  { label, tally }: { label: () => string; tally: Tally },
): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!isHubError(error, 'unreadable')) throw error;
    tally.setAside({ record: label(), reason: error.message });
    return undefined;
  }
}
