import type { CallKind } from '../faults/faults.ts';
import type { CredentialsIn } from './credentials.ts';

/** One call as it was received, with what was answered. E-mail and token of the API user are not kept. */
export interface ReceivedCall {
  /** Counts from 1 over the life of the log. */
  number: number;
  /** ISO. */
  at: string;
  /** Null for an address that does not exist. */
  call: CallKind | null;
  method: string;
  path: string;
  /** The account that the credentials opened; null for none. */
  accountId: number | null;
  credentialsIn: CredentialsIn;
  /** Query and body in one. */
  params: Record<string, unknown>;
  /** Null when no answer was sent at all. */
  status: number | null;
  /** The lead that the call made, answered or not; null for none. */
  leadId: number | null;
  /** Why SingleOps itself refused it, with whatever status; null when it did not. */
  error: string | null;
  /** The fault it met; null for none. */
  fault: string | null;
  ms: number;
}

/** How often an address was called, how many leads that made, and how often the caller got no good answer. */
export interface CallCount {
  calls: number;
  leads: number;
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
    const key = call.call ?? 'unknown';
    const count = this.#counts.get(key) ?? { calls: 0, leads: 0, failed: 0 };
    const good = call.status === 200 && call.error === null && !(call.fault && !call.fault.startsWith('delay'));
    this.#counts.set(key, {
      calls: count.calls + 1,
      leads: count.leads + (call.leadId === null ? 0 : 1),
      failed: count.failed + (good ? 0 : 1),
    });
  }

  /** The last calls, oldest first; of one kind when named. */
  last(kind?: CallKind): ReceivedCall[] {
    const kept = this.#calls.slice(-this.#size);
    return structuredClone(kind === undefined ? kept : kept.filter(({ call }) => call === kind));
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
