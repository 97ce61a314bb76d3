import type { Html } from '@occ-hub/simulator-stage';
import { button, html, tableCard } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import type { ShownLead } from '../control/record-control.ts';

const SHOWN = 50;

/** The last leads, newest first, with what the office does about them. */
export function leadsTable(control: SimulatorControl): Html {
  return tableCard({
    title: 'Leads',
    hint: `The last ${SHOWN}, newest first.`,
    columns: ['Lead', 'Client', 'Name and notes', 'Custom values', 'Task', 'State', ''],
    rows: control.leads().slice(-SHOWN).reverse().map(leadRow),
    empty: 'None yet. One is made with POST /api/v1/jobs.',
  });
}

function leadRow(lead: ShownLead): Html {
  const { id, onHold, task } = lead;
  const unconfirmed = lead.state === 'Unconfirmed Client';
  const hold = { method: 'POST', path: `/leads/${id}/hold`, body: { onHold: !onHold }, look: 'small' } as const;
  return html`<tr>
    <td class="nowrap">
      <span class="mono">${id}</span>
      <div class="sub">${lead.createdAt.slice(0, 16).replace('T', ' ')}, division ${lead.operationId}</div>
    </td>
    <td>
      ${lead.clientName}
      <div class="sub mono">${lead.clientId} ${lead.newClient && 'made with it'}</div>
    </td>
    <td>
      ${lead.name}
      <div class="sub">${lead.notes}</div>
      ${lead.ignored.length > 0 && html`<span class="badge warn">not understood: ${lead.ignored.join(', ')}</span>`}
    </td>
    <td>${lead.customFieldValues.map((one) => html`<div>${one.custom_input_id}: ${one.value}</div>`)}</td>
    <td>
      ${
        task &&
        html`${task.name}
          <div class="sub">${task.start} ${task.stop && `to ${task.stop}`} ${task.on_site && 'on site'}</div>`
      }
    </td>
    <td><span class="badge ${unconfirmed ? 'warn' : 'good'}">${lead.state}</span></td>
    <td class="acts">
      ${unconfirmed && button({ label: 'Confirm', method: 'POST', path: `/leads/${id}/confirm`, look: 'small' })}
      ${button({ label: onHold ? 'Go on' : 'Hold', ...hold })}
    </td>
  </tr>`;
}
