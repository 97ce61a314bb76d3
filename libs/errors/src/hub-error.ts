/**
 * What to do next about a failure. Code switches on the kind; people search for the code.
 *
 * | kind       | means                                                | next                                            |
 * |------------|------------------------------------------------------|-------------------------------------------------|
 * | config     | cannot start right                                   | exit at boot, park later                        |
 * | transient  | timeout, 429, 5xx, broker or store away, an answer we do not know | try again later                    |
 * | credential | one connection's credentials are refused             | hold that connection until its probe passes     |
 * | rejected   | the other side understood and refused this record    | park at once                                    |
 * | unreadable | a shape or a value we do not know                    | park at once                                    |
 * | stale      | older than what we hold, or a repeat                 | acknowledge                                     |
 */
export const kinds = ['config', 'transient', 'credential', 'rejected', 'unreadable', 'stale'] as const;
export type Kind = (typeof kinds)[number];

export interface HubErrorFacts {
  readonly kind: Kind;
  /** Dotted and stable: `lead-perfection.login.refused`. */
  readonly code: string;
  /** For people: what happened, whose side, what to do. Never a secret, never a person's data. */
  readonly message: string;
  readonly cause?: unknown;
  /** Milliseconds the other side asked us to wait. */
  readonly retryAfterMs?: number;
  /** The other side would not even look at it (a limit, a pause): not an attempt, however often it happens. */
  readonly untried?: boolean;
  /** True when a write may have taken effect although no good answer came (a timeout, a cut, a 500). */
  readonly mayHaveApplied?: boolean;
  /** Faults by field, as JSON pointers, for forms and problem documents. */
  readonly fields?: readonly FieldFault[];
}

export interface FieldFault {
  readonly pointer: string;
  readonly message: string;
}

/** The one error of the hub. Anything else that is thrown is a bug. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly kind: Kind;
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  readonly mayHaveApplied: boolean;
  readonly untried: boolean;
  readonly fields: readonly FieldFault[];

  constructor(facts: HubErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.kind = facts.kind;
    this.code = facts.code;
    this.retryAfterMs = facts.retryAfterMs;
    this.mayHaveApplied = facts.mayHaveApplied ?? false;
    this.untried = facts.untried ?? false;
    this.fields = facts.fields ?? [];
  }
}

/** True for a HubError, optionally of one kind. */
export function isHubError(error: unknown, kind?: Kind): error is HubError {
  return error instanceof HubError && (kind === undefined || error.kind === kind);
}
