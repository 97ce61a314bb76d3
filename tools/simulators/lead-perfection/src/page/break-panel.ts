import type { Html, OfferedFault } from '@occ-hub/simulator-stage';
import { breakCard, button, html } from '@occ-hub/simulator-stage';
import type { FaultOrder } from '../company/faults.ts';

const FAULTS: readonly (OfferedFault & { order: FaultOrder })[] = [
  { label: 'Delay 3 s', title: 'Answers rightly, but late', order: { kind: 'delay', ms: 3000 } },
  { label: '401', title: 'Says the token is not valid', order: { kind: '401' } },
  { label: '403', title: 'Says the user may not execute the action', order: { kind: '403' } },
  { label: '429, 5 s', title: 'Too many requests; Retry-After in seconds', order: { kind: '429', retryAfter: 5 } },
  {
    label: '429, HTTP date',
    title: 'Too many requests; Retry-After as a date',
    order: { kind: '429', retryAfter: 5, retryAfterAs: 'date' },
  },
  { label: '500 before', title: 'Fails and does nothing', order: { kind: '500', when: 'before' } },
  { label: '500 after', title: 'Does the work, then says it failed', order: { kind: '500', when: 'after' } },
  { label: 'HTML with 200', title: 'A maintenance page with status 200', order: { kind: 'html' } },
  { label: 'Refused with 200', title: 'Envelope 1 with status ERROR, and nothing done', order: { kind: 'refused' } },
  { label: 'No number', title: 'Takes a posted lead and names no number', order: { kind: 'no-number' } },
  { label: 'Truncated JSON', title: 'Does the work, sends half of the answer', order: { kind: 'truncated' } },
  { label: 'Cut before', title: 'Closes the connection and does nothing', order: { kind: 'cut', when: 'before' } },
  { label: 'Cut after', title: 'Does the work, then closes the connection', order: { kind: 'cut', when: 'after' } },
  { label: 'Swallow', title: 'Never answers and does nothing', order: { kind: 'swallow', when: 'before' } },
  { label: 'Swallow after', title: 'Does the work and never answers', order: { kind: 'swallow', when: 'after' } },
];

/** What a caller may have to stand: faults of single calls, and what befalls the whole server. */
export function breakPanel(actions: readonly string[]): Html {
  const calls = { field: 'action', label: 'Calls of', any: 'any action', kinds: ['/token', ...actions] };
  return breakCard({ calls, faults: FAULTS, others: [serverButtons()] });
}

function serverButtons(): Html {
  return html`${button({ label: 'Clear faults', method: 'DELETE', path: '/faults' })}
  ${button({ label: 'Expire all tokens', method: 'POST', path: '/tokens/expire' })}
  ${button({ label: 'Go down', method: 'POST', path: '/down', look: 'danger', title: 'Cuts every API connection' })}
  ${button({ label: 'Refuse for 10 s', method: 'POST', path: '/down', body: { refuse: true, forMs: 10_000 }, look: 'danger', title: 'Stops listening; this page is gone, too, until then' })}
  ${button({ label: 'Come up', method: 'POST', path: '/up' })}
  ${button({ label: 'Add an appointment', method: 'POST', path: '/appointments', body: {} })}
  ${button({ label: 'Empty the log', method: 'DELETE', path: '/received' })}`;
}
