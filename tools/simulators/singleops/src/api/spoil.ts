import type { Fault } from '../faults/faults.ts';
import type { Answer } from './answer.ts';
import { FORBIDDEN, json, page, UNAUTHORIZED } from './answer.ts';

/** What goes back to the caller: `cut` ends the connection, `swallow` leaves it open without a word. */
export type Reply = Answer | 'cut' | 'swallow';

/** What a fault makes of an answer; `answer` is null when nothing was carried out. */
export function spoilt(fault: Fault, answer: Answer | null): Reply {
  switch (fault.kind) {
    case '401':
      return UNAUTHORIZED;
    case '403':
      return FORBIDDEN;
    case '429':
      return json(429, { error: 'Too many requests' }, { headers: retryAfter(fault) });
    case '500':
      return page(500, "We're sorry, but something went wrong (500)");
    case 'html':
      return page(200, 'SingleOps is down for maintenance');
    case 'refused':
      return json(200, { success: false, error: 'The lead could not be saved', id: null });
    case 'refused-list':
      return json(422, { success: false, error: ['Name is invalid', 'Notes are invalid'], id: null });
    case 'cut':
    case 'swallow':
      return fault.kind;
    case 'truncated':
    case 'delay': {
      const whole = answer ?? json(200, []);
      return fault.kind === 'delay' ? whole : { ...whole, body: firstHalf(whole.body) };
    }
  }
}

function retryAfter({ retryAfter: seconds }: Fault): Record<string, string> {
  return seconds === null ? {} : { 'retry-after': String(seconds) };
}

/** Half of an array or an object is never valid JSON. */
const firstHalf = (body: string): string => body.slice(0, Math.max(1, Math.floor(body.length / 2)));
