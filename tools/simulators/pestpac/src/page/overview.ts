import type { Html } from '@occ-hub/simulator-stage';
import { html } from '@occ-hub/simulator-stage';
import type { SimulatorState } from '../control/state.ts';

export function tiles({ sizes, clock, callsToday, switches }: SimulatorState): Html {
  const tile = (value: string | number, label: string, look = ''): Html =>
    html`<div class="tile"><b class="${look}">${value}</b><span>${label}</span></div>`;
  const quota = switches.dailyQuota === null ? 'calls today, no quota' : `calls today of ${switches.dailyQuota}`;
  return html`<div class="tiles">
    ${tile(clock.local.replace('T', ' ').slice(0, 16), clock.zone, 'long')} ${tile(sizes.billTos, 'bill-tos')}
    ${tile(sizes.locations, 'locations')} ${tile(sizes.leads, 'leads')} ${tile(sizes.tasks, 'tasks')}
    ${tile(sizes.orders + sizes.setups, 'orders and setups')} ${tile(sizes.cards, 'cards on file')}
    ${tile(callsToday, quota)}
  </div>`;
}

/** What is wrong on purpose: the door and the faults in force. */
export function troubles({ door, faults }: SimulatorState): Html {
  const rows = faults.map((fault) => {
    const what = fault.kind === 'delay' ? `delay ${fault.ms} ms` : `${fault.kind} ${fault.when}`;
    const left = fault.left === 'forever' ? 'forever' : `${fault.left} left`;
    return html`<li>
      <span class="badge warn"
        >${what} · ${fault.call ?? 'any call'} · ${left}${fault.met > 0 ? ` · met ${fault.met}` : ''}</span
      >
    </li>`;
  });
  const badge =
    door === 'open'
      ? html`<span class="badge good">answering</span>`
      : html`<span class="badge bad">down: API connections are cut</span>`;
  const list = html`<ul class="plain" style="padding-top:12px">
    ${rows}
  </ul>`;
  return html`<section class="card">
    <div class="head">
      <h2>Faults in force</h2>
      ${badge}
    </div>
    ${rows.length > 0 ? list : html`<div class="empty">None. Calls are answered as they should be.</div>`}
  </section>`;
}
