import type { Html } from '@occ-hub/simulator-stage';
import { html, tableCard } from '@occ-hub/simulator-stage';
import type { ReceivedCall } from '../api/call-log.ts';
import type { SimulatorControl } from '../control/control.ts';

const SHOWN = 100;

/** The last calls, newest first, without credentials. */
export function callsTable(control: SimulatorControl): Html {
  return tableCard({
    title: 'Received',
    hint: `The last ${SHOWN} calls, newest first. E-mail and token of the API user are not kept.`,
    columns: [
      { number: 'No.' },
      'At',
      'Call',
      'Account',
      'Credentials in',
      'Asked',
      'Status',
      'Lead',
      { number: 'ms' },
    ],
    rows: control.received().slice(-SHOWN).reverse().map(callRow),
    empty: 'Nobody has called yet.',
  });
}

function callRow(call: ReceivedCall): Html {
  return html`<tr class="${call.leadId !== null && 'written'}">
    <td class="number">${call.number}</td>
    <td class="nowrap">${call.at.slice(11, 23)}</td>
    <td>${call.method} ${call.path}</td>
    <td class="mono">${call.accountId ?? 'none'}</td>
    <td>${call.credentialsIn}</td>
    <td class="cut mono" title="${JSON.stringify(call.params, null, 1)}">${JSON.stringify(call.params)}</td>
    <td>
      <span class="badge ${call.status === 200 && call.error === null ? 'good' : 'bad'}">${call.status ?? 'none'}</span>
      ${call.fault && html`<span class="badge warn">${call.fault}</span>`} <span class="sub">${call.error}</span>
    </td>
    <td class="mono">${call.leadId}</td>
    <td class="number">${call.ms}</td>
  </tr>`;
}
