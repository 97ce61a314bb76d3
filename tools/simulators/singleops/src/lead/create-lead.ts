import type { Account } from '../account/account.ts';
import type { Client } from '../account/client.ts';
import type { World } from '../account/world.ts';
import type { WantedLead } from './job-body.ts';
import type { Lead } from './lead.ts';

/** Makes the lead, and the client it brings; `wanted` has been checked. A new client waits for a person. */
export function createLead(world: World, account: Account, wanted: WantedLead): Lead {
  const client = clientFor(world, account, wanted);
  const newClient = wanted.portalLead !== null;
  const lead: Lead = {
    id: world.newLeadId(),
    accountId: account.id,
    clientId: client.id,
    name: wanted.name,
    notes: wanted.notes,
    operationId: wanted.operationId,
    customFieldValues: wanted.customFieldValues,
    visitStageId: wanted.visitStageId,
    task: wanted.taskWanted ? wanted.task : null,
    createdAt: world.now(),
    newClient,
    located: !newClient && client.bill_addr_1 !== '',
    onHold: false,
    ignored: wanted.ignored,
  };
  account.leads.set(lead.id, lead);
  return lead;
}

function clientFor(world: World, account: Account, { clientId, portalLead }: WantedLead): Client {
  if (portalLead) {
    return world.addClient(account, { ...portalLead, portal_entered: true, portal_confirmed: false, is_new: true });
  }
  const known = clientId === null ? undefined : account.clients.get(clientId);
  if (!known) throw new Error('A lead was wanted for a client that nobody checked.');
  return known;
}
