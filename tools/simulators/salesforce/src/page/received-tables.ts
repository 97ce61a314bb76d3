import type { Html } from '@occ-hub/simulator-stage';
import { html } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import type { FileFacts } from '../control/record-control.ts';
import type { ApiWrite } from '../records/org.ts';
import { shortName, shortTime } from './names.ts';

const SHOWN = 60;

export function filesTable(control: SimulatorControl): Html {
  const files = control.files();
  const rows = files.slice(-SHOWN).reverse();
  return html`<section class="card">
    <div class="head">
      <h2>Files received</h2>
      <span class="hint">${files.length}, newest first</span>
    </div>
    ${
      rows.length === 0
        ? html`<div class="empty">None yet. They arrive as ContentVersion.</div>`
        : html`<div class="tall" data-scroll="files">
            <table>
              <thead>
                <tr>
                  <th>File</th>
                  <th>On</th>
                  <th class="number">Bytes</th>
                  <th>SHA-256</th>
                  <th>At (UTC)</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(fileRow)}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

function fileRow(file: FileFacts): Html {
  return html`<tr>
    <td>
      <a href="/_simulator/files/${file.versionId}/bytes" target="_blank" rel="noopener">${file.title}</a>
      <div class="sub">${file.fileName}</div>
    </td>
    <td class="mono">${file.linkedTo.length === 0 ? 'nothing' : file.linkedTo.map((id) => html`<div>${id}</div>`)}</td>
    <td class="number">${file.size.toLocaleString('en-US')}</td>
    <td class="mono" title="${file.sha256}">${file.sha256.slice(0, 12)}…</td>
    <td class="nowrap">${shortTime(file.at)}</td>
  </tr>`;
}

export function writesTable(control: SimulatorControl): Html {
  const writes = control.writes();
  const rows = writes.slice(-SHOWN).reverse();
  return html`<section class="card">
    <div class="head">
      <h2>Written through the API</h2>
      <span class="hint">${writes.length}, newest first</span>
    </div>
    ${
      rows.length === 0
        ? html`<div class="empty">Nothing yet.</div>`
        : html`<div class="tall" data-scroll="writes">
            <table>
              <thead>
                <tr>
                  <th>At (UTC)</th>
                  <th>Record</th>
                  <th>Fields</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(writeRow)}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

function writeRow(write: ApiWrite): Html {
  const fields = Object.entries(write.fields).map(([name, value]) => `${shortName(name)} = ${String(value)}`);
  return html`<tr>
    <td class="nowrap">${shortTime(new Date(write.at).toISOString())}</td>
    <td>
      <span class="badge ${write.kind === 'delete' ? 'bad' : 'good'}">${write.kind}</span> ${shortName(write.type)}
      <div class="sub mono">${write.id}</div>
    </td>
    <td class="cut" title="${fields.join('\n')}">${fields.join(', ')}</td>
  </tr>`;
}

export function salesTable(control: SimulatorControl): Html {
  const hasSales = 'i360core__Sale__c' in control.objectCounts();
  const sales = hasSales ? control.records('i360core__Sale__c').slice(-SHOWN).reverse() : [];
  return html`<section class="card">
    <div class="head">
      <h2>Sales</h2>
      <span class="hint"
        >Made by the package when an opportunity is resulted Sold. Two for one opportunity: a double write.</span
      >
    </div>
    ${
      sales.length === 0
        ? html`<div class="empty">None.</div>`
        : html`<div class="tall" data-scroll="sales">
            <table>
              <thead>
                <tr>
                  <th>Sale</th>
                  <th>Opportunity</th>
                  <th>Made at (UTC)</th>
                </tr>
              </thead>
              <tbody>
                ${sales.map(
                  (sale) =>
                    html`<tr>
                      <td>
                        ${String(sale['Name'] ?? '')}
                        <div class="sub mono">${sale.Id}</div>
                      </td>
                      <td class="mono">${String(sale['i360core__Sales_Opportunity__c'] ?? '—')}</td>
                      <td class="nowrap">${shortTime(sale.CreatedDate)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}
