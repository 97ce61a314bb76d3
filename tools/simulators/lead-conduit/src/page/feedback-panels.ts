import type { Column, Html, OfferedFault } from '@occ-hub/simulator-stage';
import { breakCard, button, html, plainTable, tableCard } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import type { FaultOrder } from '../feedback/faults.ts';
import type { ReceivedFeedback } from '../feedback/feedback.ts';

const SHOWN = 60;
const FAULTS: readonly (OfferedFault & { order: FaultOrder })[] = [
  { label: 'Delay 3 s', title: 'Answers rightly, but late', order: { kind: 'delay', ms: 3000 } },
  { label: '500 before', title: 'Fails and takes nothing', order: { kind: '500', when: 'before' } },
  { label: '500 after', title: 'Takes the feedback, then says it failed', order: { kind: '500', when: 'after' } },
  { label: 'HTML with 200', title: 'A maintenance page with status 200', order: { kind: 'html' } },
  { label: 'Lose', title: 'Takes the feedback and never answers', order: { kind: 'lose' } },
  { label: 'Cut', title: 'Closes the connection and takes nothing', order: { kind: 'cut' } },
];

/** The buttons that break things for the next feedback call. */
export function breakPanel(): Html {
  return breakCard({
    title: 'Break feedback',
    hint: 'The next feedback call meets the fault you press.',
    faults: FAULTS,
    others: [
      [
        button({ label: 'Clear faults', method: 'DELETE', path: '/faults' }),
        button({ label: 'Forget leads, events and feedback', method: 'POST', path: '/reset', look: 'danger' }),
      ],
    ],
  });
}

const COLUMNS: readonly Column[] = [{ number: 'No.' }, 'At (UTC)', 'Event', 'Type', 'Reason', 'Outcome'];

export function feedbackTable(control: SimulatorControl): Html {
  return tableCard({
    title: 'Feedback received',
    hint: 'Newest first',
    columns: COLUMNS,
    rows: control.feedback().slice(-SHOWN).reverse().map(feedbackRow),
    empty: 'None yet. It arrives at POST /feedback?event_id=…',
  });
}

/** The same without a card, for the page of one event. */
export function feedbackRows(received: readonly ReceivedFeedback[]): Html {
  return plainTable(COLUMNS, received.map(feedbackRow));
}

function feedbackRow(one: ReceivedFeedback): Html {
  return html`<tr>
    <td class="number">${one.number}</td>
    <td class="nowrap">${one.at.slice(11, 23)}</td>
    <td class="mono">${one.eventId ? html`<a href="/events/${one.eventId}">${one.eventId}</a>` : 'none'}</td>
    <td>${one.type}</td>
    <td>${one.feedbackReason}</td>
    <td>
      <span class="badge ${one.outcome === 'success' ? 'good' : 'bad'}">${one.outcome}</span>
      <span class="sub">${one.reason} ${one.by !== 'platform' && `read by ${one.by}`}</span>
    </td>
  </tr>`;
}
