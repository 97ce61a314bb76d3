import { setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import type { Store } from '@occ-hub/store';
import { RateLimiterMemory, RateLimiterMongo, type RateLimiterRes } from 'rate-limiter-flexible';

/** Paces the calls of each connection, over all replicas, and lets those rest that the vendor asked to leave it alone. */
export interface Budget {
  /**
   * Resolves when a call may go out. Where the connection rests for longer than half a minute it fails as `transient`
   * and untried, saying when to come again; with the signal's reason when that aborts first.
   */
  take(connection: string, signal?: AbortSignal): Promise<void>;
  /** The vendor asked to be left alone for so long, from now. True when this is news worth telling the other replicas. */
  rest(connection: string, ms: number): boolean;
  /** Connections that rest now: no new work for them. */
  resting(): readonly string[];
}

export interface BudgetParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly pace: Pace;
}

/** So many calls of one connection in so many seconds; 0 calls is no limit. */
export interface Pace {
  readonly calls: number;
  readonly seconds: number;
}

/** A fifth of the calls, of one second at most, is fetched from the store at once, so that pacing costs no store call per vendor call. */
const shares = 5;
/** Whoever waits keeps others from the place it waits in. */
const longestWaitMs = 30_000;
/** Calls that were under way together are refused within a moment: that is one piece of news. */
const newsMs = 1_000;

export function createBudget({ store, clock, pace }: BudgetParts): Budget {
  const share = Math.max(1, Math.min(Math.floor(pace.calls / shares), Math.ceil(pace.calls / pace.seconds)));
  const limiter = pace.calls > 0 ? limiterOver(store, pace) : undefined;
  const inHand = new Map<string, number>();
  const queues = new Map<string, Promise<void>>();
  const restUntil = new Map<string, number>();

  async function fetchShare(connection: string): Promise<void> {
    for (;;) {
      try {
        await limiter!.consume(connection, share);
        return void inHand.set(connection, share);
      } catch (refused) {
        if (refused instanceof Error) throw refused;
        await sleep(Math.max(5, (refused as RateLimiterRes).msBeforeNext));
      }
    }
  }

  async function takeOne(connection: string): Promise<void> {
    if ((inHand.get(connection) ?? 0) < 1) await fetchShare(connection);
    inHand.set(connection, (inHand.get(connection) ?? 1) - 1);
  }

  function paced(connection: string): Promise<void> {
    if (!limiter) return Promise.resolve();
    const turn = (queues.get(connection) ?? Promise.resolve()).catch(() => undefined).then(() => takeOne(connection));
    queues.set(connection, turn);
    return turn;
  }

  const restOf = (connection: string) => Math.max(0, (restUntil.get(connection) ?? 0) - clock());

  async function rested(connection: string, signal: AbortSignal | undefined): Promise<void> {
    for (let left = restOf(connection); left > 0; left = restOf(connection)) {
      if (left > longestWaitMs) throw resting(left);
      await sleep(left, undefined, signal ? { signal } : {}).catch(() => undefined);
      signal?.throwIfAborted();
    }
  }

  return {
    async take(connection, signal) {
      do {
        await rested(connection, signal);
        await paced(connection);
        // The vendor may have asked for rest meanwhile.
      } while (restOf(connection) > 0);
    },
    rest(connection, ms) {
      // Calls that were under way together are answered with different waits: the longest one counts.
      const known = restOf(connection);
      if (ms > known) restUntil.set(connection, clock() + ms);
      return ms > known + newsMs;
    },
    resting() {
      const now = clock();
      for (const [connection, until] of restUntil) if (until <= now) restUntil.delete(connection);
      return [...restUntil.keys()];
    },
  };
}

function resting(retryAfterMs: number): HubError {
  const message = `The vendor asked for fewer calls. The hub leaves it alone for ${Math.ceil(retryAfterMs / 60_000)} more minutes and goes on by itself.`;
  return new HubError({ kind: 'transient', code: 'budget.resting', message, retryAfterMs, untried: true });
}

function limiterOver(store: Store, { calls: points, seconds: duration }: Pace): RateLimiterMongo {
  return new RateLimiterMongo({
    storeClient: store.getClient(),
    dbName: store.name,
    tableName: 'budgets',
    ...{ points, duration },
    // While the store is away each replica paces itself.
    insuranceLimiter: new RateLimiterMemory({ points, duration }),
  });
}
