import type { Html } from '@occ-hub/simulator-stage';
import { html, tableCard } from '@occ-hub/simulator-stage';
import type { ShownFlow, SimulatorControl } from '../control/control.ts';
import type { Fault } from '../feedback/faults.ts';

export function tiles(control: SimulatorControl): Html {
  const { leads, events, feedback } = control.counts();
  const tile = (value: number, label: string): Html =>
    html`<div class="tile"><b>${value}</b><span>${label}</span></div>`;
  const faults = control.faults();
  return html`<div class="tiles">
      ${tile(control.flows().length, 'flows')} ${tile(leads, 'leads')} ${tile(events, 'delivery events')}
      ${tile(feedback, 'feedback calls')}
    </div>
    ${
      faults.length > 0 &&
      html`<ul class="plain">
        ${faults.map(faultBadge)}
      </ul>`
    }`;
}

function faultBadge({ kind, ms, when, left, met }: Fault): Html {
  const what = kind === 'delay' ? `delay ${ms} ms` : kind === '500' ? `500 ${when}` : kind;
  return html`<li>
    <span class="badge warn">feedback · ${what} · ${left === 'forever' ? left : `${left} left`} · met ${met}</span>
  </li>`;
}

export function flowsCard(control: SimulatorControl): Html {
  return tableCard({
    title: 'Flows',
    columns: ['Flow', 'Sources', 'Delivery steps'],
    rows: control.flows().map(flowRow),
    empty: 'None.',
  });
}

function flowRow(flow: ShownFlow): Html {
  return html`<tr>
    <td>
      ${flow.name}
      <div class="sub mono">${flow.id}</div>
    </td>
    <td>
      ${flow.sources.map(
        (source) => html`<div>${source.name} <span class="sub mono">POST ${source.submit}</span></div>`,
      )}
    </td>
    <td>
      ${flow.steps.map(
        ({ name, kind, timeoutSeconds, feedback }) =>
          html`<div>
            ${name}
            <span class="sub">
              ${kind}, ${timeoutSeconds} s, conversions ${feedback.conversions ? 'on' : 'off'}, returns
              ${feedback.returns ? 'on' : 'off'}${feedback.maxReturnAgeSeconds !== null ? ` up to ${feedback.maxReturnAgeSeconds} s` : ''}
            </span>
          </div>`,
      )}
    </td>
  </tr>`;
}
