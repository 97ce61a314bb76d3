import { AppointmentResulted } from '@occ-hub/contracts';
import { z } from 'zod';
import { type CrmWrite, isRepeat } from '../settled/crm-status.ts';
import { type Occasion, outboundEvent, targetOf } from '../outbox/outbound-event.ts';
import { entryOf, type OutboxEntry } from '../outbox/outbox-entry.ts';
import { chooseResult } from '../results/choose-result.ts';
import type { ResultLists } from '../results/result-lists.ts';
import type { AppointmentRecord } from './appointment.ts';

export const ResultAppointment = z.object({
  result: z.string().trim().min(1).max(200).describe("One of the CRM's results, by id or description"),
  result_reason: z
    .string()
    .trim()
    .max(2000)
    .default('')
    .describe('One of the details of the result, by id or description; free text where the CRM lists none'),
  confirmed: z.boolean().default(false).describe('The person was asked, in the words of `confirm`'),
  allow_unlisted: z
    .boolean()
    .default(false)
    .describe("Send a result that is not on the CRM's list: it may be incomplete"),
});
export type ResultAppointment = z.infer<typeof ResultAppointment>;

/** What OCC owns of an appointment after a person gave it a result. */
export interface ResultChange {
  readonly result: string;
  readonly result_reason: string;
  readonly resulted_at: Date;
  readonly resulted_by: string;
  readonly crm: CrmWrite;
}

export interface ResultState {
  readonly appointment: AppointmentRecord;
  readonly lists: ResultLists;
  readonly member: string;
}

/**
 * Decides a result. Throws HubError(rejected) for what the CRM would refuse. Answers nothing for a repeat: a second click
 * must not write to the CRM twice. What the CRM has is not known here, so the same result is sent again when it is given
 * later, and the provider, who looks first, writes nothing where it is there.
 */
export function resultAppointment(
  command: ResultAppointment,
  { appointment, lists, member }: ResultState,
  occasion: Occasion,
): { change: ResultChange; entry: OutboxEntry } | undefined {
  const { result_reason: asked, allow_unlisted, ...rest } = command;
  // A list that was never read says nothing about a result.
  const unlisted = allow_unlisted || lists.results.length === 0 ? 'passes' : 'refused-unless-insisted';
  const detailField = 'result_reason';
  const { result, detail } = chooseResult({ ...rest, detail: asked, unlisted, detailField }, lists);
  const same = appointment.result === result && appointment.result_reason === detail;
  const held = { crm: appointment.crm, givenAt: appointment.resulted_at };
  if (same && isRepeat(held, { now: occasion.now, crmHasIt: false })) return undefined;
  // Two results of one appointment keep their order even when clocks of two replicas differ.
  const now = Math.max(occasion.now, (appointment.resulted_at?.getTime() ?? 0) + 1);
  const job = { ...appointment, external_id: appointment.job_external_id };
  const event = outboundEvent(
    AppointmentResulted,
    { job, occasion: { ...occasion, now } },
    { ...targetOf(appointment), result, result_reason: detail },
  );
  const at = new Date(now);
  const crm: CrmWrite = { status: 'pending', event_id: event.attributes.id, at };
  return {
    change: { result, result_reason: detail, resulted_at: at, resulted_by: member, crm },
    entry: entryOf(event),
  };
}
