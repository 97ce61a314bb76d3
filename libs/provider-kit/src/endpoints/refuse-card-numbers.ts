import { HubError } from '@occ-hub/errors';
import { hasCardNumber, holdsCardNumber } from '@occ-hub/service';
import type { EndpointRequest } from '../endpoint.ts';

/** Where secrets stand: they are as random as they look, and are kept nowhere. */
const keyHeaders = new Set(['authorization', 'x-api-key']);

/**
 * Refuses a request that has a payment card number anywhere, saying neither where nor which: nothing of it may be kept or
 * told. `uri` is the address as it came, with the key that may stand in it.
 */
export function refuseCardNumbers(uri: string, { headers, body }: EndpointRequest): void {
  const told = Object.entries(headers).filter(([name]) => !keyHeaders.has(name));
  const faulty = hasCardNumber(uri) || holdsCardNumber(told) || hasCardNumber(body) || holdsCardNumber(jsonOf(body));
  if (!faulty) return;
  const message =
    'This holds a payment card number. The hub takes none and kept nothing of it. Take the number out; add the card by its token or by a payment link.';
  throw new HubError({ kind: 'rejected', code: 'card-number.refused', message });
}

/** A number may be written as 4.1e15: only who reads it sees its digits. */
function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Whatever it is, it was looked at as text.
    return undefined;
  }
}
