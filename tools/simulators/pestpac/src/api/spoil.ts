import type { Fault } from '../company/faults.ts';
import type { Answer } from './answer.ts';
import { gatewayFault, QUOTA } from './answer.ts';

/** What goes back to the caller; `none` cuts the connection and `silence` leaves it open without a word. */
export type Reply =
  | { kind: 'http'; status: number; headers: Record<string, string>; body: string | Buffer }
  | { kind: 'none' }
  | { kind: 'silence' };

/** An answer as it goes over the wire. */
export function replyOf({ status, body, text }: Answer, headers: Record<string, string> = {}): Reply {
  if (text) return { kind: 'http', status, headers: { 'content-type': text.type, ...headers }, body: text.content };
  if (body === undefined) return { kind: 'http', status, headers, body: '' };
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { kind: 'http', status, headers: { ...type, ...headers }, body: JSON.stringify(body) };
}

const MAINTENANCE =
  '<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>We will be back soon</h1></body></html>';

/** What a fault makes of an answer: the true one when the call was carried out, else a stand-in. */
export function spoilt(fault: Fault, answer: Answer): Reply {
  const retry: Record<string, string> = fault.retryAfter === null ? {} : { 'retry-after': String(fault.retryAfter) };
  switch (fault.kind) {
    case '401':
      return replyOf(gatewayFault(401, 'Invalid access token', 'oauth.v2.InvalidAccessToken'));
    case 'quota':
      return replyOf(QUOTA);
    case '403':
      return replyOf({ status: 403, body: { Message: 'Access is denied.' }, applied: false });
    case '404':
      return replyOf({ status: 404, applied: false });
    case '429':
      return replyOf(gatewayFault(429, 'Spike arrest violation.', 'policies.ratelimit.SpikeArrestViolation'), retry);
    case '500':
      return replyOf({ status: 500, body: { Message: 'An error has occurred.' }, applied: false });
    case '503':
      return replyOf(
        gatewayFault(503, 'The Service is temporarily unavailable', 'messaging.adaptors.http.flow.ServiceUnavailable'),
        retry,
      );
    case 'empty-400':
      return replyOf({ status: 400, applied: false });
    case 'html':
      return replyOf({ status: 200, text: { type: 'text/html; charset=utf-8', content: MAINTENANCE }, applied: false });
    case 'truncated':
      return halved(replyOf(answer));
    case 'cut':
      return { kind: 'none' };
    case 'swallow':
      return { kind: 'silence' };
    case 'delay':
      return replyOf(answer);
  }
}

/** Half of the bytes, which is never valid JSON for an array, an object or a string. */
function halved(reply: Reply): Reply {
  if (reply.kind !== 'http') return reply;
  const bytes = Buffer.from(reply.body);
  return { ...reply, body: bytes.subarray(0, Math.max(1, Math.floor(bytes.length / 2))) };
}
