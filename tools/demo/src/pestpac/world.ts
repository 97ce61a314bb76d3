import type { PestPacSimulator } from '@occ-hub/simulator-pestpac';
import { check } from '../check.ts';
import type { Mailbox } from '../mailbox.ts';
import type { Office } from '../office.ts';

/** What the steps hand on to each other. */
export interface World extends Office {
  readonly pestpac: PestPacSimulator;
  readonly mailbox: Mailbox;
  /** The service's own door. */
  readonly door: string;
  /** ClickPoint's key. */
  key: string;
  /** The run that the outage stopped. */
  stopped: string;
}

export interface RunAnswer {
  readonly outcome: string;
  readonly run: string;
  readonly message?: string;
  readonly fields?: readonly { readonly clickpoint_field: string | null }[];
  readonly ids?: Readonly<Record<string, string>>;
  readonly step?: string;
  readonly choice?: {
    readonly options: readonly {
      readonly id: string;
      readonly title: string;
      readonly group?: { readonly title: string };
    }[];
  };
}

/** A lead of this play in ClickPoint's names; every play has people of its own. */
export function aLead({ run }: World, changes: Record<string, unknown>): Record<string, unknown> {
  const number = Number.parseInt(run, 36) % 180;
  return {
    ...{ 'First Name': 'Ines', 'Last Name': 'Marlowe', Address: `${number + 1} Heron Ct`, City: 'Marlow', State: 'MA' },
    ...{ 'Zip Code': '01000', Phone: `617-555-01${String(number % 100).padStart(2, '0')}`, Email: 'ines@example.com' },
    ...{
      Division: 'RES',
      'Lead Source': 'WEB',
      'Location Type': 'R',
      Branch: 'North',
      Comments: 'Ants in the kitchen',
    },
    ...changes,
  };
}

/** ClickPoint says that somebody applied an action to a lead. */
export async function disposition(
  world: World,
  lead: string,
  { action = 'Appointment Set', fields }: { action?: string; fields: Record<string, unknown> },
): Promise<{ status: number; body: RunAnswer }> {
  const body = { record_type: 'Residential', action, lead_id: `${world.run}-${lead}`, fields };
  return call(world, 'dispositions', {
    method: 'POST',
    body,
    key: `${world.run}-${lead}-${action.replaceAll(' ', '-')}`,
  });
}

/** Calls the service as ClickPoint does. */
export async function call(
  { door, org, key }: World,
  path: string,
  { method = 'GET', body, key: idempotency }: { method?: string; body?: unknown; key?: string } = {},
): Promise<{ status: number; body: RunAnswer }> {
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    ...(idempotency === undefined ? {} : { 'idempotency-key': idempotency }),
  };
  const answer = await fetch(`${door}/v1/orgs/${org}/pestpac/${path}`, {
    ...{ method, headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as RunAnswer };
}

/** The ids of a run that was delivered. */
export function idsOf({ status, body }: { status: number; body: RunAnswer }): Readonly<Record<string, string>> {
  check(body.outcome === 'delivered', `a delivered run, not ${status} ${JSON.stringify(body)}`);
  return body.ids ?? {};
}
