import type { WriteOutcome } from '@occ-hub/contracts';
import { type RetryPolicy, isHubError, verdictFor } from '@occ-hub/errors';
import type { Upserted, VendorIds } from '../sink.ts';
import type { Attempt, Delivery } from './delivery.ts';
import type { Mark } from './marks.ts';
import { keptMs } from './delivery.store.ts';
import type { PutQuestion } from './question.ts';
import { type Results, UncertainStep } from './steps.ts';
import { withoutSealed } from './without-sealed.ts';

/** How an attempt ended. */
export type Ending =
  | { readonly what: 'delivered'; readonly vendorIds: VendorIds }
  | { readonly what: 'skipped' | 'superseded'; readonly reason: string }
  | { readonly what: 'asked'; readonly question: PutQuestion }
  | { readonly what: 'failed'; readonly error: unknown };

export interface Conclusion {
  /** What is written of the delivery. */
  readonly change: Required<Omit<Mark, 'id' | 'owner'>>;
  /** What to tell the other services; undefined while it is not settled. */
  readonly told: WriteOutcome | undefined;
  readonly outcome: string;
  readonly hold: boolean;
}

export interface ConcludeFacts {
  readonly delivery: Delivery;
  readonly ending: Ending;
  readonly attempt: Omit<Attempt, 'outcome' | 'code' | 'message'>;
  readonly policy: RetryPolicy;
  readonly random: number;
  readonly now: number;
  /** Finished steps that are written with the end. */
  readonly unkept: Results;
  /** Whether the first unfinished step may have been applied. */
  readonly inDoubt: boolean;
  /** The names of all finished steps that may be repeated. */
  readonly repeatable?: readonly string[];
  /** Whether this attempt was cut in a step that may not be repeated. */
  readonly cut?: boolean;
  /** Where a failed attempt stopped. */
  readonly failedStep?: string | undefined;
  /** What the write said that it made. */
  readonly upserted?: Upserted | undefined;
  /** A write that was cut rests for at least so long, or the vendor is asked for what it has not done yet. */
  readonly restMs: number;
}

/** What becomes of a delivery after an attempt. Pure. */
export function conclude(facts: ConcludeFacts): Conclusion {
  const { delivery, ending, now } = facts;
  const end = (state: Exclude<WriteOutcome, 'rejected'>, fields: object = {}) =>
    conclusion(facts, { state, told: state, set: { ...cleared, ...fields, expiresAt: new Date(now + keptMs) } });
  switch (ending.what) {
    case 'delivered':
      return end('delivered', { vendorIds: { ...delivery.vendorIds, ...ending.vendorIds } });
    case 'skipped':
    case 'superseded':
      return end(ending.what, { message: ending.reason });
    case 'asked':
      return concludeAsked(facts, ending.question);
    case 'failed':
      return concludeFailure(facts, ending.error);
  }
}

const cleared = { kind: null, code: null, message: null, failedStep: null };

/** Not a failure, and not counted: it goes on in its lane when somebody chose. */
function concludeAsked(facts: ConcludeFacts, { expiresInMs, ...question }: PutQuestion): Conclusion {
  const choice = { ...question, expiresAt: facts.now + expiresInMs };
  const attempts = facts.delivery.attempts - 1;
  return conclusion(facts, { state: 'awaiting-choice', told: undefined, set: { ...cleared, choice, attempts } });
}

function concludeFailure(facts: ConcludeFacts, error: unknown): Conclusion {
  const { delivery, policy, random, now, restMs, failedStep = null } = facts;
  const message =
    isHubError(error) || error instanceof UncertainStep
      ? error.message
      : 'The hub itself failed. Its log has the details.';
  if (error instanceof UncertainStep) {
    const set = { kind: 'uncertain', code: 'ledger.uncertain', message, failedStep };
    return conclusion(facts, { state: 'uncertain', told: 'parked', set });
  }
  const verdict = verdictFor({ error, attempt: delivery.attempts, policy, random });
  const code = isHubError(error) ? error.code : 'hub.bug';
  const kind = isHubError(error) ? error.kind : 'bug';
  switch (verdict.action) {
    case 'ack':
      return conclusion(facts, {
        state: 'superseded',
        told: 'superseded',
        set: { ...cleared, kind, code, message, expiresAt: new Date(now + keptMs) },
      });
    case 'retry':
      return conclusion(facts, {
        state: 'waiting',
        told: undefined,
        set: {
          kind,
          code,
          message,
          failedStep,
          nextAttemptAt: now + Math.max(verdict.afterMs, restMs),
          exactly: policy.exact === true,
          ...countOf(delivery, error),
        },
      });
    case 'hold':
      // Not this delivery's fault: the attempt does not count, and it goes out first when the connection works again.
      return conclusion(facts, {
        state: 'waiting',
        told: undefined,
        set: { kind, code, message, failedStep, nextAttemptAt: now, attempts: delivery.attempts - 1 },
        hold: true,
      });
    case 'park':
      return conclusion(facts, {
        state: 'parked',
        told: verdict.kind === 'rejected' ? 'rejected' : 'parked',
        set: { kind, code, message: kind === 'transient' ? givenUp(message, delivery.attempts) : message, failedStep },
      });
  }
}

/** What was said while there were attempts left promises another one. */
function givenUp(message: string, attempts: number): string {
  const promise = /[;.]\s+the hub (tries again|asks again|goes on|waits and goes on) by itself(?=\.)/gi;
  const times = attempts === 1 ? 'once' : `${attempts} times`;
  return `${message.replace(promise, '')} The hub tried ${times} and stopped: replay it when that is over.`;
}

/** A limit of the vendor's may last longer than all attempts together: it must not use them up. */
function countOf({ attempts }: Delivery, error: unknown): { attempts?: number } {
  return isHubError(error) && error.untried ? { attempts: attempts - 1 } : {};
}

interface Facts {
  readonly state: Delivery['state'];
  readonly told: WriteOutcome | undefined;
  readonly set: NonNullable<Mark['set']>;
  readonly hold?: boolean;
}

function conclusion(
  { delivery, attempt, now, unkept, repeatable = [], inDoubt, cut = false, upserted }: ConcludeFacts,
  { state, told, set, hold = false }: Facts,
): Conclusion {
  const { code, message } = set;
  const outcome = hold ? 'held' : state === 'waiting' ? 'retried' : state;
  const entry = { ...attempt, outcome, ...(code ? { code } : {}), ...(message ? { message } : {}) };
  const settled = { ...(told && { untold: told }), ...(upserted && { upserts: { ...upserted, at: now } }) };
  const unsealed =
    state === 'delivered' || state === 'skipped' || state === 'superseded' ? withoutSealed(delivery) : undefined;
  const steps = {
    ...(Object.keys(unkept).length > 0 && { madeAt: now, repeatable }),
    ...(cut && { doubted: true }),
  };
  return {
    change: {
      set: {
        ...set,
        inDoubt,
        asking: null,
        state,
        owner: null,
        updatedAt: now,
        ...steps,
        ...settled,
        ...(unsealed && { event: unsealed }),
      },
      steps: unkept,
      attempt: entry,
    },
    told,
    outcome,
    hold,
  };
}
