import type { Submitted } from '../endpoint.ts';
import type { Choices } from '../ledger/choices.ts';
import type { Delivery } from '../ledger/delivery.ts';
import { type StandingParts, standing, standingBy } from './standing.ts';

export interface LookParts extends StandingParts {
  readonly choices: Pick<Choices, 'choose'>;
}

interface Owner {
  readonly org: string;
  readonly connection: string;
}

/** How a delivery of this connection stands; undefined where it has none of that id. */
export async function look(parts: LookParts, owner: Owner, delivery: string): Promise<Submitted | undefined> {
  const found = await ownOf(parts, owner, delivery);
  return found && standing(found, true);
}

/** Makes the choice that a delivery of this connection waits for, and waits for what comes of it. */
export async function choose(
  parts: LookParts,
  owner: Owner,
  { withinMs, ...choice }: { delivery: string; option: string; by: string; withinMs: number },
): Promise<Submitted | undefined> {
  const until = parts.clock() + withinMs;
  if (!(await ownOf(parts, owner, choice.delivery))) return undefined;
  await parts.choices.choose({ org: owner.org, ...choice });
  return standingBy(parts, choice.delivery, { until, repeated: true });
}

async function ownOf({ deliveries }: LookParts, owner: Owner, id: string): Promise<Delivery | undefined> {
  const delivery = await deliveries.get(id);
  return delivery?.org === owner.org && delivery.connection === owner.connection ? delivery : undefined;
}
