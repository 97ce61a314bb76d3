import type { Html } from '@occ-hub/simulator-stage';
import { html } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import type { RepCount } from '../control/record-control.ts';
import type { SimulatorState } from '../control/state.ts';

export function tiles(state: SimulatorState): Html {
  const calls = Object.values(state.counts).reduce((sum, one) => sum + one.calls, 0);
  const tile = (value: string | number, label: string, look = ''): Html =>
    html`<div class="tile"><b class="${look}">${value}</b><span>${label}</span></div>`;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: state.clock.zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(state.clock.now));
  return html`<div class="tiles">
    ${tile(clock, `${state.clock.zone}, ${state.clock.state} clock`, 'long')}
    ${tile(state.window.appointments, `appointments, ${state.window.from} to ${state.window.to}`)}
    ${tile(state.window.households, 'households among them')} ${tile(state.documents, 'documents received')}
    ${tile(calls, `calls, ${state.counts['token']?.calls ?? 0} for tokens`)}
  </div>`;
}

/** What is wrong on purpose: the door, the faults in force and the rights taken away. */
export function troubles(state: SimulatorState): Html {
  const faults = state.faults.map(
    (fault) =>
      html`<li>
        <span class="badge warn">
          ${fault.kind}${fault.kind === 'delay' ? ` ${fault.ms} ms` : ` ${fault.when}`} · ${fault.action ?? 'any call'}
          · ${fault.left === 'forever' ? 'forever' : `${fault.left} left`}${fault.met > 0 ? ` · met ${fault.met}` : ''}
        </span>
      </li>`,
  );
  const denied = state.denied.map((right) => html`<li><span class="badge bad">denied · ${right}</span></li>`);
  const door =
    state.door === 'open'
      ? html`<span class="badge good">answering</span>`
      : html`<span class="badge bad">down: API connections are cut</span>`;
  return html`<section class="card">
    <div class="head">
      <h2>Faults in force</h2>
      ${door}
    </div>
    ${
      faults.length + denied.length > 0
        ? html`<ul class="plain" style="padding-top:12px">
            ${faults}${denied}
          </ul>`
        : html`<div class="empty">None. Calls are answered as they should be.</div>`
    }
  </section>`;
}

export function reps(control: SimulatorControl, state: SimulatorState): Html {
  const counted = new Map(state.window.reps.map((one) => [one.slrId, one]));
  const idle = control
    .lookups()
    .reps.filter((rep) => !counted.has(String(rep.slrId)))
    .map((rep) => ({ slrId: String(rep.slrId), name: rep.name, known: true, appointments: 0, households: 0 }));
  const rows = [...state.window.reps, ...idle];
  const most = Math.max(1, ...rows.map((one) => one.appointments));
  return html`<section class="card">
    <div class="head">
      <h2>Sales reps</h2>
      <span class="hint">Appointments in the window. LeadPerfection has no e-mails.</span>
    </div>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>slr_id</th>
            <th>Name</th>
            <th class="number">Appts</th>
            <th style="width:34%"></th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((rep) => repRow(rep, most))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function repRow(rep: RepCount, most: number): Html {
  const note = rep.slrId === null ? 'no rep' : rep.known ? null : 'not in the user list';
  return html`<tr>
    <td class="mono">${rep.slrId ?? 'null'}</td>
    <td>
      <a href="/?show=all&rep=${encodeURIComponent(rep.slrId ?? 'null')}">${rep.name || 'nobody'}</a>
      ${note && html`<span class="badge warn">${note}</span>`}
    </td>
    <td class="number">${rep.appointments}</td>
    <td><div class="bar" style="width:${Math.round((rep.appointments / most) * 100)}%"></div></td>
  </tr>`;
}
