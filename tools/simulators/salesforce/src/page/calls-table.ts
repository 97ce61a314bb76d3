import type { Html } from '@occ-hub/simulator-stage';
import { html, tableCard } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import type { LoggedCall } from '../faults/call-log.ts';

const SHOWN = 60;

export function callsTable(control: SimulatorControl): Html {
  return tableCard({
    title: 'Last calls',
    hint: 'Newest first. Tokens, forms and bodies are not kept.',
    columns: [{ number: 'No.' }, 'At (UTC)', 'Call', 'Status', { number: 'Bytes' }, { number: 'ms' }, 'SOQL or query'],
    rows: control.calls().slice(-SHOWN).reverse().map(callRow),
    empty: 'Nobody has called yet.',
  });
}

function callRow(call: LoggedCall): Html {
  const isFine = call.status !== null && call.status < 400 && (!call.fault || call.fault.startsWith('delay'));
  const look = isFine ? 'good' : call.status === null || call.status >= 500 ? 'bad' : 'warn';
  const asked = call.soql ?? call.query;
  return html`<tr>
    <td class="number">${call.number} ${call.within !== null && html`<div class="sub">in ${call.within}</div>`}</td>
    <td class="nowrap">${call.at.slice(11, 23)}</td>
    <td class="cut" title="${call.path}">
      ${call.method} ${call.path.replace(/^\/services\/(data|oauth2)/, '')}
      <div class="sub">${call.kind}</div>
    </td>
    <td class="nowrap">
      <span class="badge ${look}">${call.status ?? 'no answer'}</span>
      ${call.fault && html`<div class="sub">${call.fault}</div>`}
    </td>
    <td class="number">${call.bytesOut ?? ''}</td>
    <td class="number">${call.ms ?? ''}</td>
    <td class="cut mono" title="${asked}">${asked}</td>
  </tr>`;
}
