import { createFaultQueue } from '@occ-hub/simulator-stage';

/** The ways a call can go wrong. */
export const FAULT_KINDS = [
  'delay',
  '401',
  'quota',
  '403',
  '404',
  '429',
  '500',
  '503',
  'empty-400',
  'html',
  'truncated',
  'cut',
  'swallow',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault to come. */
export interface FaultOrder {
  kind: FaultKind;
  /** Only calls such as `POST /Leads`, `GET /BillTos/{id}/locations` or `POST /oauth2/token`; any call when absent. */
  call?: string;
  /** How many calls meet it. Default 1; `forever` until cleared. */
  count?: number | 'forever';
  /** Matching calls that get through first. Default 0. */
  skip?: number;
  /**
   * Whether the call fails `before` anything is done, or is carried out and fails `after`. Default before; for
   * `truncated` after. `delay`, 401, quota, 403, 404, 429 and empty-400 are always before.
   */
  when?: 'before' | 'after';
  /** Milliseconds of a delay. Default 2000. */
  ms?: number;
  /** Seconds in the Retry-After of a 429 or 503; none when absent. */
  retryAfter?: number;
}

/** A fault in force. */
export interface Fault extends Required<Omit<FaultOrder, 'call' | 'count' | 'retryAfter'>> {
  id: number;
  call: string | null;
  left: number | 'forever';
  retryAfter: number | null;
  met: number;
}

const ALWAYS_BEFORE: readonly FaultKind[] = ['delay', '401', 'quota', '403', '404', '429', 'empty-400'];

/** The faults ordered and not yet used up. One call meets every delay that fits it, and at most one other fault. */
export class Faults {
  readonly #faults = createFaultQueue<Fault>();
  #lastId = 0;

  order(order: FaultOrder): Fault {
    this.#lastId += 1;
    const standardWhen = order.kind === 'truncated' ? 'after' : 'before';
    const fault: Fault = {
      id: this.#lastId,
      kind: order.kind,
      call: order.call ?? null,
      left: order.count ?? 1,
      skip: order.skip ?? 0,
      when: ALWAYS_BEFORE.includes(order.kind) ? 'before' : (order.when ?? standardWhen),
      ms: order.ms ?? 2000,
      retryAfter: order.retryAfter ?? null,
      met: 0,
    };
    this.#faults.add(fault);
    return { ...fault };
  }

  /** Takes what the next call of this name has to meet. */
  take(call: string): { delayMs: number; fault: Fault | null } {
    const { delays, fault } = this.#faults.meet(
      (one) => one.call === null || one.call.toLowerCase() === call.toLowerCase(),
    );
    return { delayMs: delays.reduce((sum, { ms }) => sum + ms, 0), fault: fault ?? null };
  }

  active(): Fault[] {
    return this.#faults.active();
  }

  clear(): void {
    this.#faults.clear();
  }
}
