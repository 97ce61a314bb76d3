import { AppointmentResulted, type LookupEntry } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { z } from 'zod';
import { type CrmWrite, isOnItsWay } from '../settled/crm-status.ts';
import { type Occasion, outboundEvent, targetOf } from '../outbox/outbound-event.ts';
import { entryOf, type OutboxEntry } from '../outbox/outbox-entry.ts';
import type { AppointmentRecord } from './appointment.ts';

export const ResultAppointment = z.object({
  result: z.string().trim().min(1).max(200).describe("One of the CRM's results, by id or description"),
  result_reason: z.string().trim().max(2000).default(''),
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
  /** The CRM's list; empty when it was never asked. */
  readonly results: readonly LookupEntry[];
  readonly member: string;
}

/**
 * Decides a result. Throws HubError(rejected) for a result that the CRM does not list. Answers nothing when the same
 * result is already held and on its way: a second click must not write to the CRM twice.
 */
export function resultAppointment(
  command: ResultAppointment,
  { appointment, results, member }: ResultState,
  occasion: Occasion,
): { change: ResultChange; entry: OutboxEntry } | undefined {
  const result = listedResult(command, results);
  const same = appointment.result === result && appointment.result_reason === command.result_reason;
  if (same && isOnItsWay(appointment.crm)) return undefined;
  // Two results of one appointment keep their order even when clocks of two replicas differ.
  const now = Math.max(occasion.now, (appointment.resulted_at?.getTime() ?? 0) + 1);
  const job = { ...appointment, external_id: appointment.job_external_id };
  const event = outboundEvent(
    AppointmentResulted,
    { job, occasion: { ...occasion, now } },
    { ...targetOf(appointment), result, result_reason: command.result_reason },
  );
  const at = new Date(now);
  const crm: CrmWrite = { status: 'pending', event_id: event.attributes.id, at };
  return {
    change: { result, result_reason: command.result_reason, resulted_at: at, resulted_by: member, crm },
    entry: entryOf(event),
  };
}

/** The id of the listed result that was meant: people pick a description, the CRM wants its id. */
function listedResult(command: ResultAppointment, results: readonly LookupEntry[]): string {
  const wanted = command.result.toLowerCase();
  const entry =
    results.find(({ id }) => id.toLowerCase() === wanted) ??
    results.find(({ description }) => description.toLowerCase() === wanted);
  if (entry !== undefined) return entry.id;
  if (results.length === 0 || command.allow_unlisted) return command.result;
  const message =
    "This result is not among the CRM's results as last read. Choose one of them, refresh the lists, or send it with allow_unlisted.";
  throw new HubError({
    kind: 'rejected',
    code: 'core.result.unlisted',
    message,
    fields: [{ pointer: '/result', message: 'not on the list' }],
  });
}
