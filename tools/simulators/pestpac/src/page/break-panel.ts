import type { Html, OfferedFault } from '@occ-hub/simulator-stage';
import { breakCard, button } from '@occ-hub/simulator-stage';
import type { FaultOrder } from '../company/faults.ts';
import { TOKEN_CALL } from '../access/token-handler.ts';
import { ROUTES } from '../api/routes.ts';

const FAULTS: readonly (OfferedFault & { order: FaultOrder })[] = [
  { label: 'Delay 3 s', title: 'Answers rightly, but late', order: { kind: 'delay', ms: 3000 } },
  { label: '401', title: 'Says the token is not valid', order: { kind: '401' } },
  { label: '401 quota', title: 'Says the contract is used up', order: { kind: 'quota' } },
  { label: '403', title: 'Says access is denied', order: { kind: '403' } },
  { label: '404', title: 'Says there is nothing here', order: { kind: '404' } },
  { label: '429, 5 s', title: 'Too many requests, with Retry-After', order: { kind: '429', retryAfter: 5 } },
  { label: '400 empty', title: 'Refuses without a word', order: { kind: 'empty-400' } },
  { label: '500 before', title: 'Fails and does nothing', order: { kind: '500', when: 'before' } },
  { label: '500 after', title: 'Does the work, then says it failed', order: { kind: '500', when: 'after' } },
  { label: '503', title: 'The gateway finds nobody', order: { kind: '503' } },
  { label: 'HTML with 200', title: 'A maintenance page with status 200', order: { kind: 'html' } },
  { label: 'Truncated JSON', title: 'Does the work, sends half of the answer', order: { kind: 'truncated' } },
  { label: 'Cut before', title: 'Closes the connection and does nothing', order: { kind: 'cut', when: 'before' } },
  { label: 'Cut after', title: 'Does the work, then closes the connection', order: { kind: 'cut', when: 'after' } },
  { label: 'Swallow', title: 'Never answers and does nothing', order: { kind: 'swallow', when: 'before' } },
  { label: 'Swallow after', title: 'Does the work and never answers', order: { kind: 'swallow', when: 'after' } },
];

/** What a caller may have to stand: faults of single calls, and the switches of the whole company. */
export function breakPanel(): Html {
  const kinds = [TOKEN_CALL, ...ROUTES.map((route) => `${route.method} ${route.path}`)];
  const calls = { field: 'call', label: 'Calls of', any: 'any kind', kinds };
  return breakCard({ calls, faults: FAULTS, others: [switchButtons()] });
}

function switchButtons(): Html[] {
  return [
    button({ label: 'Clear faults', method: 'DELETE', path: '/faults' }),
    button({ label: 'Expire all tokens', method: 'POST', path: '/tokens/expire' }),
    button({ label: 'Quota used up', method: 'PATCH', path: '/switches', body: { dailyQuota: 0 }, look: 'danger' }),
    button({ label: 'No quota', method: 'PATCH', path: '/switches', body: { dailyQuota: null } }),
    button({ label: 'Go down', method: 'POST', path: '/down', look: 'danger', title: 'Cuts every API connection' }),
    button({ label: 'Come up', method: 'POST', path: '/up' }),
    button({ label: 'Empty the log', method: 'DELETE', path: '/received' }),
    button({ label: 'Start anew', method: 'POST', path: '/reset', look: 'danger', title: 'Invents all records anew' }),
  ];
}
