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

/** Reads raw rows. One that cannot be read is set aside; one of a rep without an active link is skipped and counted. */
export function readVendorRows(
  rows: readonly unknown[],
  { source, linkedReps, tally }: TranslateFacts,
): VendorRecord[] {
  const kept: VendorRecord[] = [];
  for (const raw of rows) {
    tally.fetched();
    const record = orSetAside(() => readRecord(source.record, raw), { label: () => source.label(raw), tally });
    if (record === undefined) continue;
    const rep = source.rep(record);
    if (linkedReps.has(rep.id)) kept.push(record);
    else tally.skippedRep(rep);
  }
  return kept;
}

/** Translates records that were read; yields them one by one, in the order of the rows. */
export function* translate(records: readonly VendorRecord[], facts: TranslateFacts): Generator<Translated> {
  const { source, digests, tally } = facts;
  const jobs = placeInJobs(
    records.map((record) => ({ id: source.id(record), key: source.sameJob(record) })),
    digests,
  );
  for (const record of records) {
    const id = source.id(record);
    const jobId = jobs.get(id) ?? id;
    const translated = orSetAside(() => translateOne(record, { id, jobId, facts }), { label: () => id, tally });
    if (translated) yield translated;
  }
}

function translateOne(
  record: VendorRecord,
  { id, jobId, facts }: { id: string; jobId: string; facts: TranslateFacts },
): Translated {
  const { source, timeZone, tally } = facts;
  const context = { timeZone, warn: (reason: string) => tally.warned({ record: id, reason }) };
  const placed = { ...(record as object), job_of: jobId };
  const job = applyMapping(source.job, placed, context);
  const missing = source.withoutAppointment(record);
  if (missing !== undefined) context.warn(missing);
  const appointment = missing === undefined ? applyMapping(source.appointment, placed, context) : undefined;
  return { id, jobId, slice: source.slice(record), hash: hashOf([job, appointment]), job, appointment };
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
