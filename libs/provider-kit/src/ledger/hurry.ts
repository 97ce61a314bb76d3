import type { ConnectionState } from '@occ-hub/contracts';
import type { Clock } from '@occ-hub/service';

/** After trouble one success is no proof: the others may fail as before, and their waits are there for a reason. */
const againMs = 10 * 60_000;

/**
 * Makes the retries of a connection due at once when it works again, so that a long outage does not end in another half
 * hour of waiting. Always after a person's doing; after mere trouble at most once in ten minutes, or a vendor that takes
 * notes and fails on files would be called without pause until every file is parked.
 */
export function createHurry(parts: { clock: Clock; hurry: (connection: string) => void }) {
  const hurriedAt = new Map<string, number>();
  return (connection: string, before: ConnectionState): void => {
    const now = parts.clock();
    if (before === 'retrying' && now - (hurriedAt.get(connection) ?? -againMs) < againMs) return;
    hurriedAt.set(connection, now);
    parts.hurry(connection);
  };
}
