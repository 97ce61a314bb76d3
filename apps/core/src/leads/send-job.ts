import { eventOf, Instant, type JobLead, LeadSubmitted, leadSubject } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { holdsCardNumber } from '@occ-hub/service';
import { z } from 'zod';
import type { JobRecord } from '../jobs/job.ts';
import type { Occasion } from '../outbox/outbound-event.ts';
import { entryOf, type OutboxEntry } from '../outbox/outbox-entry.ts';
import type { CrmWrite } from '../settled/crm-status.ts';
import { leadIdOf, type LeadRecord, leadStatus } from './lead.ts';

/** What a person says of a job when they hand it to another CRM; the rest is the job's. */
export const SendJob = z.object({
  connection: z.string().min(1).max(200).describe("Of the CRM that takes it; not the job's own"),
  summary: z.string().trim().min(1).max(500).optional().describe("Absent: the job's name"),
  notes: z.string().trim().max(8_000).optional(),
  division: z.string().trim().min(1).max(200).optional().describe("By the CRM's name or id of it"),
  source: z.string().trim().min(1).max(200).optional().describe('In the words of the CRM that takes it'),
  task: z.boolean().default(false).describe('Whether the CRM is to make a task for it'),
  wanted_start: Instant.optional(),
  wanted_end: Instant.optional(),
  send_again: z
    .boolean()
    .default(false)
    .describe('For a lead that a person ended (`aborted`): you have looked, and the CRM does not have it'),
});
export type SendJob = z.infer<typeof SendJob>;

export interface SendState {
  readonly job: JobRecord;
  /** The connection that takes it, and the door that its provider named. */
  readonly to: { readonly provider: string; readonly connection: string; readonly door: string };
  /** The lead that this job became there before. */
  readonly held: LeadRecord | null;
}

/** The lead that a job becomes, with the event inside, for one write. */
export interface SentJob {
  readonly lead: LeadRecord;
  readonly entry: OutboxEntry;
}

/** The lead's identity: a job is one lead at a provider, however often it is sent. */
export function leadOfSentJob(job: Pick<JobRecord, '_id' | 'org'>, provider: string): { id: string; subject: string } {
  const subject = leadSubject({ org: job.org, provider, key: job._id });
  return { id: leadIdOf({ org: job.org, provider, subject }), subject };
}

/**
 * Decides that a job goes to another CRM as a lead. Throws HubError(rejected) when it is there already, or on its way:
 * what was refused is sent anew, and what may be there (a person ended it, perhaps because it is) by `send_again` alone.
 * Throws HubError(rejected) `card-number.refused`, too, when the job itself holds a card number.
 */
export function sendJob(command: SendJob, { job, to, held }: SendState, occasion: Occasion): SentJob {
  if (held !== null) checkGoesAgain(held, command);
  const { id, subject } = leadOfSentJob(job, to.provider);
  const variables = variablesOf(command, job);
  if (holdsCardNumber(variables)) throw holdsCard();
  const attributes = {
    id: occasion.eventId,
    source: '/core',
    subject,
    time: new Date(occasion.now).toISOString(),
    orgid: job.org,
    connectionid: to.connection,
    provider: to.provider,
    origin: 'occ',
    ...(occasion.traceparent === undefined ? {} : { traceparent: occasion.traceparent }),
  } as const;
  const data = { lead_key: job._id, crm: to.provider, door: to.door, variables };
  const lead = {
    _id: id,
    org: job.org,
    subject,
    provider: to.provider,
    connection: to.connection,
    ...{ lead_key: job._id, door: to.door, variables, crm_provider: to.provider },
    submitted_by: occasion.eventId,
    created_at: new Date(occasion.now),
  };
  return { lead, entry: entryOf(eventOf(LeadSubmitted, attributes, data)) };
}

/** An earlier sending may have ended otherwise since this one was refused: somebody replayed it. */
function checkGoesAgain(held: LeadRecord, { send_again: sendAgain }: SendJob): void {
  const last = leadStatus(held);
  const ends = held.ends ?? [];
  const there = ends.find(({ status }) => status === 'delivered');
  if (there !== undefined) throw sentAlready(there);
  if (last.status !== 'rejected' && last.status !== 'aborted') throw sentAlready(last);
  const doubtful = ends.find(({ status }) => status !== 'rejected');
  if (doubtful !== undefined && !sendAgain) throw mayBeThere(doubtful);
}

type End = Pick<CrmWrite, 'status' | 'delivery_id'>;

function sentAlready(end: End): HubError {
  const message = `This job was sent there already: ${stands(end)}. What was not delivered is put right under deliveries; it is not sent twice.`;
  return new HubError({ kind: 'rejected', code: 'core.job.sent-already', message });
}

function mayBeThere(end: End): HubError {
  const message = `This job was sent there, and may be there: ${stands(end)}. Look in that CRM. It does not have it: send with "send_again": true.`;
  return new HubError({ kind: 'rejected', code: 'core.job.may-be-there', message });
}

function stands({ status, delivery_id: delivery }: End): string {
  return delivery === undefined ? `it is ${status}` : `it is ${status} (delivery ${delivery})`;
}

function holdsCard(): HubError {
  const message =
    'The job holds what looks like a card number, in its own texts. Card numbers never go through OCC: take it out where the job comes from.';
  return new HubError({ kind: 'rejected', code: 'card-number.refused', message });
}

/** Where the job came from is told in words: another CRM does not know the sources of the first. */
function notesOf({ notes = '' }: SendJob, { lead_source: source }: JobRecord): string {
  return [notes, source === '' ? '' : `Lead source: ${source}`].filter((line) => line !== '').join('\n');
}

/** The job in the names of a lead. What is not known is left out. */
function variablesOf(command: SendJob, job: JobRecord): Record<string, string> {
  const mobile = job.phones.find(({ name }) => /mobile|cell/i.test(name))?.number;
  const lead: JobLead = {
    source_id: job._id,
    customer_name: job.customer_name,
    email: job.email.split(',')[0]?.trim(),
    phone: job.phones.find(({ number }) => number !== mobile)?.number,
    mobile,
    ...job.address,
    source: command.source,
    summary: command.summary ?? job.name,
    notes: notesOf(command, job),
    division: command.division,
    task: command.task ? 'yes' : 'no',
    wanted_start: command.wanted_start,
    wanted_end: command.wanted_end,
  };
  return Object.fromEntries(Object.entries(lead).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
