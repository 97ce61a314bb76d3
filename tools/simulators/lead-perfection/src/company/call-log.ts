/** One call as it was received, with what was answered. Passwords, app keys and file bytes are not kept. */
export interface ReceivedCall {
  /** Counts from 1 over the life of the log. */
  number: number;
  /** When it came in, machine's clock, ISO. */
  at: string;
  /** The action's name, `token`, or the path of an unknown one. */
  action: string;
  user: string | null;
  params: Record<string, unknown>;
  /** The HTTP status sent; null when no answer was sent at all. */
  status: number | null;
  /** Whether the call changed anything at the company, answered or not. */
  applied: boolean;
  /** Why the company itself refused it, with whatever status; null when it did not. */
  error: string | null;
  /** The fault it met; null for none. */
  fault: string | null;
  /** From the first byte of the body to the answer, milliseconds. */
  ms: number;
}

/** How often an action was called, how often that changed something, and how often the caller got no good answer. */
export interface ActionCount {
  calls: number;
  applied: number;
  failed: number;
}

/** The last calls and the counts of all of them. Bounded, so that a benchmark does not fill the memory. */
export class CallLog {
  readonly #size: number;
  #calls: ReceivedCall[] = [];
  #counts = new Map<string, ActionCount>();
  #total = 0;

  constructor(size: number) {
    this.#size = size;
  }

  get total(): number {
    return this.#total;
  }

  add(call: Omit<ReceivedCall, 'number'>): void {
    this.#total += 1;
    this.#calls.push({ number: this.#total, ...call });
    // Cut in halves rather than one by one: shifting a long array on every call is what a hot path feels.
    if (this.#calls.length >= this.#size * 2) this.#calls = this.#calls.slice(-this.#size);
    const count = this.#counts.get(call.action) ?? { calls: 0, applied: 0, failed: 0 };
    count.calls += 1;
    if (call.applied) count.applied += 1;
    if (call.status !== 200 || call.error || (call.fault && !call.fault.startsWith('delay'))) count.failed += 1;
    this.#counts.set(call.action, count);
  }

  /** The last calls, oldest first; of one action when named, in any case. */
  last(action?: string): ReceivedCall[] {
    const kept = this.#calls.slice(-this.#size);
    return action ? kept.filter((call) => call.action.toLowerCase() === action.toLowerCase()) : kept;
  }

  counts(): Record<string, ActionCount> {
    return Object.fromEntries([...this.#counts].map(([action, count]) => [action, { ...count }]));
  }

  clear(): void {
    this.#calls = [];
    this.#counts = new Map();
    this.#total = 0;
  }
}
