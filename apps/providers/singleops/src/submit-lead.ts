import { LeadSubmitted, leadSubject } from '@occ-hub/contracts';
import type { EndpointCall, Submitted } from '@occ-hub/provider-kit';
import type { SingleOpsClient } from './client.ts';
import type { Lead } from './lead.ts';
import { variablesOf } from './lead-variables.ts';
import type { Settings } from './settings.ts';

/** By which a lead of OCC's own jobs comes in, too. */
export const jobDoor = 'lead';

export interface LeadIn {
  readonly lead: Lead;
  /** What the lead is known by: see `leadKeyOf`; 1 to 200 characters. */
  readonly key: string;
  /** What it is a repeat by. */
  readonly keys: readonly string[];
  readonly door: typeof jobDoor | 'form';
  readonly withinMs: number;
}

/** Into the ledger: from here on the lead is not lost. */
export function submitLead(
  { org, submit }: Pick<EndpointCall<SingleOpsClient, Settings>, 'org' | 'submit'>,
  { lead, key, keys, door, withinMs }: LeadIn,
): Promise<Submitted> {
  return submit({
    event: LeadSubmitted,
    keys,
    subject: leadSubject({ org, provider: 'singleops', key }),
    origin: 'lead-source',
    data: { lead_key: key, crm: 'singleops', door, variables: variablesOf(lead) },
    withinMs,
  });
}

/** Whether a repeat says the same as what was taken then. */
export function saysTheSame({ data }: Pick<Submitted, 'data'>, lead: Lead): boolean {
  const then = (data as { readonly variables?: Readonly<Record<string, string>> } | null)?.variables ?? {};
  const sorted = (variables: Readonly<Record<string, string>>) => JSON.stringify(Object.entries(variables).sort());
  return sorted(then) === sorted(variablesOf(lead));
}
