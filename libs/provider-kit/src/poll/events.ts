import { AppointmentUpserted, type HubEvent, JobUpserted, eventOf, jobSubject } from '@occ-hub/contracts';
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
}

/**
 * The events of the changed records. A job is published once, by its first appointment, with the notes of all of its
 * appointments in this pull, and always before them: the key is the job, so every consumer sees it first.
 */
export function upsertsOf(all: readonly Translated[], changed: ReadonlySet<string>, facts: EventFacts): HubEvent[] {
  const byJob = Map.groupBy(all, (each) => each.jobId);
  const events: HubEvent[] = [];
  for (const [jobId, records] of byJob) {
    const toTell = records.filter((each) => changed.has(each.id));
    if (toTell.length === 0) continue;
    const attributes = () => attributesOf(jobId, facts);
    const leader =
      records.find((each) => each.id === jobId) ?? [...records].sort((one, other) => compareIds(one.id, other.id))[0]!;
    const notes = records.flatMap((each) => each.job.notes);
    events.push(eventOf(JobUpserted, attributes(), { job: { ...leader.job, notes }, revision: facts.revision }));
    for (const { appointment } of toTell) {
      if (appointment)
        events.push(eventOf(AppointmentUpserted, attributes(), { appointment, revision: facts.revision }));
    }
  }
  return events;
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
