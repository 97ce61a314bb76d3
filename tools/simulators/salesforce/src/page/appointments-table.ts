import type { Html } from '@occ-hub/simulator-stage';
import { button, html, tableCard } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import type { Row } from '../records/row.ts';
import { shortTime } from './names.ts';

const VIEWS = { coming: 'Coming', written: 'Written by callers', all: 'All', deleted: 'Recycle bin' } as const;
type View = keyof typeof VIEWS;

const APPOINTMENT = 'i360core__Sales_Appointment__c';
const JUNCTION = 'i360core__Sales_Appointment_Opportunity__c';
const OPPORTUNITY = 'i360core__Sales_Opportunity__c';
const STAFF = 'i360core__Staff__c';
const ROWS_SHOWN = 120;
const DAY = 24 * 3_600_000;

export function viewFrom(query: { show?: unknown }): View {
  return typeof query.show === 'string' && Object.hasOwn(VIEWS, query.show) ? (query.show as View) : 'coming';
}

/** What an appointment is shown with. */
interface Around {
  staff: Map<string, string>;
  staffIds: string[];
  opportunities: Map<string, Row[]>;
  written: Set<string>;
}

export function appointmentsTable(control: SimulatorControl, view: View): Html {
  const objects = control.objectCounts();
  const records = (type: string): Row[] => (type in objects ? control.records(type) : []);
  const around = look(control, records);
  const rows = rowsOf(control, view, around);
  const chips = Object.entries(VIEWS).map(
    ([show, label]) => html`<a class="${show === view ? 'on' : ''}" href="/?show=${show}">${label}</a>`,
  );
  const more = rows.length > ROWS_SHOWN ? `, the first ${ROWS_SHOWN} shown` : '';
  return tableCard({
    title: 'Sales appointments',
    hint: `${rows.length}${more}. Green rows were written to through the API.`,
    beside: html`<nav class="chips">${chips}</nav>`,
    columns: ['Appointment', 'Start (UTC)', 'Contact', 'Rep', 'Status', 'Opportunities', 'Stamp (UTC)', ''],
    rows: rows.slice(0, ROWS_SHOWN).map((row) => appointmentRow(row, around)),
    empty: 'None here.',
  });
}

function look(control: SimulatorControl, records: (type: string) => Row[]): Around {
  const opportunities = new Map(records(OPPORTUNITY).map((row) => [row.Id, row]));
  const byAppointment = new Map<string, Row[]>();
  for (const junction of records(JUNCTION)) {
    const opportunity = opportunities.get(String(junction[OPPORTUNITY]));
    const appointment = String(junction[APPOINTMENT]);
    if (opportunity) byAppointment.set(appointment, [...(byAppointment.get(appointment) ?? []), opportunity]);
  }
  const staff = records(STAFF);
  return {
    staff: new Map(staff.map((row) => [row.Id, String(row['Name'])])),
    staffIds: staff.map((row) => row.Id),
    opportunities: byAppointment,
    written: new Set(control.writes().map((write) => write.id)),
  };
}

function rowsOf(control: SimulatorControl, view: View, around: Around): Row[] {
  if (!(APPOINTMENT in control.objectCounts())) return [];
  const start = (row: Row): string => String(row['i360core__Appointment_Date_Time__c'] ?? '9999');
  const today = new Date(Date.parse(control.clock()) - DAY).toISOString();
  const isWritten = (row: Row): boolean =>
    around.written.has(row.Id) || (around.opportunities.get(row.Id) ?? []).some((one) => around.written.has(one.Id));
  const shown: Record<View, (row: Row) => boolean> = {
    coming: (row) => !row.IsDeleted && start(row) >= today,
    written: (row) => !row.IsDeleted && isWritten(row),
    all: (row) => !row.IsDeleted,
    deleted: (row) => row.IsDeleted,
  };
  const order = (a: Row, b: Row): number => (start(a) < start(b) ? -1 : 1);
  return control.records(APPOINTMENT, { deleted: true }).filter(shown[view]).sort(order);
}

function appointmentRow(row: Row, around: Around): Html {
  const text = (field: string): string => String(row[`i360core__${field}__c`] ?? '—');
  const rep = row['i360core__Sales_Rep_1__c'];
  const address = ['Street_Address', 'City', 'State_Province', 'Zip_Postal_Code'].map(text).join(', ');
  return html`<tr class="${around.written.has(row.Id) ? 'written' : ''}">
    <td>
      ${String(row['Name'] ?? '')}
      <div class="sub mono">${row.Id}</div>
    </td>
    <td class="nowrap">${shortTime(row['i360core__Appointment_Date_Time__c'])}</td>
    <td class="cut" title="${text('Contact_Phone')}">
      ${text('Contact_Name')}
      <div class="sub">${address}</div>
    </td>
    <td class="nowrap">${typeof rep === 'string' ? (around.staff.get(rep) ?? rep) : '—'}</td>
    <td class="nowrap">
      <span class="badge good">${text('Status')}</span>
      <div class="sub">${text('Status_Detail')}</div>
    </td>
    <td>${(around.opportunities.get(row.Id) ?? []).map(opportunityLine)}</td>
    <td class="nowrap">${shortTime(row.SystemModstamp)}</td>
    <td class="acts">${actions(row, around)}</td>
  </tr>`;
}

function opportunityLine(opportunity: Row): Html {
  const result = opportunity['i360core__Result__c'];
  return html`<div>
    ${String(opportunity['i360core__Interested_In__c'] ?? opportunity['Name'])}
    ${typeof result === 'string' && html`<span class="badge ${result === 'Sold' ? 'good' : ''}">${result}</span>`}
  </div>`;
}

function actions(row: Row, { staffIds }: Around): Html {
  const path = `/records/${APPOINTMENT}/${row.Id}`;
  if (row.IsDeleted) return button({ label: 'undelete', method: 'POST', path: `${path}/undelete`, look: 'small' });
  const start = row['i360core__Appointment_Date_Time__c'];
  const nextRep = staffIds[(staffIds.indexOf(String(row['i360core__Sales_Rep_1__c'])) + 1) % staffIds.length] ?? null;
  const patch = (label: string, title: string, body: unknown): Html =>
    button({ label, method: 'PATCH', path, body, title, look: 'small' });
  return html`${typeof start === 'string' && patch('+1 day', 'Move to the next day', { fields: { i360core__Appointment_Date_Time__c: nextDay(start) } })}
  ${patch('reassign', 'Give to the next rep', { fields: { i360core__Sales_Rep_1__c: nextRep } })}
  ${patch('touch', 'Moves SystemModstamp only, as the machinery does', { system: true })}
  ${button({ label: 'delete', method: 'DELETE', path, look: 'small danger', title: 'Into the recycle bin' })}`;
}

function nextDay(start: string): string {
  return new Date(Date.parse(start.replace(/\+0000$/, 'Z')) + DAY).toISOString();
}
