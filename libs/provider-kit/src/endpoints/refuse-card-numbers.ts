import { HubError } from '@occ-hub/errors';
import { hasCardNumber } from '@occ-hub/service';
import type { EndpointRequest } from '../endpoint.ts';

/** Where secrets stand: they are as random as they look, and are kept nowhere. */
const keys = /^(?:authorization|x-api-key|cookie)$/;
/**
 * What proxies, load balancers and tracers add to every call, with identifiers of as many digits as a card number: no
 * caller writes there, nothing of it is read, and what logs take of it they take without card numbers.
 */
const ofTheWay =
  /trace|span|datadog|b3|baggage|sentry|newrelic|request-id|correlation|transaction|forwarded|^(?:cf|x-amz|x-goog|x-cloud|x-azure|x-envoy|fly|cdn)-|^via$/;

/**
 * Refuses a request that has a payment card number anywhere, saying neither where nor which: nothing of it may be kept or
 * told. `uri` is the address as it came, with the key that may stand in it. At most a few tenths of a second for a body of
 * a megabyte, usually a tenth.
 */
export function refuseCardNumbers(uri: string, { headers, body }: Pick<EndpointRequest, 'headers' | 'body'>): void {
  const told = Object.entries(headers).filter(([name]) => !keys.test(name) && !ofTheWay.test(name));
  // As they came: a look at a text sees what is escaped in it, and each number of a JSON body with all its digits.
  if (![uri, body, ...told.flat()].some((text) => hasCardNumber(text))) return;
  const message =
    'This holds a payment card number. The hub takes none and kept nothing of it. Take the number out; add the card by its token or by a payment link.';
  throw new HubError({ kind: 'rejected', code: 'card-number.refused', message });
}
