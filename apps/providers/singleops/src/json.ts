import { HubError } from '@occ-hub/errors';
import type { EndpointRequest } from '@occ-hub/provider-kit';

/** What was posted, any JSON. Fails as `unreadable`. */
export function jsonOf({ headers, body }: EndpointRequest): unknown {
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  try {
    if (type === 'application/json') return JSON.parse(body);
  } catch {
    // Told below, without a word of the body.
  }
  const message = 'The body is not JSON. Send a JSON object with Content-Type: application/json.';
  throw new HubError({ kind: 'unreadable', code: 'singleops.body-unreadable', message });
}
