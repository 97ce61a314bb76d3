import { createFaultQueue } from '@occ-hub/simulator-stage';

/** The ways a call can go wrong. */
export const FAULT_KINDS = [
  'delay',
  '401',
  '403',
  '429',
  '500',
  'html',
  'truncated',
  'cut',
  'swallow',
  'refused',
  'no-number',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault to come. */
export interface FaultOrder {
  kind: FaultKind;
  /** Only calls of this action (`AddSalesmanImages`, `SalesApi/AddSalesmanImages`) or `/token`; any call when absent. */
  action?: string;
  /** How many calls meet it. Default 1; `forever` until cleared. */
  count?: number | 'forever';
  /** Matching calls that get through first. Default 0. */
  skip?: number;
  /**
   * Whether the call is refused `before` the company does anything, or is carried out and fails `after`.
   * Default before; for `truncated` after. `delay`, 401, 403 and 429 are always before, `no-number` is always after.
   */
  when?: 'before' | 'after';
  /** Milliseconds of a delay. Default 2000. */
  ms?: number;
  /** Seconds in the Retry-After of a 429. Default 1. */
  retryAfter?: number;
  /** Retry-After as seconds (default) or as an HTTP date. */
  retryAfterAs?: 'seconds' | 'date';
}

/** A fault in force. */
export interface Fault extends Required<Omit<FaultOrder, 'action' | 'count'>> {
  id: number;
  action: string | null;
  left: number | 'forever';
  met: number;
}

/** The faults ordered and not yet used up. One call meets every delay that fits it, and at most one other fault. */
export class Faults {
  readonly #faults = createFaultQueue<Fault>();
  #lastId = 0;

  order(order: FaultOrder): Fault {
    this.#lastId += 1;
    const refusedOnly = order.kind === 'delay' || order.kind === '401' || order.kind === '403' || order.kind === '429';
    const spoilsAnswer = order.kind === 'no-number';
    const standardWhen = order.kind === 'truncated' ? 'after' : 'before';
    const fault: Fault = {
      id: this.#lastId,
      kind: order.kind,
      action: order.action ?? null,
      left: order.count ?? 1,
      skip: order.skip ?? 0,
      when: refusedOnly ? 'before' : spoilsAnswer ? 'after' : (order.when ?? standardWhen),
      ms: order.ms ?? 2000,
      retryAfter: order.retryAfter ?? 1,
      retryAfterAs: order.retryAfterAs ?? 'seconds',
      met: 0,
    };
    this.#faults.add(fault);
    return { ...fault };
  }

  /** Takes what the next call of `target` (`/token` or `Controller/Action`) has to meet. */
  take(target: string): { delayMs: number; fault: Fault | null } {
    const { delays, fault } = this.#faults.meet((fault) => fits(fault, target));
    return { delayMs: delays.reduce((sum, { ms }) => sum + ms, 0), fault: fault ?? null };
  }

  active(): Fault[] {
    return this.#faults.active();
  }

  clear(): void {
    this.#faults.clear();
  }
}

function fits(fault: Fault, target: string): boolean {
  if (fault.action === null) return true;
  const wanted = fault.action.toLowerCase().replace(/^\//, '');
  const called = target.toLowerCase().replace(/^\//, '');
  return called === wanted || called.endsWith(`/${wanted}`);
}
