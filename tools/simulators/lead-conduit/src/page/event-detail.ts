import type { Html } from '@occ-hub/simulator-stage';
import { html } from '@occ-hub/simulator-stage';
import type { ReceivedFeedback } from '../feedback/feedback.ts';
import type { LeadEvent, Snapshot } from '../platform/event.ts';
import { outcomeBadge, resubmitButton } from './events-table.ts';
import { feedbackRows } from './feedback-panels.ts';

/** One event: every run's snapshot, and the feedback that named it. */
export function eventDetail(event: LeadEvent, feedback: readonly ReceivedFeedback[]): Html {
  return html`<section class="card">
      <div class="head">
        <h2>${event.step}</h2>
        <span class="hint mono">event ${event.id} · lead ${event.leadId} · ${event.at}</span>
        ${resubmitButton(event)}
      </div>
      ${feedback.length > 0 ? feedbackRows(feedback) : html`<div class="empty">No feedback yet.</div>`}
    </section>
    ${event.runs.toReversed().map(runCard)}`;
}

function runCard(run: Snapshot): Html {
  const { request, response } = run;
  return html`<section class="card">
    <div class="head">
      <h2>Run ${run.number}</h2>
      ${outcomeBadge(run)}
      <span class="hint">${run.reason} ${run.at}, ${run.ms} ms</span>
    </div>
    <div class="snapshot">
      ${block('Request', request && [`${request.method} ${request.url}`, headerLines(request.headers), '', request.body].join('\n'))}
      ${block('Response', response && [String(response.status), headerLines(response.headers), '', response.body].join('\n'))}
      ${block('Appended', JSON.stringify(run.appended, null, 2))}
      ${block('Variables', JSON.stringify(run.vars, null, 2))}
    </div>
  </section>`;
}

function block(title: string, text: string | null): Html {
  return html`<h3>${title}</h3>
    <pre>${text ?? 'none'}</pre>`;
}

function headerLines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
