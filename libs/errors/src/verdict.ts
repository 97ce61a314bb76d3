import { type HubError, type Kind, isHubError } from './hub-error.ts';

/** How often a failing piece of work is tried before it is parked, and how long between. Milliseconds. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** Waits the delays in full: for intervals that a person set and expects. Otherwise retries are spread over their upper half. */
  readonly exact?: boolean;
}

/**
 * For writes to a vendor. Delays double from 2 s to 30 min: about 2 s, 4 s, 8 s … 17 min, then 30 min each, so 20
 * attempts span some 5 hours: an outage of an evening heals by itself, a longer one is a person's business.
 */
export const writePolicy: RetryPolicy = { attempts: 20, firstDelayMs: 2_000, longestDelayMs: 1_800_000 };

/** For bugs: anything thrown that is not a HubError. Three tries, then a person looks. */
export const bugAttempts = 3;

export type Verdict =
  | { readonly action: 'ack' }
  | { readonly action: 'retry'; readonly afterMs: number }
  | { readonly action: 'hold' }
  | { readonly action: 'park'; readonly kind: Kind | 'bug'; readonly code: string };

export interface VerdictInput {
  readonly error: unknown;
  /** The attempt that failed, counted from 1. */
  readonly attempt: number;
  readonly policy: RetryPolicy;
  /** A number in [0, 1): spreads retries so that a recovering vendor is not met by all at once. */
  readonly random: number;
}

/** The one decision about a failure: pure, so that bus, ledger and tests agree. */
export function verdictFor({ error, attempt, policy, random }: VerdictInput): Verdict {
  if (!isHubError(error)) {
    return attempt < bugAttempts
      ? { action: 'retry', afterMs: backoffMs(attempt, policy, random) }
      : { action: 'park', kind: 'bug', code: 'hub.bug' };
  }
  switch (error.kind) {
    case 'stale':
      return { action: 'ack' };
    case 'credential':
      return { action: 'hold' };
    case 'transient':
      return error.untried || attempt < policy.attempts
        ? { action: 'retry', afterMs: waitFor(error, attempt, { policy, random }) }
        : park(error);
    case 'rejected':
    case 'unreadable':
    case 'config':
      return park(error);
  }
}

/** Exponential with a cap and, unless the policy is exact, jitter over the upper half: attempt 1 waits firstDelayMs/2 to firstDelayMs. */
export function backoffMs(attempt: number, policy: RetryPolicy, random: number): number {
  const ceiling = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** Math.min(attempt - 1, 40));
  return policy.exact ? ceiling : Math.round(ceiling / 2 + (ceiling / 2) * random);
}

function waitFor(error: HubError, attempt: number, spread: { policy: RetryPolicy; random: number }): number {
  return error.retryAfterMs ?? backoffMs(attempt, spread.policy, spread.random);
}

function park(error: HubError): Verdict {
  return { action: 'park', kind: error.kind, code: error.code };
}
