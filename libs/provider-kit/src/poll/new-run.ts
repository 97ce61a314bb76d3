import type { SyncRun } from '@occ-hub/contracts';

/** A run that waits to be taken; nothing is counted yet. */
export function newRun(facts: {
  readonly id: string;
  readonly connection: string;
  readonly source: string;
  readonly reason: SyncRun['reason'];
  /** Epoch milliseconds. */
  readonly now: number;
}): SyncRun {
  const { now, ...named } = facts;
  return {
    ...named,
    state: 'waiting',
    started_at: new Date(now).toISOString(),
    fetched: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    vendor_calls: 0,
    skipped: {},
    skipped_reps: [],
    set_aside: [],
    warnings: [],
  };
}
