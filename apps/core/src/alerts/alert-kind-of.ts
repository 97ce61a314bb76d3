import type { ConnectionState } from '@occ-hub/contracts';
import type { ConnectionAlertKind } from './alert.ts';

/**
 * Whether a change of state is worth an alert: each one into `needs-reauthorization`, and the recovery from it. A person
 * who enters new credentials leads over `draft`: what was said last tells a recovery. A resume goes back to the state from
 * before the pause and proves nothing: it is never a recovery, and trouble that was told before the pause is no news.
 */
export function alertKindOf(
  { before, state }: { before: ConnectionState; state: ConnectionState },
  saidLast: ConnectionAlertKind | undefined,
): ConnectionAlertKind | undefined {
  if (before === state) return undefined;
  const resumed = before === 'paused';
  if (state === 'needs-reauthorization') return resumed && saidLast === 'needs-you' ? undefined : 'needs-you';
  const needed = before === 'needs-reauthorization' || saidLast === 'needs-you';
  return state === 'healthy' && needed && !resumed ? 'works-again' : undefined;
}
