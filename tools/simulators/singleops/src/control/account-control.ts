import type { Account, ApiUser } from '../account/account.ts';
import type { CustomInput, CustomInputDefinition } from '../account/custom-input.ts';
import type { Operation, OperationDefinition } from '../account/operation.ts';
import type { World } from '../account/world.ts';
import { customInputOf } from '../account/custom-input.ts';
import { operationOf } from '../account/operation.ts';
import { accountNamed, heldUnder } from './find.ts';

/** An account without its token. */
export interface ShownAccount {
  id: number;
  name: string;
  zone: string;
  apiUser: string;
  apiAllowed: boolean;
  operations: Operation[];
  customInputs: CustomInput[];
  counts: { clients: number; leads: number };
}

/** Accounts, divisions and fields, as the account's owner changes them. The first account when none is named. */
export interface AccountControl {
  accounts(): ShownAccount[];
  /** E-mail and token of the API user. Only in process: over HTTP no token is shown. */
  apiUser(account?: number): ApiUser;
  /** From now on the old token is wrong; gives the new one. Only in process. */
  renewToken(account?: number): ApiUser;
  /** Makes the token wrong, and nobody knows the new one until `apiUser` is asked. */
  revokeToken(account?: number): void;
  /** Takes the account's API away, as a price tier would, or gives it back. */
  allowApi(allowed: boolean, account?: number): ShownAccount;
  /** Adds a division, or puts it in place of the one with its id. */
  setOperation(operation: OperationDefinition, account?: number): Operation;
  removeOperation(id: number): void;
  /** Adds a field, or puts it in place of the one with its id. */
  setCustomInput(input: CustomInputDefinition, account?: number): CustomInput;
  removeCustomInput(id: number): void;
}

export function accountControl(world: World): AccountControl {
  const renewToken = (id?: number): ApiUser => {
    const account = accountNamed(world, id);
    account.user = { ...account.user, token: world.newSecret() };
    return { ...account.user };
  };
  return {
    accounts: () => [...world.accounts.values()].map(shownAccount),
    apiUser: (id) => ({ ...accountNamed(world, id).user }),
    renewToken,
    revokeToken: (id) => void renewToken(id),
    allowApi: (allowed, id) => {
      const account = accountNamed(world, id);
      account.apiAllowed = allowed;
      return shownAccount(account);
    },
    setOperation: (given, id) => {
      const operation = operationOf(given);
      accountNamed(world, id).operations.set(operation.id, operation);
      return structuredClone(operation);
    },
    removeOperation: (id) => {
      heldUnder(world, { what: 'operation', id, of: ({ operations }) => operations }).account.operations.delete(id);
    },
    setCustomInput: (given, id) => {
      const input = customInputOf(given);
      accountNamed(world, id).customInputs.set(input.id, input);
      return structuredClone(input);
    },
    removeCustomInput: (id) => {
      const of = ({ customInputs }: Account): Account['customInputs'] => customInputs;
      heldUnder(world, { what: 'custom input', id, of }).account.customInputs.delete(id);
    },
  };
}

function shownAccount({ id, name, zone, user, apiAllowed, ...held }: Account): ShownAccount {
  return structuredClone({
    ...{ id, name, zone, apiUser: user.email, apiAllowed },
    operations: [...held.operations.values()],
    customInputs: [...held.customInputs.values()],
    counts: { clients: held.clients.size, leads: held.leads.size },
  });
}
