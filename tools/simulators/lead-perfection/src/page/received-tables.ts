import type { Html } from '@occ-hub/simulator-stage';
import { html } from '@occ-hub/simulator-stage';
import type { ReceivedCall } from '../company/call-log.ts';
import type { SimulatorControl } from '../control/control.ts';

const SHOWN = 60;

export function documentsTable(control: SimulatorControl): Html {
  const documents = control.documents();
  const types = new Map(control.lookups().documentTypes.map((type) => [type.dtyid, type.name]));
  const rows = documents.slice(-SHOWN).reverse();
  return html`<section class="card">
    <div class="head">
      <h2>Documents received</h2>
      <span class="hint">${documents.length}, newest first</span>
    </div>
    ${
      rows.length === 0
        ? html`<div class="empty">None yet. They arrive by AddSalesmanImages or AddJobImages.</div>`
        : html`<div class="tall" data-scroll="documents">
            <table>
              <thead>
                <tr>
                  <th>File</th>
                  <th>On</th>
                  <th>Type</th>
                  <th class="number">Bytes</th>
                  <th>SHA-256</th>
                  <th>Entered</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  (one) =>
                    html`<tr>
                      <td>
                        <a href="/_simulator/documents/${one.id}/bytes" target="_blank" rel="noopener"
                          >${one.filename}</a
                        >
                        <div class="sub">${one.docdescr}</div>
                      </td>
                      <td class="nowrap">${one.owner} ${one.recid}</td>
                      <td>
                        ${types.get(one.dtyid) ?? 'unknown'}
                        <div class="sub">${one.dtyid}</div>
                      </td>
                      <td class="number">${one.size.toLocaleString('en-US')}</td>
                      <td class="mono" title="${one.sha256}">${one.sha256.slice(0, 12)}…</td>
                      <td class="nowrap">${one.enteredAt.replace('T', ' ')}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

export function callsTable(control: SimulatorControl): Html {
  const calls = control.received().slice(-SHOWN).reverse();
  return html`<section class="card">
    <div class="head">
      <h2>Last calls</h2>
      <span class="hint">Newest first. Passwords and app keys are not kept.</span>
    </div>
    ${
      calls.length === 0
        ? html`<div class="empty">Nobody has called yet.</div>`
        : html`<div class="tall" data-scroll="calls">
            <table>
              <thead>
                <tr>
                  <th class="number">No.</th>
                  <th>At (UTC)</th>
                  <th>Action</th>
                  <th>Status</th>
                  <th>Applied</th>
                  <th class="number">ms</th>
                  <th>Parameters</th>
                </tr>
              </thead>
              <tbody>
                ${calls.map(callRow)}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
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
