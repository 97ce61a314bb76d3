import type { SimulatorOptions, Switches } from '../settings.ts';
import type { Account, AccountDefinition } from './account.ts';
import type { Client, ClientFields } from './client.ts';
import { STANDARD_SWITCHES } from '../settings.ts';
import { inventedAccounts } from '../data/invented-accounts.ts';
import { clientOf } from './client.ts';
import { customInputOf } from './custom-input.ts';
import { isoInZone } from './iso-in-zone.ts';
import { operationOf } from './operation.ts';

/** Everything this SingleOps holds. */
export interface World {
  accounts: Map<number, Account>;
  switches: Switches;
  /** Epoch milliseconds, with the days that were let pass. */
  now(): number;
  passDays(days: number): void;
  newSecret(): string;
  newLeadId(): number;
  addClient(account: Account, fields: ClientFields & { id?: number }): Client;
  /** Back to what the simulator was started with. */
  reset(): void;
}

const FIRST_CLIENT_ID = 9001;
const FIRST_LEAD_ID = 148_901;
const DAY_MS = 86_400_000;

export function createWorld(options: Required<Pick<SimulatorOptions, 'now' | 'newSecret'>> & SimulatorOptions): World {
  let [lastClientId, lastLeadId, passedDays] = [0, 0, 0];
  const now = (): number => options.now() + passedDays * DAY_MS;
  const world: World = {
    accounts: new Map(),
    switches: { ...STANDARD_SWITCHES, ...options.switches },
    now,
    passDays: (days) => void (passedDays += days),
    newSecret: options.newSecret,
    newLeadId: () => (lastLeadId += 1),
    addClient: (account, { id = lastClientId + 1, ...fields }) => {
      lastClientId = Math.max(lastClientId, id);
      const at = isoInZone(now(), account.zone);
      const client = clientOf({ id, accountId: account.id, at, token: options.newSecret() }, fields);
      account.clients.set(id, client);
      return client;
    },
    reset: () => {
      [lastClientId, lastLeadId, passedDays] = [FIRST_CLIENT_ID - 1, FIRST_LEAD_ID - 1, 0];
      world.switches = { ...STANDARD_SWITCHES, ...options.switches };
      world.accounts = new Map();
      for (const definition of options.accounts ?? inventedAccounts(options)) open(world, definition);
    },
  };
  world.reset();
  return world;
}

function open(world: World, definition: AccountDefinition): void {
  const { id, name, user, zone = 'America/New_York', apiAllowed = true, visitStages = [4, 6, 8] } = definition;
  const account: Account = {
    ...{ id, name, user: { ...user }, zone, apiAllowed, visitStages },
    operations: new Map(definition.operations.map((one) => [one.id, operationOf(one)])),
    customInputs: new Map((definition.customInputs ?? []).map((one) => [one.id, customInputOf(one)])),
    clients: new Map(),
    leads: new Map(),
  };
  world.accounts.set(id, account);
  for (const client of definition.clients ?? []) world.addClient(account, client);
}
