import type { Html } from '@occ-hub/simulator-stage';
import { button, html } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import type { FaultOrder } from '../feedback/faults.ts';
import type { ReceivedFeedback } from '../feedback/feedback.ts';

const SHOWN = 60;
const FAULTS: readonly { label: string; title: string; order: FaultOrder }[] = [
  { label: 'Delay 3 s', title: 'Answers rightly, but late', order: { kind: 'delay', ms: 3000 } },
  { label: '500 before', title: 'Fails and takes nothing', order: { kind: '500', when: 'before' } },
  { label: '500 after', title: 'Takes the feedback, then says it failed', order: { kind: '500', when: 'after' } },
  { label: 'HTML with 200', title: 'A maintenance page with status 200', order: { kind: 'html' } },
  { label: 'Lose', title: 'Takes the feedback and never answers', order: { kind: 'lose' } },
  { label: 'Cut', title: 'Closes the connection and takes nothing', order: { kind: 'cut' } },
];

/** The buttons that break things for the next feedback call. */
export function breakPanel(): Html {
  return html`<section class="card">
    <div class="head">
      <h2>Break feedback</h2>
      <span class="hint">The next feedback call meets the fault you press.</span>
    </div>
    <div class="breaks">
      ${FAULTS.map(({ label, title, order }) => button({ label, title, method: 'POST', path: '/faults', body: order }))}
    </div>
    <div class="breaks">
      ${button({ label: 'Clear faults', method: 'DELETE', path: '/faults' })}
      ${button({ label: 'Forget leads, events and feedback', method: 'POST', path: '/reset', look: 'danger' })}
    </div>
  </section>`;
}

export function feedbackTable(control: SimulatorControl): Html {
  const received = control.feedback().slice(-SHOWN).reverse();
  return html`<section class="card">
    <div class="head">
      <h2>Feedback received</h2>
      <span class="hint">Newest first</span>
    </div>
    ${
      received.length === 0
        ? html`<div class="empty">None yet. It arrives at POST /feedback?event_id=…</div>`
        : html`<div class="tall" data-scroll="feedback">${feedbackRows(received)}</div>`
    }
  </section>`;
}

export function feedbackRows(received: readonly ReceivedFeedback[]): Html {
  return html`<table>
    <thead>
      <tr>
        <th class="number">No.</th>
        <th>At (UTC)</th>
        <th>Event</th>
        <th>Type</th>
        <th>Reason</th>
        <th>Outcome</th>
      </tr>
    </thead>
    <tbody>
      ${received.map(feedbackRow)}
    </tbody>
  </table>`;
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
