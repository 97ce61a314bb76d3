import type { Html } from '@occ-hub/simulator-stage';
import { button, html, tableCard } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import type { LeadEvent, Snapshot } from '../platform/event.ts';

const SHOWN = 60;

export function eventsTable(control: SimulatorControl): Html {
  return tableCard({
    title: 'Last events',
    hint: 'Newest first. An event opens on its snapshot.',
    columns: ['At (UTC)', 'Event', 'Step', 'Outcome', 'Appended', { number: 'ms' }, ''],
    rows: control.events().slice(-SHOWN).reverse().map(eventRow),
    empty: 'No lead was submitted yet.',
  });
}

function eventRow(event: LeadEvent): Html {
  const last = event.runs.at(-1);
  return html`<tr>
    <td class="nowrap">${event.at.slice(11, 23)}</td>
    <td class="mono"><a href="/events/${event.id}">${event.id}</a></td>
    <td>${event.step}</td>
    <td>
      ${last ? outcomeBadge(last) : html`<span class="badge">running</span>`}
      ${event.runs.length > 1 && html`<span class="sub">${event.runs.length} runs</span>`}
    </td>
    <td class="cut mono" title="${JSON.stringify(last?.appended ?? {})}">${JSON.stringify(last?.appended ?? {})}</td>
    <td class="number">${last?.ms}</td>
    <td class="acts">${resubmitButton(event)}</td>
  </tr>`;
}

export function resubmitButton(event: LeadEvent): Html {
  const path = `/events/${event.id}/resubmit`;
  const title = 'Delivers it once more: same event id, same variables';
  return button({ label: 'Post again', method: 'POST', path, look: 'small', title });
}

export function outcomeBadge({ outcome, unmasked }: Snapshot): Html {
  const look = outcome === 'success' ? 'good' : outcome === 'error' ? 'bad' : 'warn';
  return html`<span class="badge ${look}">${outcome}</span>
    ${unmasked.length > 0 && html`<span class="badge bad">secret left readable</span>`}`;
}
