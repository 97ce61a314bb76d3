import type { OutboundModule } from './platform/contract.ts';
import { addLeadModule } from './modules/add-lead/add-lead.ts';
import { createLeadModule } from './modules/create-lead/create-lead.ts';
import type { Hosts } from './modules/hosts.ts';

/** The CRM behind every door, by the name of its provider. */
export const crm = 'lead-perfection';

/** The two ways into LeadPerfection, as LeadConduit names its steps. */
export const doorNames = ['add_lead', 'create_lead'] as const;
export type DoorName = (typeof doorNames)[number];
export type Doors = Readonly<Record<DoorName, OutboundModule>>;

export function doorsTo(hosts: Hosts): Doors {
  return { add_lead: addLeadModule(hosts), create_lead: createLeadModule(hosts) };
}
