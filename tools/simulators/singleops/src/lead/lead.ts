import type { Client } from '../account/client.ts';
import { isUnconfirmed } from '../account/client.ts';

/** What visit stage 8 makes; the other stages are jobs that are no leads any more. */
export const LEAD_STAGE = 8;

export interface Task {
  name: string;
  notes: string;
  on_site: boolean;
  /** `YYYY-MM-DD HH:MM:SS` on the account's wall clock; null without. */
  start: string | null;
  stop: string | null;
  all_day: boolean;
}

/** A lead as SingleOps keeps it. */
export interface Lead {
  id: number;
  accountId: number;
  clientId: number;
  name: string;
  notes: string;
  operationId: number;
  customFieldValues: { custom_input_id: number; value: string }[];
  visitStageId: number;
  task: Task | null;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Whether the call made the client, too. */
  newClient: boolean;
  /** Whether a person, or the client's own record, has said where the work is. */
  located: boolean;
  onHold: boolean;
  /** What was sent and not understood, as `job.colour`. */
  ignored: string[];
}

export type LeadState =
  'Unconfirmed Client' | 'Estimate Unscheduled' | 'Estimate Scheduled' | 'Stale' | 'On Hold' | 'Not A Lead';

/** Where a lead of this client stands now. */
export function stateOf(lead: Lead, client: Client, at: { now: number; staleAfterDays: number }): LeadState {
  if (lead.visitStageId !== LEAD_STAGE) return 'Not A Lead';
  if (lead.onHold) return 'On Hold';
  if (isUnconfirmed(client)) return 'Unconfirmed Client';
  if (at.now - lead.createdAt >= at.staleAfterDays * 86_400_000) return 'Stale';
  return isScheduled(lead) ? 'Estimate Scheduled' : 'Estimate Unscheduled';
}

/** A task counts when it has both times and a place: on site, and the site is known. */
function isScheduled({ task, located }: Lead): boolean {
  return task !== null && task.start !== null && task.stop !== null && task.on_site && located;
}
