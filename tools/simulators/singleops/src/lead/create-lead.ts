import type { Account } from '../account/account.ts';
import type { World } from '../account/world.ts';
import type { WantedLead } from './job-body.ts';
import type { Lead } from './lead.ts';

/** Makes the lead, and the client it brings; `wanted` has been checked. A new client waits for a person. */
export function createLead(world: World, account: Account, wanted: WantedLead): Lead {
  const made = wanted.portalLead
    ? world.addClient(account, {
        ...wanted.portalLead,
        ...{ portal_entered: true, portal_confirmed: false, is_new: true },
      })
    : null;
  const clientId = made?.id ?? wanted.clientId ?? 0;
  const lead: Lead = {
    id: world.newLeadId(),
    accountId: account.id,
    clientId,
    name: wanted.name,
    notes: wanted.notes,
    operationId: wanted.operationId,
    customFieldValues: wanted.customFieldValues,
    visitStageId: wanted.visitStageId,
    task: wanted.taskWanted ? wanted.task : null,
    createdAt: world.now(),
    newClient: made !== null,
    located: made === null && account.clients.get(clientId)?.bill_addr_1 !== '',
    onHold: false,
    ignored: wanted.ignored,
  };
  account.leads.set(lead.id, lead);
  return lead;
}
