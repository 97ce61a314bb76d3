import type { Html } from '@occ-hub/simulator-stage';
import { html, tableCard } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import type { FileFacts } from '../control/record-control.ts';
import type { ApiWrite } from '../records/org.ts';
import type { Row } from '../records/row.ts';
import { shortName, shortTime } from './names.ts';

const SHOWN = 60;

export function filesTable(control: SimulatorControl): Html {
  const files = control.files();
  return tableCard({
    title: 'Files received',
    hint: `${files.length}, newest first`,
    columns: ['File', 'On', { number: 'Bytes' }, 'SHA-256', 'At (UTC)'],
    rows: files.slice(-SHOWN).reverse().map(fileRow),
    empty: 'None yet. They arrive as ContentVersion.',
  });
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
  return tableCard({
    title: 'Written through the API',
    hint: `${writes.length}, newest first`,
    columns: ['At (UTC)', 'Record', 'Fields'],
    rows: writes.slice(-SHOWN).reverse().map(writeRow),
    empty: 'Nothing yet.',
  });
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
  return tableCard({
    title: 'Sales',
    hint: 'Made by the package when an opportunity is resulted Sold. Two for one opportunity: a double write.',
    columns: ['Sale', 'Opportunity', 'Made at (UTC)'],
    rows: sales.map(saleRow),
    empty: 'None.',
  });
}

function saleRow(sale: Row): Html {
  return html`<tr>
    <td>
      ${String(sale['Name'] ?? '')}
      <div class="sub mono">${sale.Id}</div>
    </td>
    <td class="mono">${String(sale['i360core__Sales_Opportunity__c'] ?? '—')}</td>
    <td class="nowrap">${shortTime(sale.CreatedDate)}</td>
  </tr>`;
}
