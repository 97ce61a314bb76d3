import type { Html, OfferedFault } from '@occ-hub/simulator-stage';
import { breakCard, button, html } from '@occ-hub/simulator-stage';
import type { FaultOrder } from '../faults/faults.ts';
import type { Switches } from '../settings.ts';
import { CALL_KINDS } from '../faults/faults.ts';

const FAULTS: readonly (OfferedFault & { order: FaultOrder })[] = [
  { label: 'Delay 3 s', title: 'Answers rightly, but late', order: { kind: 'delay', ms: 3000 } },
  { label: '401', title: 'Says that the credentials are wrong', order: { kind: '401' } },
  { label: '403', title: 'Says that the price tier has no API', order: { kind: '403' } },
  { label: '429, 5 s', title: 'Too many requests, with Retry-After', order: { kind: '429', retryAfter: 5 } },
  { label: '500 before', title: 'An error page, and nothing done', order: { kind: '500', when: 'before' } },
  { label: '500 after', title: 'Makes the lead, then an error page', order: { kind: '500', when: 'after' } },
  { label: 'HTML with 200', title: 'A maintenance page with status 200', order: { kind: 'html' } },
  { label: 'Truncated JSON', title: 'Does the work, sends half of the answer', order: { kind: 'truncated' } },
  { label: 'Cut before', title: 'Closes the connection and does nothing', order: { kind: 'cut', when: 'before' } },
  { label: 'Cut after', title: 'Makes the lead, then closes the connection', order: { kind: 'cut', when: 'after' } },
  { label: 'Swallow', title: 'Never answers and does nothing', order: { kind: 'swallow', when: 'before' } },
  { label: 'Swallow after', title: 'Makes the lead and never answers', order: { kind: 'swallow', when: 'after' } },
  { label: 'Refused with 200', title: 'success: false with status 200', order: { kind: 'refused' } },
  { label: 'Refused, a list', title: 'success: false, the error is a list', order: { kind: 'refused-list' } },
];

const SWITCHES: readonly { label: string; change: Partial<Switches> }[] = [
  { label: 'Layout A', change: { layout: 'A' } },
  { label: 'Layout B', change: { layout: 'B' } },
  { label: 'Failures as 422', change: { failureStatus: 422 } },
  { label: 'Failures as 200', change: { failureStatus: 200 } },
  { label: 'Login as JSON', change: { htmlLogin: 'never' } },
  { label: 'Login as a page', change: { htmlLogin: 'always' } },
  { label: 'Refuse long texts', change: { overLimit: 'refuse' } },
  { label: 'Cut long texts', change: { overLimit: 'cut' } },
];

/** What a caller may have to stand: faults of single calls, and how the accounts behave. */
export function breakPanel(accountId: number | undefined): Html {
  const calls = { field: 'call', label: 'Calls of', any: 'any kind', kinds: CALL_KINDS };
  const switches = SWITCHES.map(({ label, change }) =>
    button({ label, method: 'PATCH', path: '/switches', body: change }),
  );
  return breakCard({ calls, faults: FAULTS, others: [switches, others(accountId)] });
}

function others(accountId: number | undefined): Html {
  const revoke = { label: 'Revoke the token', method: 'POST', path: `/accounts/${accountId}/revoke-token` } as const;
  const down = { label: 'Refuse for 10 s', method: 'POST', path: '/down', body: { forMs: 10_000 } } as const;
  return html`${button({ label: 'Clear faults', method: 'DELETE', path: '/faults' })}
  ${accountId !== undefined && button({ ...revoke, look: 'danger', title: 'Of the first account, until a reset' })}
  ${button({ ...down, look: 'danger', title: 'Stops listening; this page is gone, too, until then' })}
  ${button({ label: 'Let 30 days pass', method: 'POST', path: '/clock/pass', body: { days: 30 } })}
  ${button({ label: 'Empty the log', method: 'DELETE', path: '/received' })}
  ${button({ label: 'Reset', method: 'POST', path: '/reset', look: 'danger' })}`;
}
