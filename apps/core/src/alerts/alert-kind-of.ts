import type { ConnectionState } from '@occ-hub/contracts';
import type { AlertKind } from './alert.ts';

/**
 * Whether a change of state is worth an alert: each one into `needs-reauthorization`, and the recovery from it. A person
 * who enters new credentials leads over `draft`, and a pause may come in between: what was said last tells a recovery.
 */
export function alertKindOf(
  { before, state }: { before: ConnectionState; state: ConnectionState },
  saidLast: AlertKind | undefined,
): AlertKind | undefined {
  if (before === state) return undefined;
  if (state === 'needs-reauthorization') return 'needs-you';
  const needed = before === 'needs-reauthorization' || saidLast === 'needs-you';
  return state === 'healthy' && needed ? 'works-again' : undefined;
}
