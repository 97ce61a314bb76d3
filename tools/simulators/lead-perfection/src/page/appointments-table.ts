import type { Html } from '@occ-hub/simulator-stage';
import { button, html, tableCard } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import type { SimulatorState } from '../control/state.ts';
import type { Appointment } from '../data/appointment.ts';
import { addDays, dayOf } from '../data/wall-clock.ts';

const VIEWS = { window: 'In the window', written: 'Written by callers', odd: 'Odd ones', all: 'All' } as const;
type View = keyof typeof VIEWS;

/** What the reader chose in the address. */
export interface Choice {
  show: View;
  rep: string | null;
}

const ROWS_SHOWN = 150;

export function choiceFrom(query: { show?: unknown; rep?: unknown }): Choice {
  const show = typeof query.show === 'string' && query.show in VIEWS ? (query.show as View) : 'window';
  return { show, rep: typeof query.rep === 'string' ? query.rep : null };
}

export function appointmentsTable(control: SimulatorControl, state: SimulatorState, choice: Choice): Html {
  const window = choice.show === 'window' ? { from: state.window.from, to: state.window.to } : {};
  const slrId = choice.rep === null ? {} : { slrId: choice.rep === 'null' ? null : choice.rep };
  const all = control.appointments({ ...window, ...slrId }).filter((one) => isShown(one, choice.show));
  const reps = control.lookups().reps.map((rep) => rep.slrId);
  const chips = Object.entries(VIEWS).map(
    ([show, label]) => html`<a class="${show === choice.show ? 'on' : ''}" href="/?show=${show}">${label}</a>`,
  );
  const more = all.length > ROWS_SHOWN ? `, the first ${ROWS_SHOWN} shown` : '';
  const who = choice.rep === null ? '' : ` of rep ${choice.rep}`;
  return tableCard({
    title: 'Appointments',
    hint: `${all.length}${who}${more}. Green rows were written to.`,
    beside: html`<nav class="chips">${chips}</nav>`,
    columns: ['ID', 'ApptDate', 'Customer', 'Rep', 'Product', 'Disp', 'PresNotes', ''],
    rows: all.slice(0, ROWS_SHOWN).map((one) => appointmentRow(one, reps)),
    empty: 'None here.',
  });
}

function isShown(appointment: Appointment, view: View): boolean {
  if (view === 'written') return appointment.writeCount > 0;
  return view !== 'odd' || appointment.oddity !== null;
}

function appointmentRow({ row, day, oddity, writeCount, writes }: Appointment, reps: readonly number[]): Html {
  const nextRep = reps[(reps.findIndex((rep) => String(rep) === String(row.slr_id)) + 1) % reps.length] ?? null;
  const last = writes.at(-1);
  const sold = [row.GSA1, row.GSA2, row.GSA3, row.GSA4, row.GSA5].reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const nextDay = `${addDays(day, 1)}T${dayOf(row.ApptDate) ? row.ApptDate?.slice(11) : '14:00:00'}`;
  const path = `/appointments/${row.ID}`;
  return html`<tr class="${writeCount > 0 ? 'written' : ''}">
    <td class="mono">${row.ID}</td>
    <td class="nowrap">
      ${row.ApptDateDisplay ?? html`<span class="badge warn">${row.ApptDate ?? 'null'}</span>`}
      ${dayOf(row.ApptDate) === day ? '' : html`<div class="sub">filed under ${day}</div>`}
    </td>
    <td class="cut">
      ${row.CustName ?? '—'}
      <div class="sub">${row.Address1 ?? '—'}, ${row.CSZ ?? '—'}</div>
      ${oddity && html`<span class="badge">${oddity}</span>`}
    </td>
    <td class="nowrap">
      ${row.SalesRepName ?? '—'}
      <div class="sub">${row.slr_id ?? 'null'}</div>
    </td>
    <td>${row.ProductID ?? '—'}</td>
    <td class="nowrap">
      ${row.Disposition ? html`<span class="badge good">${row.Disposition}</span>` : '—'}
      ${row.CanUpdateIndicator === 'N' ? html`<span class="badge">closed</span>` : ''}
      ${sold > 0 ? html`<div class="sub">$${sold.toLocaleString('en-US')}</div>` : ''}
    </td>
    <td class="cut" title="${row.PresNotes ?? ''}">
      ${row.PresNotes ?? '—'} ${last && html`<div class="sub">${writeCount}× · ${last.action}</div>`}
    </td>
    <td class="acts">
      ${button({ label: '+1 day', method: 'POST', path: `${path}/move`, body: { apptDate: nextDay }, look: 'small', title: 'Move to the next day' })}
      ${button({ label: 'reassign', method: 'POST', path: `${path}/assign`, body: { slrId: nextRep }, look: 'small', title: 'Give to the next rep' })}
      ${button({ label: 'remove', method: 'DELETE', path, look: 'small danger', title: 'Take off the calendar' })}
    </td>
  </tr>`;
}
