import type { Value } from '../records/value.ts';

/** One call as it was received, with what was answered. Secrets, card tokens and refused card numbers are not kept. */
export interface ReceivedCall {
  /** Counts from 1 over the life of the log. */
  number: number;
  /** When it came in, by the company's clock, ISO. */
  at: string;
  /** Such as `POST /Leads`; the method and path of an unknown one. */
  call: string;
  /** With its query, as it was sent. */
  path: string;
  body: Value;
  /** The HTTP status sent; null when no answer was sent at all. */
  status: number | null;
  /** Whether the call changed anything, answered or not. */
  applied: boolean;
  /** Why it was refused; null when it was not. */
  error: string | null;
  /** The fault it met; null for none. */
  fault: string | null;
  /** From the first byte to the answer, milliseconds. */
  ms: number;
}

/** How often a call was made, how often that changed something, how often the caller got no good answer. */
export interface CallCount {
  calls: number;
  applied: number;
  failed: number;
}

/** The last calls and the counts of all of them. Bounded, so that a benchmark does not fill the memory. */
export class CallLog {
  readonly #size: number;
  #calls: ReceivedCall[] = [];
  #counts = new Map<string, CallCount>();
  #total = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add(call: Omit<ReceivedCall, 'number'>): void {
    this.#total += 1;
    this.#calls.push({ number: this.#total, ...call });
    // Cut in halves rather than one by one: shifting a long array on every call is what a hot path feels.
    if (this.#calls.length >= this.#size * 2) this.#calls = this.#calls.slice(-this.#size);
    const count = this.#counts.get(call.call) ?? { calls: 0, applied: 0, failed: 0 };
    count.calls += 1;
    if (call.applied) count.applied += 1;
    if (call.status === null || call.status >= 300 || (call.fault && !call.fault.startsWith('delay')))
      count.failed += 1;
    this.#counts.set(call.call, count);
  }

  /** The last calls, oldest first; of one kind when named, in any case. */
  last(call?: string): ReceivedCall[] {
    const kept = this.#calls.slice(-this.#size);
    return call ? kept.filter((one) => one.call.toLowerCase() === call.toLowerCase()) : kept;
  }

  counts(): Record<string, CallCount> {
    return Object.fromEntries([...this.#counts].map(([call, count]) => [call, { ...count }]));
  }

  clear(): void {
    this.#calls = [];
    this.#counts = new Map();
    this.#total = 0;
  }
}
