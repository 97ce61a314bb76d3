import type { Html } from '@occ-hub/simulator-stage';
import { html } from '@occ-hub/simulator-stage';
import type { SimulatorState } from '../control/state.ts';

export function tiles(state: SimulatorState): Html {
  const calls = Object.values(state.counts).reduce((sum, one) => sum + one.calls, 0);
  const tile = (value: string | number, label: string, look = ''): Html =>
    html`<div class="tile"><b class="${look}">${value}</b><span>${label}</span></div>`;
  const count = (object: string): number => state.objects[`i360core__${object}__c`] ?? 0;
  return html`<div class="tiles">
    ${tile(state.clock.slice(0, 16).replace('T', ' '), 'UTC, clock of the org', 'long')}
    ${tile(count('Sales_Appointment'), `appointments, ${count('Staff')} staff`)}
    ${tile(count('Sales_Opportunity'), `opportunities, ${count('Sale')} sales`)} ${tile(state.files, 'files received')}
    ${tile(state.writes, 'writes through the API')}
    ${tile(`${state.limits.used} / ${state.limits.max}`, `API calls in 24 h; ${calls} seen`, 'long')}
  </div>`;
}

/** What is wrong on purpose, and who may call. */
export function troubles(state: SimulatorState): Html {
  const faults = state.faults.faults.map(
    (fault) =>
      html`<li>
        <span class="badge warn">
          ${fault.kind}${fault.kind === 'delay' ? ` ${fault.ms} ms` : ` ${fault.when}`} · ${fault.calls}
          ${fault.object && `· ${fault.object}`} · ${fault.left === 'forever' ? 'forever' : `${fault.left} left`}
          ${fault.met > 0 ? ` · met ${fault.met}` : ''}
        </span>
      </li>`,
  );
  const locks = state.faults.locks.map(
    (lock) =>
      html`<li><span class="badge warn">lock · ${lock.record ?? 'any record'} · write no. ${lock.nth}</span></li>`,
  );
  const isSpent = state.limits.used >= state.limits.max;
  return html`<section class="card">
    <div class="head">
      <h2>Faults in force</h2>
      <span class="badge ${isSpent ? 'bad' : 'good'}">${isSpent ? 'no API calls left today' : 'answering'}</span>
      <span class="hint">
        ${state.instances.current} · consent: ${state.switches.consent} · ${state.approvals.open} approvals open,
        ${state.approvals.ended} ended
      </span>
    </div>
    ${
      faults.length + locks.length > 0
        ? html`<ul class="plain" style="padding-top:12px">
            ${faults}${locks}
          </ul>`
        : html`<div class="empty">None. Calls are answered as they should be.</div>`
    }
  </section>`;
}
