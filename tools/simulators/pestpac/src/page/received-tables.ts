import type { Html } from '@occ-hub/simulator-stage';
import { html, tableCard } from '@occ-hub/simulator-stage';
import type { PestPacControl } from '../control/control.ts';
import type { Fields } from '../records/value.ts';
import { shown } from './shown.ts';

const SHOWN = 60;
const newest = (rows: readonly Fields[]): Fields[] => rows.slice(-SHOWN).reverse();
const row = (fields: Fields, names: readonly string[]): Html =>
  html`<tr>
    ${names.map((name) => html`<td class="cut" title="${shown(fields, name)}">${shown(fields, name)}</td>`)}
  </tr>`;

export function leadsTable(control: PestPacControl): Html {
  const columns = ['LeadID', 'LocationID', 'Name', 'WonStatus', 'Source', 'ServiceCode', 'TargetPest', 'DateReceived'];
  const leads = control.records('leads');
  return tableCard({
    title: 'Leads',
    hint: `${leads.length}, newest first`,
    columns,
    rows: newest(leads).map((one) => row(one, columns)),
    empty: 'None yet. They come by POST /Leads.',
  });
}

export function tasksTable(control: PestPacControl): Html {
  const columns = ['TaskID', 'LocationID', 'TaskType', 'TaskForUser', 'Subject', 'DueDate'];
  const tasks = control.records('tasks');
  return tableCard({
    title: 'Tasks',
    hint: `${tasks.length}, newest first`,
    columns,
    rows: newest(tasks).map((one) => row(one, columns)),
    empty: 'None yet.',
  });
}

/** Single visits and what comes again and again, in one table. */
export function servicesTable(control: PestPacControl): Html {
  const orders = control.records('orders').map((one) => serviceRow(one, ['OrderID', 'OrderType', 'WorkDate']));
  const setups = control.records('setups').map((one) => serviceRow(one, ['SetupID', 'SetupType', 'Schedule']));
  return tableCard({
    title: 'Services',
    hint: `${setups.length} recurring, ${orders.length} visits`,
    columns: ['Number', 'LocationID', 'Kind', 'When', 'Services', 'ExternalIdentifier / card'],
    rows: [...setups, ...orders].slice(-SHOWN),
    empty: 'None yet.',
  });
}

function serviceRow(fields: Fields, [id = '', kind = '', when = '']: readonly string[]): Html {
  const lines = (fields['LineItems'] ?? []) as Fields[];
  const card = shown(fields, 'CardID');
  return html`<tr>
    <td class="mono">${shown(fields, id)}</td>
    <td class="mono">${shown(fields, 'LocationID')}</td>
    <td>${id === 'SetupID' ? 'recurring' : 'visit'} <span class="sub">${shown(fields, kind)}</span></td>
    <td class="nowrap">${shown(fields, when)}</td>
    <td>${lines.map((line) => shown(line, 'ServiceCode')).join(', ')}</td>
    <td class="cut">${shown(fields, 'ExternalIdentifier') || (card && `card ${card}`)}</td>
  </tr>`;
}
