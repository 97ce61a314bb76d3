import type { Request } from 'express';
import { HubError } from '@occ-hub/errors';
import { hasCardNumber, holdsCardNumber, rawBodyOf } from '@occ-hub/service';

/**
 * Refuses a request whose body holds a card number anywhere, before it goes to a provider, a log or a store. Nothing of it
 * is repeated. HubError(rejected) `card-number.refused`, 422 over HTTP.
 */
export function refuseCardNumbers(request: Request): void {
  // The text as it came, too: a number of 17 digits and more is another one once it was read.
  const raw = rawBodyOf(request)?.toString('utf8') ?? '';
  if (!holdsCardNumber(request.body) && !hasCardNumber(raw)) return;
  const message =
    'This holds what looks like a card number. Card numbers never go through OCC: take it out and send again.';
  throw new HubError({ kind: 'rejected', code: 'card-number.refused', message });
}
