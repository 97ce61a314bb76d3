import { OpportunityResulted } from '@occ-hub/contracts';
import { z } from 'zod';
import { type AppointmentRecord, opportunityOf } from '../appointments/appointment.ts';
import { type Occasion, outboundEvent, targetOf } from '../outbox/outbound-event.ts';
import { entryOf, type OutboxEntry } from '../outbox/outbox-entry.ts';
import { chooseResult } from '../results/choose-result.ts';
import type { ResultLists } from '../results/result-lists.ts';
import { isRepeat } from '../settled/crm-status.ts';
import { type GivenResultRecord, givenResultIdOf } from './opportunity.ts';

export const ResultOpportunity = z.object({
  result: z.string().trim().min(1).max(200).describe("One of the CRM's results of opportunities, by id or description"),
  result_detail: z.string().trim().max(200).default('').describe('One of its details, by id or description'),
  confirmed: z.boolean().default(false).describe('The person was asked, in the words of `confirm`'),
});
export type ResultOpportunity = z.infer<typeof ResultOpportunity>;

export interface ResultOpportunityState {
  readonly appointment: AppointmentRecord;
  /** The CRM's id of one of the appointment's opportunities. */
  readonly opportunity: string;
  /** The result held; null when none was given. */
  readonly held: GivenResultRecord | null;
  readonly lists: ResultLists;
  readonly member: string;
}

/**
 * Decides an opportunity's result. Throws NotFound for an opportunity that the appointment does not have, and
 * HubError(rejected) for what the CRM would refuse. Answers nothing for a repeat: a second click must not write to the CRM
 * twice, but the same result is given anew when the office changed it at the CRM meanwhile.
 */
export function resultOpportunity(
  command: ResultOpportunity,
  state: ResultOpportunityState,
  occasion: Occasion,
): { given: GivenResultRecord; entry: OutboxEntry } | undefined {
  const { appointment, held, lists, member } = state;
  const opportunity = opportunityOf(appointment, state.opportunity);
  const { result_detail: detail, ...rest } = command;
  const chosen = chooseResult({ ...rest, detail, unlisted: 'refused', detailField: 'result_detail' }, lists);
  const same = held?.result === chosen.result && held.result_detail === chosen.detail;
  const crmHasIt = opportunity.result === chosen.result && opportunity.result_detail === chosen.detail;
  const given = { crm: held?.crm, givenAt: held?.resulted_at };
  if (same && isRepeat(given, { now: occasion.now, crmHasIt })) return undefined;
  // Two results of one opportunity keep their order even when clocks of two replicas differ.
  const now = Math.max(occasion.now, (held?.resulted_at.getTime() ?? 0) + 1);
  const job = { ...appointment, external_id: appointment.job_external_id };
  const words = { result: chosen.result, result_detail: chosen.detail };
  const event = outboundEvent(
    OpportunityResulted,
    { job, occasion: { ...occasion, now } },
    {
      ...targetOf(appointment),
      opportunity_external_id: opportunity.id,
      ...words,
      confirmed: command.confirmed,
    },
  );
  const at = new Date(now);
  return {
    given: {
      _id: givenResultIdOf(appointment._id, opportunity.id),
      org: appointment.org,
      appointment: appointment._id,
      opportunity: opportunity.id,
      ...words,
      resulted_at: at,
      resulted_by: member,
      crm: { status: 'pending', event_id: event.attributes.id, at },
    },
    entry: entryOf(event),
  };
}
