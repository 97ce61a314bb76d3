import type { VendorIds } from '@occ-hub/provider-kit';
import type { Placed } from '../catalogue.ts';
import type { JobParts } from '../job-body.ts';
import type { Match } from '../search.ts';

/** All that is decided of a lead before it is made. */
export type Prepared = Pick<JobParts, 'client' | 'remark' | 'placed'>;
type Existing = NonNullable<Prepared['client']>;

/** As a step keeps it. `client`: an id, `new`, or `ask` where a person has to say. */
export function keptOf(prepared: Prepared | undefined): VendorIds {
  if (prepared === undefined) return { client: 'ask' };
  const { client, remark, placed } = prepared;
  return {
    client: client === undefined ? 'new' : String(client.id),
    ...(client?.on_hold ? { on_hold: 'yes' } : {}),
    ...(remark === '' ? {} : { remark }),
    placed: JSON.stringify(placed),
  };
}

/** What was kept; not of one that a person has to say. */
export function preparedOf({ client, on_hold: onHold, remark = '', placed }: VendorIds): Prepared {
  return {
    client: client === 'new' ? undefined : { id: Number(client), on_hold: onHold === 'yes' },
    remark,
    placed: JSON.parse(placed!) as Placed,
  };
}

/** What is kept of the lead once it is made. */
export function idsOf(leadId: string, { client, remark }: Prepared): VendorIds {
  return {
    lead_id: leadId,
    ...(client ? { client: 'existing', client_id: String(client.id) } : { client: 'new' }),
    ...(remark === '' ? {} : { remark }),
  };
}

/**
 * Whom it was decided for, as SingleOps has them now: who was merged since is the one they were merged into. Who is not found
 * any more stays: nobody decided for another.
 */
export function asTheyAre(decided: number, matches: readonly Match[]): Existing {
  const now = matches.find(({ id }) => id === decided) ?? matches.find(({ formerly }) => formerly.includes(decided));
  return now ? flagsOf(now) : { id: decided, on_hold: false };
}

/** Whether SingleOps is asked for something else. */
export function differ(one: Prepared, other: Prepared): boolean {
  const [first, second] = [one, other].map(({ client, placed: { operation, values } }) =>
    JSON.stringify([client?.id, operation.id, values]),
  );
  return first !== second;
}

export const flagsOf = ({ id, on_hold }: Match): Existing => ({ id, on_hold });
