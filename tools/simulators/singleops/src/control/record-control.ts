import { ControlError } from '@occ-hub/simulator-stage';
import type { Account } from '../account/account.ts';
import type { Client, ClientFields } from '../account/client.ts';
import type { World } from '../account/world.ts';
import type { Lead, LeadState } from '../lead/lead.ts';
import { isUnconfirmed } from '../account/client.ts';
import { isoInZone } from '../account/iso-in-zone.ts';
import { stateOf } from '../lead/lead.ts';
import { accountNamed, heldUnder } from './find.ts';

/** A lead as people see it. */
export interface ShownLead extends Omit<Lead, 'createdAt'> {
  /** ISO, with the account's offset. */
  createdAt: string;
  state: LeadState;
  clientName: string;
}

/** Clients and leads, as the office sees and changes them. Every result is a copy. */
export interface RecordControl {
  /** Oldest first. The client's secret `token` is as in the API. */
  clients(of?: { account?: number }): Client[];
  client(id: number): Client;
  addClient(fields: ClientFields & { id?: number; account?: number }): Client;
  changeClient(id: number, change: ClientFields): Client;
  /** From now on the first client is the second one: no lead can be made for it. */
  mergeClient(id: number, into: number): Client;
  /** Oldest first. */
  leads(of?: { account?: number; client?: number }): ShownLead[];
  lead(id: number): ShownLead;
  /** A person confirms the client, and the place as well unless told otherwise. 409 for a name that another client has. */
  confirmLead(id: number, how?: { place?: boolean }): ShownLead;
  holdLead(id: number, onHold: boolean): ShownLead;
}

export function recordControl(world: World): RecordControl {
  const accounts = (id?: number): Account[] =>
    id === undefined ? [...world.accounts.values()] : [accountNamed(world, id)];
  const clientHeld = (id: number) => heldUnder(world, { what: 'client', id, of: ({ clients }) => clients });
  const leadHeld = (id: number) => heldUnder(world, { what: 'lead', id, of: ({ leads }) => leads });
  const shown = ({ account, value }: { account: Account; value: Lead }): ShownLead => shownLead(value, account, world);
  const changeClient = (id: number, change: ClientFields): Client => {
    const { account, value } = clientHeld(id);
    Object.assign(value, change, { updated_at: isoInZone(world.now(), account.zone) });
    return structuredClone(value);
  };
  return {
    clients: ({ account } = {}) => structuredClone(accounts(account).flatMap(({ clients }) => [...clients.values()])),
    client: (id) => structuredClone(clientHeld(id).value),
    addClient: ({ account, ...fields }) => {
      const isTaken = fields.id !== undefined && accounts().some(({ clients }) => clients.has(fields.id ?? 0));
      if (isTaken) throw new ControlError(409, `There is a client ${fields.id} already.`);
      return structuredClone(world.addClient(accountNamed(world, account), fields));
    },
    changeClient,
    mergeClient: (id, into) => {
      const [{ account }, target] = [clientHeld(id), clientHeld(into)];
      if (id === into || account !== target.account) {
        throw new ControlError(409, 'A client is merged into another one of its account.');
      }
      return changeClient(id, { merged_to_client_id: into, active: false });
    },
    leads: ({ account, client } = {}) =>
      accounts(account)
        .flatMap((one) => [...one.leads.values()].map((lead) => shownLead(lead, one, world)))
        .filter(({ clientId }) => client === undefined || clientId === client),
    lead: (id) => shown(leadHeld(id)),
    confirmLead: (id, { place = true } = {}) => {
      const found = leadHeld(id);
      confirmClient(found.value.clientId, found.account);
      found.value.located ||= place;
      return shown(found);
    },
    holdLead: (id, onHold) => {
      const found = leadHeld(id);
      found.value.onHold = onHold;
      return shown(found);
    },
  };
}

function shownLead(lead: Lead, account: Account, world: World): ShownLead {
  const client = account.clients.get(lead.clientId);
  if (!client) throw new Error(`Lead ${lead.id} is of client ${lead.clientId}, who is not there.`);
  return {
    ...structuredClone(lead),
    createdAt: isoInZone(lead.createdAt, account.zone),
    state: stateOf(lead, client, { now: world.now(), staleAfterDays: world.switches.staleAfterDays }),
    clientName: client.name,
  };
}

/** SingleOps has no two clients of one name, which only the confirming person is told. */
function confirmClient(id: number, account: Account): void {
  const client = account.clients.get(id);
  if (!client || !isUnconfirmed(client)) return;
  const isSame = (other: Client): boolean =>
    other.id !== id && !isUnconfirmed(other) && other.name.toLowerCase() === client.name.toLowerCase();
  const [twin] = [...account.clients.values()].filter(isSame);
  if (twin) throw new ControlError(409, `Client ${twin.id} has the name "${client.name}" already.`);
  Object.assign(client, { portal_confirmed: true, is_new: false });
}
