import { HubError } from '@occ-hub/errors';
import type { EndpointAnswer, EndpointRequest } from '@occ-hub/provider-kit';

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

/** As JSON, not to be kept by anybody in between. */
export function jsonAnswer(status: number, body: unknown, more: Readonly<Record<string, string>> = {}): EndpointAnswer {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...more };
  return { status, headers, body: JSON.stringify(body) };
}
