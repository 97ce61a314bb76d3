import { ControlError } from '@occ-hub/simulator-stage';
import type { Account } from '../account/account.ts';
import type { World } from '../account/world.ts';

/** The account with this id, the first one when none is named. Throws a ControlError of 404. */
export function accountNamed(world: World, id?: number): Account {
  const [first] = world.accounts.values();
  const found = id === undefined ? first : world.accounts.get(id);
  if (!found) throw new ControlError(404, `SingleOps has no account ${id ?? 'at all'}.`);
  return found;
}

/** What any account holds under this id, and the account. Throws a ControlError of 404. */
export function heldUnder<T>(
  world: World,
  { what, id, of }: { what: string; id: number; of: (account: Account) => Map<number, T> },
): { account: Account; value: T } {
  for (const account of world.accounts.values()) {
    const value = of(account).get(id);
    if (value !== undefined) return { account, value };
  }
  throw new ControlError(404, `SingleOps has no ${what} ${id}.`);
}
