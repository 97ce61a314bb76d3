import type { Clock } from '@occ-hub/service';
import type { CallsUsed } from './calls-used.ts';

/** What a vendor says of calls made so far, and how long ago it said it. */
export interface UsageNote extends Pick<CallsUsed, 'used' | 'limit'> {
  readonly ageMs: number;
}

export interface UsageParts {
  readonly keep: (connection: string, note: UsageNote) => Promise<void>;
  readonly clock: Clock;
  readonly onFailure: (connection: string, error: unknown) => void;
  /** A connection is written at most this often. */
  readonly everyMs?: number;
}

interface Heard {
  readonly used: number;
  readonly limit: number;
  readonly at: number;
}

const usualEveryMs = 30_000;

/**
 * Keeps the last word of each vendor, told with every answer, at a pace that the store does not feel. The last of many
 * is kept too, when its turn comes. A failure to keep is passed on and nothing more: the next answer says it again.
 */
export function createUsageNotes({ keep, clock, onFailure, everyMs = usualEveryMs }: UsageParts) {
  const heard = new Map<string, Heard>();
  const keptAt = new Map<string, number>();
  const planned = new Set<string>();

  function keepNow(connection: string): void {
    const { used, limit, at } = heard.get(connection)!;
    const now = clock();
    keptAt.set(connection, now);
    keep(connection, { used, limit, ageMs: now - at }).catch((error: unknown) => onFailure(connection, error));
  }

  /** Notes what the vendor said just now. */
  return (connection: string, { used, limit }: Pick<CallsUsed, 'used' | 'limit'>): void => {
    heard.set(connection, { used, limit, at: clock() });
    if (planned.has(connection)) return;
    const wait = (keptAt.get(connection) ?? -Infinity) + everyMs - clock();
    if (wait <= 0) return keepNow(connection);
    planned.add(connection);
    setTimeout(() => {
      planned.delete(connection);
      keepNow(connection);
    }, wait).unref();
  };
}
