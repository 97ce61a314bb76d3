import type { Html } from '@occ-hub/simulator-stage';
import { html, tableCard } from '@occ-hub/simulator-stage';
import type { Client } from '../account/client.ts';
import type { SimulatorControl } from '../control/control.ts';
import { isUnconfirmed } from '../account/client.ts';

/** All clients, the newest ids first, without what is secret. */
export function clientsTable(control: SimulatorControl): Html {
  const clients = control.clients().sort((one, other) => other.id - one.id);
  return tableCard({
    title: 'Clients',
    hint: 'As they are stored; the search goes by how a stored text begins.',
    columns: ['Id', 'Account', 'Name', 'Email', 'Phone', 'Mobile', 'Address', ''],
    rows: clients.map(clientRow),
    empty: 'Nobody yet.',
  });
}

function clientRow(client: Client): Html {
  const address = [client.bill_addr_1, client.bill_addr_2, client.bill_addr_city, client.bill_addr_state];
  const flags = [
    isUnconfirmed(client) && 'to confirm',
    !client.active && 'not active',
    client.is_archived && 'archived',
    client.on_hold && 'on hold',
    client.merged_to_client_id !== null && `merged into ${client.merged_to_client_id}`,
  ];
  return html`<tr>
    <td class="mono">${client.id}</td>
    <td class="mono">${client.account_id}</td>
    <td>${client.name}</td>
    <td>${client.email}</td>
    <td class="nowrap">${client.phone}</td>
    <td class="nowrap">${client.mobile}</td>
    <td>${address.filter((part) => part !== '').join(', ')}</td>
    <td>${flags.map((flag) => flag && html`<span class="badge warn">${flag}</span> `)}</td>
  </tr>`;
}
