import type { Html, OfferedFault } from '@occ-hub/simulator-stage';
import { breakCard, button, html } from '@occ-hub/simulator-stage';
import type { FaultOrder } from '../faults/fault.ts';
import { CALL_KINDS } from '../faults/call-kind.ts';

const FAULTS: readonly (OfferedFault & { order: FaultOrder })[] = [
  { label: '401 session', title: 'Session expired or invalid: a refresh should mend it', order: { kind: 'session' } },
  {
    label: '401 for REST',
    title: 'This session is not valid for use with the REST API: a refresh does not help',
    order: { kind: 'session-for-rest' },
  },
  { label: '403 daily limit', title: 'TotalRequests Limit exceeded', order: { kind: 'daily' } },
  { label: '403 concurrent', title: 'ConcurrentRequests Limit exceeded', order: { kind: 'concurrent' } },
  { label: '500 long running', title: 'ConcurrentPerOrgLongTxn Limit exceeded', order: { kind: 'long-running' } },
  { label: '500 before', title: 'Fails and does nothing', order: { kind: 'error', when: 'before' } },
  { label: '500 after', title: 'Does the work, then says it failed', order: { kind: 'error', when: 'after' } },
  { label: '503 page', title: 'A maintenance page in HTML', order: { kind: 'maintenance' } },
  { label: 'Delay 3 s', title: 'Answers rightly, but late', order: { kind: 'delay', ms: 3000 } },
  { label: 'Stall', title: 'Does the work, sends half of the answer and then nothing', order: { kind: 'stall' } },
  { label: 'Cut', title: 'Does the work, sends half of the answer and closes', order: { kind: 'cut' } },
  { label: 'Lose the answer', title: 'Does the work and closes without a word', order: { kind: 'lose' } },
  { label: 'Drop', title: 'Closes the connection and does nothing', order: { kind: 'drop' } },
  { label: 'Login rate', title: 'The token endpoint says: login rate exceeded', order: { kind: 'login-rate' } },
];

const GROUPS = [
  { value: 'any', label: 'of REST and of the token endpoint' },
  { value: 'write', label: 'that write' },
];

/** What a caller may have to stand: faults of single calls, and what befalls its tokens and the org's data. */
export function breakPanel(): Html {
  const calls = { field: 'calls', label: 'Calls', any: 'of REST, all', kinds: [...GROUPS, ...CALL_KINDS] };
  return breakCard({ calls, faults: FAULTS, others: [html`${tokenButtons()} ${dataButtons()}`] });
}

function tokenButtons(): Html {
  const post = (label: string, path: string, more: { title: string; body?: unknown; look?: string }): Html =>
    button({ label, method: 'POST', path, ...more });
  return html`${button({ label: 'Clear faults', method: 'DELETE', path: '/faults' })}
  ${post('Expire access tokens', '/tokens/expire', { title: 'As two idle hours do: a refresh gives new ones' })}
  ${post('Revoke approvals', '/approvals/revoke', { title: 'Every refresh token ends: a person has to authorize again', body: {}, look: 'danger' })}
  ${post('Move instance', '/instances/move', { title: 'The org lives at its other address; the old one answers 401', body: {} })}
  ${post('Move at refresh', '/instances/move', { title: 'As above, but with the next refresh, and the old one answers 404', body: { at: 'refresh', answer: 404 } })}`;
}

function dataButtons(): Html {
  const staffEmail = '/schema/i360core__Staff__c/fields/i360core__Email__c';
  return html`${button({ label: 'Lock rows', method: 'POST', path: '/locks', body: {}, title: 'The next write of any record: UNABLE_TO_LOCK_ROW' })}
  ${button({ label: 'Use up the day', method: 'PUT', path: '/limits', body: { used: 1_000_000 }, look: 'danger', title: 'No API calls are left for 24 hours' })}
  ${button({ label: 'A new day', method: 'PUT', path: '/limits', body: { used: 0 } })}
  ${button({ label: 'Expire locators', method: 'POST', path: '/locators/expire', title: 'Next pages of open queries are refused' })}
  ${button({ label: 'Hide staff e-mails', method: 'POST', path: `${staffEmail}/hide`, title: 'Field-level security: queries that name the field fail' })}
  ${button({ label: 'Show staff e-mails', method: 'POST', path: `${staffEmail}/show` })}
  ${button({ label: 'Empty the log', method: 'DELETE', path: '/calls' })}`;
}
