import type { Html } from '@occ-hub/simulator-stage';
import { html, tableCard } from '@occ-hub/simulator-stage';
import type { ReceivedCall } from '../company/call-log.ts';
import type { PestPacControl } from '../control/control.ts';

const SHOWN = 60;

export function callsTable(control: PestPacControl): Html {
  return tableCard({
    title: 'Last calls',
    hint: 'Newest first. Secrets, card tokens and refused card numbers are not kept.',
    columns: ['At', 'Call', 'Status', 'What came of it', 'Body'],
    rows: control.received().slice(-SHOWN).reverse().map(callRow),
    empty: 'Nobody has called yet.',
  });
}

function callRow({ at, call, path, status, applied, error, fault, body, ms }: ReceivedCall): Html {
  const look = status !== null && status < 300 ? 'good' : 'bad';
  return html`<tr class="${applied ? 'written' : ''}">
    <td class="nowrap">
      ${at.slice(11, 19)}
      <div class="sub">${ms} ms</div>
    </td>
    <td>
      ${call}
      <div class="sub">${path}</div>
    </td>
    <td><span class="badge ${look}">${status ?? 'no answer'}</span></td>
    <td>${fault && html`<span class="badge warn">${fault}</span>`} ${error}</td>
    <td class="cut mono">${body === null ? '' : JSON.stringify(body)}</td>
  </tr>`;
}
