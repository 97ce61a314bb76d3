import type { Fault } from '../company/faults.ts';
import type { Answer } from './answers.ts';
import { DENIED, notPermitted, refused, webApiError } from './answers.ts';

/** What goes back to the caller; `none` cuts the connection and `silence` leaves it open without a word. */
export type Reply =
  | { kind: 'http'; status: number; contentType: string; headers: Record<string, string>; body: string | Buffer }
  | { kind: 'none' }
  | { kind: 'silence' };

const JSON_TYPE = 'application/json; charset=utf-8';

export function plainReply(answer: Answer, headers: Record<string, string> = {}): Reply {
  return { kind: 'http', status: answer.status, contentType: JSON_TYPE, headers, body: answer.body };
}

const MAINTENANCE_PAGE =
  '<!DOCTYPE html><html><head><title>Service Unavailable</title></head>' +
  '<body><h2>Our services are not available right now</h2><p>We are working to restore all services.</p></body></html>';

/** What a fault makes of an answer. `answer` is the true one when the call was carried out, else a stand-in. */
export function spoiltReply(fault: Fault, answer: Answer, call: { action: string; machineNow: number }): Reply {
  switch (fault.kind) {
    case '401':
      return plainReply(DENIED);
    case '403':
      return plainReply(notPermitted(call.action));
    case '429':
      return plainReply(webApiError(429, 'Too many requests.'), { 'retry-after': retryAfter(fault, call.machineNow) });
    case '500':
      return plainReply(
        webApiError(500, 'An error has occurred.', {
          ExceptionMessage:
            'Execution Timeout Expired. The timeout period elapsed prior to completion of the operation.',
          ExceptionType: 'System.Data.SqlClient.SqlException',
        }),
      );
    case 'html':
      return {
        kind: 'http',
        status: 200,
        contentType: 'text/html; charset=utf-8',
        headers: {},
        body: MAINTENANCE_PAGE,
      };
    case 'truncated':
      return plainReply({ ...answer, body: firstHalf(answer.body) });
    case 'cut':
      return { kind: 'none' };
    case 'swallow':
      return { kind: 'silence' };
    case 'refused':
      return plainReply(refused('The record could not be saved.'));
    // Only an added lead has a number to leave out; see the posting side.
    case 'no-number':
    case 'delay':
      return plainReply(answer);
  }
}

function retryAfter(fault: Fault, machineNow: number): string {
  if (fault.retryAfterAs === 'seconds') return String(fault.retryAfter);
  return new Date(machineNow + fault.retryAfter * 1000).toUTCString();
}

/** Half of the bytes, which is never valid JSON for an array, an object or a string. */
function firstHalf(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  return bytes.subarray(0, Math.max(1, Math.floor(bytes.length / 2)));
}
