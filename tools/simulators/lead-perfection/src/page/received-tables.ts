import type { Html } from '@occ-hub/simulator-stage';
import { html, tableCard } from '@occ-hub/simulator-stage';
import type { ReceivedCall } from '../company/call-log.ts';
import type { StoredDocument } from '../company/documents.ts';
import type { SimulatorControl } from '../control/control.ts';

const SHOWN = 60;

export function documentsTable(control: SimulatorControl): Html {
  const documents = control.documents();
  const types = new Map(control.lookups().documentTypes.map((type) => [type.dtyid, type.name]));
  return tableCard({
    title: 'Documents received',
    hint: `${documents.length}, newest first`,
    columns: ['File', 'On', 'Type', { number: 'Bytes' }, 'SHA-256', 'Entered'],
    rows: documents
      .slice(-SHOWN)
      .reverse()
      .map((one) => documentRow(one, types.get(one.dtyid) ?? 'unknown')),
    empty: 'None yet. They arrive by AddSalesmanImages or AddJobImages.',
  });
}

function documentRow(one: StoredDocument, type: string): Html {
  return html`<tr>
    <td>
      <a href="/_simulator/documents/${one.id}/bytes" target="_blank" rel="noopener">${one.filename}</a>
      <div class="sub">${one.docdescr}</div>
    </td>
    <td class="nowrap">${one.owner} ${one.recid}</td>
    <td>
      ${type}
      <div class="sub">${one.dtyid}</div>
    </td>
    <td class="number">${one.size.toLocaleString('en-US')}</td>
    <td class="mono" title="${one.sha256}">${one.sha256.slice(0, 12)}…</td>
    <td class="nowrap">${one.enteredAt.replace('T', ' ')}</td>
  </tr>`;
}

export function callsTable(control: SimulatorControl): Html {
  return tableCard({
    title: 'Last calls',
    hint: 'Newest first. Passwords and app keys are not kept.',
    columns: [{ number: 'No.' }, 'At (UTC)', 'Action', 'Status', 'Applied', { number: 'ms' }, 'Parameters'],
    rows: control.received().slice(-SHOWN).reverse().map(callRow),
    empty: 'Nobody has called yet.',
  });
}

function callRow(call: ReceivedCall): Html {
  const isFine = call.status === 200 && !call.fault && !call.error;
  const look = isFine ? 'good' : call.status === null || call.status >= 500 ? 'bad' : 'warn';
  const params = Object.entries(call.params).map(([name, value]) => `${name}=${String(value)}`);
  return html`<tr>
    <td class="number">${call.number}</td>
    <td class="nowrap">${call.at.slice(11, 23)}</td>
    <td>${call.action}${call.user && html`<div class="sub">${call.user}</div>`}</td>
    <td class="nowrap">
      <span class="badge ${look}">${call.status ?? 'no answer'}</span>
      ${call.fault && html`<div class="sub">${call.fault}</div>`}
      ${call.status === 200 && call.error && html`<div class="sub" title="${call.error}">refused</div>`}
    </td>
    <td>${call.applied ? 'yes' : ''}</td>
    <td class="number">${call.ms}</td>
    <td class="cut mono" title="${params.join('\n')}">${params.join(' ')}</td>
  </tr>`;
}
