import type { LeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';
import type { SingleOpsSimulator } from '@occ-hub/simulator-singleops';
import { check } from '../check.ts';
import type { Office } from '../office.ts';

/** What the steps hand on to each other. */
export interface World extends Office {
  readonly singleops: SingleOpsSimulator;
  /** Where the office's other jobs come from. */
  readonly crm: LeadPerfectionSimulator;
  /** The service's own door. */
  readonly door: string;
  /** The web site's keys: for leads, and for the form. */
  keys: { leads: string; form: string };
}

export interface LeadAnswer {
  readonly outcome: string;
  readonly run: string;
  readonly lead_id?: string;
  readonly message?: string;
  readonly choice?: { readonly options: readonly { readonly id: string; readonly title: string }[] };
}

/** A lead of this play; every play has people of its own. */
export function aLead({ run }: World, changes: Record<string, unknown>): Record<string, unknown> {
  const number = Number.parseInt(run, 36) % 100;
  return {
    ...{ first_name: 'Mina', last_name: `Sato ${run}`, email: `mina-${run}@example.com` },
    ...{ phone: `978-555-01${String(number).padStart(2, '0')}`, line_1: '8 Birch Lane', city: 'Marlow' },
    ...{ state: 'Georgia', postal_code: '30000', notes: 'Two oaks near the drive.', summary: 'Oak pruning' },
    ...changes,
  };
}

/** The web site hands over a lead. */
export function submit(world: World, id: string, lead: Record<string, unknown>) {
  const key = `${world.run}-${id}`;
  return call(world, 'leads', { method: 'POST', body: { ...lead, source_id: key }, key });
}

/** Calls the service as a web site does. */
export async function call(
  { door, org, keys }: World,
  path: string,
  { method = 'GET', body, key }: { method?: string; body?: unknown; key?: string } = {},
): Promise<{ status: number; body: LeadAnswer }> {
  const headers = {
    ...{ authorization: `Bearer ${keys.leads}`, 'content-type': 'application/json' },
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
  const answer = await fetch(`${door}/v1/orgs/${org}/singleops/${path}`, {
    ...{ method, headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as LeadAnswer };
}

/** The lead at SingleOps that was made. */
export function madeBy({ singleops }: World, { status, body }: { status: number; body: LeadAnswer }) {
  check(body.outcome === 'delivered', `a lead to be made, not ${status} ${JSON.stringify(body)}`);
  return singleops.control.lead(Number(body.lead_id));
}
