import { createFaultQueue } from '@occ-hub/simulator-stage';

/** The ways a call can go wrong; see the README for what the caller sees. */
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
  'refused-list',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What can be called. */
export const CALL_KINDS = ['operations', 'custom_inputs', 'search', 'jobs'] as const;
export type CallKind = (typeof CALL_KINDS)[number];

/** A fault to come. */
export interface FaultOrder {
  kind: FaultKind;
  /** Only these calls; any call when absent. */
  call?: CallKind;
  /** How many calls meet it. Default 1; `forever` until cleared. */
  count?: number | 'forever';
  /** Fitting calls that get through first. Default 0. */
  skip?: number;
  /**
   * Whether the call is refused `before` anything is done, or carried out and its answer spoilt `after`. Default before;
   * for `truncated` always after; for `delay`, 401, 403, 429 and both refusals always before.
   */
  when?: 'before' | 'after';
  /** Milliseconds of a delay. Default 2000. */
  ms?: number;
  /** Seconds in the Retry-After of a 429; null sends none. Default 1. */
  retryAfter?: number | null;
}

/** A fault in force. */
export interface Fault extends Required<Omit<FaultOrder, 'call' | 'count'>> {
  id: number;
  call: CallKind | null;
  left: number | 'forever';
  met: number;
}

const MAY_BE_AFTER: ReadonlySet<FaultKind> = new Set(['500', 'html', 'cut', 'swallow']);

/** The faults ordered and not yet used up. One call meets every delay that fits it, and at most one other fault. */
export class Faults {
  readonly #faults = createFaultQueue<Fault>();
  #lastId = 0;

  order({ kind, call, count, skip, when, ms, retryAfter }: FaultOrder): Fault {
    this.#lastId += 1;
    const fault: Fault = {
      id: this.#lastId,
      kind,
      call: call ?? null,
      left: count ?? 1,
      skip: skip ?? 0,
      when: kind === 'truncated' ? 'after' : MAY_BE_AFTER.has(kind) ? (when ?? 'before') : 'before',
      ms: ms ?? 2000,
      retryAfter: retryAfter === undefined ? 1 : retryAfter,
      met: 0,
    };
    this.#faults.add(fault);
    return { ...fault };
  }

  /** Takes what the next call of this kind has to meet; null is an address that does not exist. */
  take(call: CallKind | null): { delayMs: number; fault: Fault | null } {
    const { delays, fault } = this.#faults.meet((one) => one.call === null || one.call === call);
    return { delayMs: delays.reduce((sum, { ms }) => sum + ms, 0), fault: fault ?? null };
  }

  active(): Fault[] {
    return this.#faults.active();
  }

  clear(): void {
    this.#faults.clear();
  }
}
