import type { Html } from '@occ-hub/simulator-stage';
import { html, tableCard } from '@occ-hub/simulator-stage';
import type { ShownAccount } from '../control/account-control.ts';
import type { SimulatorControl } from '../control/control.ts';
import type { Fault } from '../faults/faults.ts';

/** Figures, what is wrong on purpose, and the accounts. */
export function overview(control: SimulatorControl): Html {
  const accounts = control.accounts();
  const sum = (of: (account: ShownAccount) => number): number => accounts.reduce((total, one) => total + of(one), 0);
  const calls = Object.values(control.counts()).reduce((total, one) => total + one.calls, 0);
  const unconfirmed = control.leads().filter(({ state }) => state === 'Unconfirmed Client').length;
  const tile = (value: string | number, label: string, look = ''): Html =>
    html`<div class="tile"><b class="${look}">${value}</b><span>${label}</span></div>`;
  return html`<div class="tiles">
      ${tile(`${control.clock().slice(0, 16).replace('T', ' ')} UTC`, 'clock', 'long')}
      ${tile(
        sum(({ counts }) => counts.leads),
        `leads, ${unconfirmed} of clients to confirm`,
      )}
      ${tile(
        sum(({ counts }) => counts.clients),
        'clients',
      )}
      ${tile(calls, 'calls')}
    </div>
    ${troubles(control)}
    ${tableCard({ title: 'Accounts', columns: ['Account', 'API user', 'Operations', 'Custom inputs'], rows: accounts.map(accountRow), empty: 'None.' })}`;
}

function troubles(control: SimulatorControl): Html {
  const switches = Object.entries(control.switches()).map(
    ([name, value]) => html`<li><span class="badge">${name}: ${String(value)}</span></li>`,
  );
  return html`<section class="card">
    <div class="head"><h2>Faults and switches in force</h2></div>
    <ul class="plain" style="padding-top:12px">
      ${control.faults().map(faultBadge)}${switches}
    </ul>
  </section>`;
}

function faultBadge({ kind, ms, when, call, left, met }: Fault): Html {
  const what = kind === 'delay' ? `delay ${ms} ms` : `${kind} ${when}`;
  const rest = left === 'forever' ? left : `${left} left`;
  return html`<li><span class="badge warn">${what} · ${call ?? 'any call'} · ${rest} · met ${met}</span></li>`;
}

function accountRow({ id, name, zone, apiUser, apiAllowed, operations, customInputs }: ShownAccount): Html {
  return html`<tr>
    <td>
      ${name}
      <div class="sub">${id}, ${zone}</div>
    </td>
    <td>${apiUser} ${!apiAllowed && html`<span class="badge bad">no API</span>`}</td>
    <td>
      ${operations.map(
        (one) =>
          html`<div>
            <span class="mono">${one.id}</span> ${one.display_name ?? one.name}
            ${!one.active && html`<span class="badge">not active</span>`}
          </div>`,
      )}
    </td>
    <td>
      ${customInputs.map(
        (one) =>
          html`<div>
            <span class="mono">${one.id}</span> ${one.name}
            <span class="sub"
              >${one.resource_type}, ${one.input_type}${one.required && ', required'}
              ${one.dropdown_options.map(({ key }) => key).join(' · ')}</span
            >
          </div>`,
      )}
    </td>
  </tr>`;
}
