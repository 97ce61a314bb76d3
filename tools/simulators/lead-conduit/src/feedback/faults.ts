import { createFaultQueue } from '@occ-hub/simulator-stage';

/** How a feedback call can go wrong. `lose` takes it and answers nothing, `cut` does neither. */
export const FAULT_KINDS = ['delay', '500', 'html', 'lose', 'cut'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultOrder {
  kind: FaultKind;
  /** How many calls meet it. Default 1; `forever` until cleared. */
  count?: number | 'forever';
  /** Calls that get through first. Default 0. */
  skip?: number;
  /** For `500`: whether the feedback is taken first. Default before. */
  when?: 'before' | 'after';
  /** Milliseconds of a delay. Default 2000. */
  ms?: number;
}

export interface Fault extends Required<Omit<FaultOrder, 'count'>> {
  id: number;
  left: number | 'forever';
  met: number;
}

/** The faults ordered and not yet used up. A call meets every delay, and at most one other fault. */
export class Faults {
  readonly #faults = createFaultQueue<Fault>();
  #lastId = 0;

  order(order: FaultOrder): Fault {
    this.#lastId += 1;
    const when = order.kind === 'lose' ? 'after' : order.kind === '500' ? (order.when ?? 'before') : 'before';
    const { kind, count: left = 1, skip = 0, ms = 2000 } = order;
    const fault: Fault = { id: this.#lastId, kind, left, skip, when, ms, met: 0 };
    this.#faults.add(fault);
    return { ...fault };
  }

  take(): { delayMs: number; fault: Fault | null } {
    const { delays, fault } = this.#faults.meet();
    return { delayMs: delays.reduce((sum, { ms }) => sum + ms, 0), fault: fault ?? null };
  }

  active(): Fault[] {
    return this.#faults.active();
  }

  clear(): void {
    this.#faults.clear();
  }
}
