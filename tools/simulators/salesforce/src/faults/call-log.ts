import type { CallFacts, CallKind } from './call-kind.ts';

/** One call as it came in, with what was answered. Tokens, forms and the bytes of bodies are not kept. */
export interface LoggedCall extends CallFacts {
  /** Counts from 1 over the life of the log. */
  number: number;
  /** On the org's clock, ISO. */
  at: string;
  /** The HTTP status sent; null while there is no answer, or when there never was one. */
  status: number | null;
  /** Bytes of the request's body, when the caller said so. */
  bytesIn: number | null;
  bytesOut: number | null;
  /** The fault it met; null for none. */
  fault: string | null;
  /** The number of the composite call it was part of; null for a call of its own. */
  within: number | null;
  /** From the head of the request to the answer. */
  ms: number | null;
}

/** How often a kind was called, and how often without a good answer. */
export interface CallCount {
  calls: number;
  failed: number;
}

/** The last calls and the counts of all of them. Bounded, so that a benchmark does not fill the memory. */
export class CallLog {
  readonly #size: number;
  #calls: LoggedCall[] = [];
  #counts = new Map<CallKind, CallCount>();
  #total = 0;

  constructor(size: number) {
    this.#size = size;
  }

  get total(): number {
    return this.#total;
  }

  /** Begins an entry; the caller fills in the answer and then calls `settle`. */
  begin(facts: CallFacts & { at: string; bytesIn: number | null; within?: number | null }): LoggedCall {
    this.#total += 1;
    const call: LoggedCall = {
      number: this.#total,
      status: null,
      bytesOut: null,
      fault: null,
      ms: null,
      ...facts,
      within: facts.within ?? null,
    };
    this.#calls.push(call);
    // Cut in halves rather than one by one: shifting a long array on every call is what a hot path feels.
    if (this.#calls.length >= this.#size * 2) this.#calls = this.#calls.slice(-this.#size);
    return call;
  }

  /** Counts an entry whose answer is known now. */
  settle(call: LoggedCall): void {
    const count = this.#counts.get(call.kind) ?? { calls: 0, failed: 0 };
    count.calls += 1;
    if (call.status === null || call.status >= 400) count.failed += 1;
    this.#counts.set(call.kind, count);
  }

  /** The last calls, oldest first. */
  last(filter: { kind?: CallKind; object?: string } = {}): LoggedCall[] {
    return this.#calls
      .slice(-this.#size)
      .filter(
        (call) =>
          (filter.kind === undefined || call.kind === filter.kind) &&
          (filter.object === undefined || call.object?.toLowerCase() === filter.object.toLowerCase()),
      );
  }

  counts(): Partial<Record<CallKind, CallCount>> {
    return Object.fromEntries([...this.#counts].map(([kind, count]) => [kind, { ...count }]));
  }

  clear(): void {
    this.#calls = [];
    this.#counts = new Map();
    this.#total = 0;
  }
}
