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
  /** The run saw only some of the records: a job is told as its newest changed appointment has it. */
  readonly partial: boolean;
  /** Whether an appointment of this record was told, and not that it is removed. */
  readonly hasAppointment: (id: string) => boolean;
}

/** What is told of one job, in order. */
export interface Telling {
  readonly events: readonly HubEvent[];
  /** The records that are told with all of them. */
  readonly records: readonly Translated[];
  /** How many of the events say that an appointment is removed. */
  readonly removals: number;
}

export interface Upserts {
  readonly tellings: readonly Telling[];
  /** Changed records that no event can carry, and why. */
  readonly tooLarge: ReadonlyMap<string, string>;
}

/** The bus takes 900 KiB with key and headers; these need less than 10. */
const largestData = 890 * 1024;

/**
 * The events of the changed records. A job is published once, by its first appointment, with the notes of all of its
 * appointments in this pull, and always before them: the key is the job, so every consumer sees it first. An appointment
 * that was told and is none any more is told as removed. A job that is too large for an event is set aside with its
 * changed records; an appointment that is, alone.
 */
export function upsertsOf(all: readonly Translated[], changed: ReadonlySet<string>, facts: EventFacts): Upserts {
  const tellings: Telling[] = [];
  const tooLarge = new Map<string, string>();
  for (const [jobId, records] of Map.groupBy(all, (each) => each.jobId)) {
    const toTell = records.filter((each) => changed.has(each.id));
    if (toTell.length === 0) continue;
    const teller = facts.partial ? newestOf(toTell) : firstOf(jobId, records);
    const { revision } = facts;
    const job = eventOf(JobUpserted, attributesOf(jobId, facts), { job: jobOf(teller, records), revision });
    if (isTooLarge(job)) {
      const reason = tooLargeReason(`Job ${jobId}, with the notes of its appointments,`);
      for (const { id } of toTell) tooLarge.set(id, reason);
    } else tellings.push(tellingOf(job, toTell, { facts, tooLarge }));
  }
  return { tellings, tooLarge };
}

function tellingOf(
  job: HubEvent,
  toTell: readonly Translated[],
  { facts, tooLarge }: { facts: EventFacts; tooLarge: Map<string, string> },
): Telling {
  const events = [job];
  const lost = toTell.filter(({ id, appointment }) => !appointment && facts.hasAppointment(id));
  for (const { id, jobId, appointment } of toTell) {
    if (!appointment) continue;
    const event = eventOf(AppointmentUpserted, attributesOf(jobId, facts), { appointment, revision: facts.revision });
    if (isTooLarge(event)) tooLarge.set(id, tooLargeReason('The appointment'));
    else events.push(event);
  }
  events.push(...removalsOf(lost, facts));
  return { events, records: toTell.filter(({ id }) => !tooLarge.has(id)), removals: lost.length };
}

/** The events of appointments that are none any more. */
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

/** By the vendor's stamps; the last one where there are none. */
function newestOf(records: readonly Translated[]): Translated {
  return records.reduce((newest, each) => ((each.stamp ?? '') < (newest.stamp ?? '') ? newest : each));
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
