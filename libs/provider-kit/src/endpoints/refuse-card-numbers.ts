import { HubError } from '@occ-hub/errors';
import { hasCardNumber, holdsCardNumber } from '@occ-hub/service';
import type { EndpointRequest } from '../endpoint.ts';

/** Where secrets stand that are as random as they look. */
const keyHeaders = new Set(['authorization', 'x-api-key']);

/** Refuses a request that has a payment card number anywhere, not saying where or which. Nothing of it may be kept or told. */
export function refuseCardNumbers({ uri, headers, body }: EndpointRequest): void {
  const told = Object.entries(headers).filter(([name]) => !keyHeaders.has(name));
  if (!hasCardNumber(uri) && !holdsCardNumber(told) && !hasCardNumber(body)) return;
  const message =
    'This holds a payment card number. The hub takes none and kept nothing of it. Take the number out; add the card by its token or by a payment link.';
  throw new HubError({ kind: 'rejected', code: 'card-number.refused', message });
}
