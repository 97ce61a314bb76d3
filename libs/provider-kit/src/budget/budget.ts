import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@occ-hub/service';
import type { Store } from '@occ-hub/store';
import { RateLimiterMemory, RateLimiterMongo, type RateLimiterRes } from 'rate-limiter-flexible';

/** Paces the calls of each connection, over all replicas. */
export interface Budget {
  /** Resolves when a call may go out. */
  take(connection: string): Promise<void>;
  /** The vendor asked to be left alone: no new work for this connection until then. */
  rest(connection: string, ms: number): void;
  resting(): readonly string[];
}

export interface BudgetParts {
  readonly store: Store;
  readonly clock: Clock;
  /** Calls a second for one connection; 0 is no limit. */
  readonly callsPerSecond: number;
}

/** A fifth of a second's calls is fetched from the store at once, so that pacing costs no store call per vendor call. */
const shares = 5;

export function createBudget({ store, clock, callsPerSecond }: BudgetParts): Budget {
  const share = Math.max(1, Math.floor(callsPerSecond / shares));
  const limiter = callsPerSecond > 0 ? limiterOver(store, Math.max(callsPerSecond, share)) : undefined;
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

  return {
    take(connection) {
      if (!limiter) return Promise.resolve();
      const turn = (queues.get(connection) ?? Promise.resolve()).catch(() => undefined).then(() => takeOne(connection));
      queues.set(connection, turn);
      return turn;
    },
    // Calls that were under way together are answered with different waits: the longest one counts.
    rest: (connection, ms) => void restUntil.set(connection, Math.max(restUntil.get(connection) ?? 0, clock() + ms)),
    resting() {
      const now = clock();
      for (const [connection, until] of restUntil) if (until <= now) restUntil.delete(connection);
      return [...restUntil.keys()];
    },
  };
}

function limiterOver(store: Store, points: number): RateLimiterMongo {
  return new RateLimiterMongo({
    storeClient: store.getClient(),
    dbName: store.name,
    tableName: 'budgets',
    points,
    duration: 1,
    // While the store is away each replica paces itself.
    insuranceLimiter: new RateLimiterMemory({ points, duration: 1 }),
  });
}
