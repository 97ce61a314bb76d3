import {
  AppointmentRemoved,
  AppointmentUpserted,
  type HubEvent,
  type Job,
  JobUpserted,
  eventOf,
  jobSubject,
} from '@occ-hub/contracts';
import type { NewId } from '@occ-hub/service';
import { compareIds } from './job-identity.ts';
import type { Translated } from './translate.ts';

export interface EventFacts {
  readonly org: string;
  readonly connection: string;
  readonly provider: string;
  readonly newId: NewId;
  /** When the vendor was read, epoch ms: core drops what is older than what it holds. */
  readonly revision: number;
  readonly traceparent: string;
  /** The run saw only some of the records: a job is told as its last changed appointment has it. */
  readonly partial: boolean;
}

export interface Upserts {
  readonly events: readonly HubEvent[];
  /** Changed records that no event can carry, and why. */
  readonly tooLarge: ReadonlyMap<string, string>;
}

/** The bus takes 900 KiB with key and headers; these need less than 10. */
const largestData = 890 * 1024;

/**
 * The events of the changed records. A job is published once, by its first appointment, with the notes of all of its
 * appointments in this pull, and always before them: the key is the job, so every consumer sees it first. A job that is
 * too large for an event is set aside with its changed records; an appointment that is, alone.
 */
export function upsertsOf(all: readonly Translated[], changed: ReadonlySet<string>, facts: EventFacts): Upserts {
  const { revision } = facts;
  const byJob = Map.groupBy(all, (each) => each.jobId);
  const events: HubEvent[] = [];
  const tooLarge = new Map<string, string>();
  for (const [jobId, records] of byJob) {
    const toTell = records.filter((each) => changed.has(each.id));
    if (toTell.length === 0) continue;
    const attributes = () => attributesOf(jobId, facts);
    const teller = facts.partial ? toTell.at(-1)! : firstOf(jobId, records);
    const job = eventOf(JobUpserted, attributes(), { job: jobOf(teller, records), revision });
    if (isTooLarge(job)) {
      for (const { id } of toTell)
        tooLarge.set(id, tooLargeReason(`Job ${jobId}, with the notes of its appointments,`));
      continue;
    }
    events.push(job);
    for (const { id, appointment } of toTell) {
      if (!appointment) continue;
      const event = eventOf(AppointmentUpserted, attributes(), { appointment, revision });
      if (isTooLarge(event)) tooLarge.set(id, tooLargeReason('The appointment'));
      else events.push(event);
    }
  }
  return { events, tooLarge };
}

/** The events of appointments that the vendor has deleted. */
export function removalsOf(
  gone: readonly { readonly id: string; readonly jobId: string }[],
  facts: EventFacts,
): readonly HubEvent[] {
  return gone.map(({ id, jobId }) =>
    eventOf(AppointmentRemoved, attributesOf(jobId, facts), {
      ...{ external_id: id, job_external_id: jobId },
      revision: facts.revision,
    }),
  );
}

function firstOf(jobId: string, records: readonly Translated[]): Translated {
  return (
    records.find((each) => each.id === jobId) ?? [...records].sort((one, other) => compareIds(one.id, other.id))[0]!
  );
}

/** A job as one of its appointments tells it, with the notes of all. */
function jobOf(teller: Translated, records: readonly Translated[]): Job {
  return { ...teller.job, notes: records.flatMap((each) => each.job.notes) };
}

function isTooLarge({ data }: HubEvent): boolean {
  return Buffer.byteLength(JSON.stringify(data)) > largestData;
}

function tooLargeReason(what: string): string {
  return `${what} is larger than the hub can pass on (${largestData / 1024} KiB). Shorten its notes in the CRM; the next run brings it.`;
}

function attributesOf(jobId: string, { org, connection, provider, newId, revision, traceparent }: EventFacts) {
  return {
    id: newId(),
    source: `/providers/${provider}`,
    subject: jobSubject({ org, provider, externalId: jobId }),
    time: new Date(revision).toISOString(),
    orgid: org,
    connectionid: connection,
    provider,
    origin: 'crm' as const,
    traceparent,
  };
}
