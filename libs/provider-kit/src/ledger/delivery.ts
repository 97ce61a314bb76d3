import type {
  DeliveryChoice,
  DeliveryDetail,
  DeliveryState,
  DeliverySummary,
  EventAttributes,
  Exchange,
  WriteOutcome,
} from '@occ-hub/contracts';
import type { StandingChoice, Upserted, VendorIds } from '../sink.ts';

export interface Attempt {
  readonly attempt: number;
  readonly at: number;
  readonly ms: number;
  readonly outcome: string;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly exchanges: readonly Exchange[];
}

/** What a person chose. */
export interface Chosen {
  readonly name: string;
  readonly option: string;
  readonly by: string;
  readonly at: number;
  /** How many steps were finished then. */
  readonly finished?: number;
  /** It is to be asked anew: see `keptByReplay`. */
  readonly forgotten?: boolean;
}

/** One write to the vendor, as the ledger keeps it. Its id is the event's: an event that comes twice is one delivery. */
export interface Delivery {
  readonly _id: string;
  readonly org: string;
  readonly connection: string;
  readonly event: { readonly attributes: EventAttributes; readonly data: unknown };
  readonly eventType: string;
  /** Deliveries of one lane (a job) go out one at a time, in order. */
  readonly lane: string;
  /** Sorts as the deliveries came in. */
  readonly order: string;
  /** Writes with one key replace each other. */
  readonly replaces: string | null;
  /** Writes of one lane with the same mean the same doing: `Sink.alike`. */
  readonly alike?: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAttemptAt: number;
  /** It waits for as long as a person set: nothing makes that shorter. */
  readonly exactly?: boolean;
  /** Who has it in hand while it is `sending`. */
  readonly owner: string | null;
  /** Results of finished steps. */
  readonly steps: Readonly<Record<string, VendorIds>>;
  /** The names of those finished steps that may be repeated. */
  readonly repeatable?: readonly string[];
  /** When the last step finished. */
  readonly madeAt?: number;
  /** An attempt ended without anybody knowing how: the first unfinished step may have been applied. */
  readonly inDoubt: boolean;
  /** It was in doubt at some time: an attempt died, or was cut in a step that may not be repeated. */
  readonly doubted?: boolean;
  /** The question that an attempt, by its number, was putting when it last wrote anything: until the end of that attempt. */
  readonly asking?: { readonly name: string; readonly attempt: number } | null;
  readonly history: readonly Attempt[];
  readonly replays: readonly { readonly at: number; readonly by: string; readonly sendAgain: boolean }[];
  /** The question that it waits with. It names people, so it goes when it is answered, expired or aborted. */
  readonly choice?: StandingChoice;
  /** What people chose, in order. */
  readonly choices?: readonly Chosen[];
  /** What its write made at the CRM and nobody was told of yet, and when that was. */
  readonly upserts?: Upserted & { readonly at: number };
  /** Where the last failed attempt stopped. */
  readonly failedStep?: string | null;
  readonly kind: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly vendorIds: VendorIds;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The number of the last change by a mark: by it a later change is told from this one. */
  readonly mark?: string;
  /** Its event held a card number and was not kept: there is nothing to send, however often it is replayed. */
  readonly withheld?: boolean;
  /** Set while the settlement has not been published yet. */
  readonly untold?: WriteOutcome;
  /** Set while the event itself, which came in over HTTP, has not been published yet. */
  readonly unannounced?: boolean;
}

/** States in which a delivery still holds back the later ones of its lane. */
export const unsettledStates: readonly DeliveryState[] = ['waiting', 'sending', 'awaiting-choice'];

/** States that wait for a person. */
export const parkedStates: readonly DeliveryState[] = ['parked', 'uncertain'];

const iso = (ms: number): string => new Date(ms).toISOString();

export function summaryOf(delivery: Delivery): DeliverySummary {
  const { attributes } = delivery.event;
  return {
    id: delivery._id,
    org: delivery.org,
    provider: attributes.provider,
    connection: delivery.connection,
    event_type: delivery.eventType,
    subject: delivery.lane,
    state: delivery.state,
    attempts: delivery.attempts,
    created_at: iso(delivery.createdAt),
    updated_at: iso(delivery.updatedAt),
    ...(delivery.state === 'waiting' ? { next_attempt_at: iso(delivery.nextAttemptAt) } : {}),
    ...(delivery.kind === null ? {} : { kind: delivery.kind }),
    ...(delivery.code === null ? {} : { code: delivery.code }),
    ...(delivery.message === null ? {} : { message: delivery.message }),
    ...(delivery.failedStep == null ? {} : { failed_step: delivery.failedStep }),
  };
}

export function detailOf(delivery: Delivery): DeliveryDetail {
  const { choice, choices = [] } = delivery;
  return {
    ...summaryOf(delivery),
    ...(choice === undefined ? {} : { choice: choiceOf(choice) }),
    choices: choices.map(({ name, option, by, at }) => ({ name, option, by, at: iso(at) })),
    steps: Object.entries(delivery.steps).map(([name, result]) => ({ name, result: { ...result } })),
    in_doubt: delivery.inDoubt,
    history: delivery.history.map(({ at, exchanges, code, message, ...attempt }) => ({
      ...attempt,
      at: iso(at),
      exchanges: [...exchanges],
      ...(code === undefined ? {} : { code }),
      ...(message === undefined ? {} : { message }),
    })),
    replays: delivery.replays.map(({ at, by, sendAgain }) => ({ at: iso(at), by, send_again: sendAgain })),
    vendor_ids: { ...delivery.vendorIds },
  };
}

function choiceOf({ name, prompt, options, expiresAt }: StandingChoice): DeliveryChoice {
  return { name, prompt, options: [...options], expires_at: iso(expiresAt) };
}
