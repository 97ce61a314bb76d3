import type { SyncRun } from '@occ-hub/contracts';

/** Counts a run while it goes on. */
export interface Tally {
  fetched(): void;
  skippedRep(rep: { readonly id: string; readonly name: string }): void;
  setAside(row: { readonly record: string; readonly reason: string }): void;
  warned(row: { readonly record: string; readonly reason: string }): void;
  unchanged(): void;
  /** What is asked of the vendor. */
  window(asked: { readonly from: string; readonly to: string }): void;
  removed(records: number): void;
  vendorCalls(calls: number): void;
  /** Records published so far. */
  changed(records: number): void;
  /** The run so far. */
  run(): SyncRun;
}

/** Enough to see what is wrong; ten thousand equal lines would help nobody. */
const mostListed = 200;

export const repNotLinked = 'rep-not-linked';

/** Starts counting for a run. */
export function startTally(start: SyncRun): Tally {
  const run = { ...start };
  const reps = new Map<string, { crm_user_id: string; name: string; count: number }>();
  const setAside: SyncRun['set_aside'] = [];
  const warnings: SyncRun['warnings'] = [];
  let setAsideCount = 0;
  let skipped = 0;
  return {
    fetched: () => void (run.fetched += 1),
    skippedRep({ id, name }) {
      skipped += 1;
      const seen = reps.get(id) ?? { crm_user_id: id, name, count: 0 };
      reps.set(id, { ...seen, count: seen.count + 1 });
    },
    setAside(row) {
      setAsideCount += 1;
      if (setAside.length < mostListed) setAside.push(row);
    },
    warned(row) {
      if (warnings.length < mostListed) warnings.push(row);
    },
    unchanged: () => void (run.unchanged += 1),
    window: (asked) => void (run.window = { from: asked.from, to: asked.to }),
    removed: (records) => void (run.removed += records),
    vendorCalls: (calls) => void (run.vendor_calls = calls),
    changed: (records) => void (run.changed = records),
    run: () => ({
      ...run,
      skipped: {
        ...(skipped > 0 ? { [repNotLinked]: skipped } : {}),
        ...(setAsideCount > 0 ? { unreadable: setAsideCount } : {}),
      },
      skipped_reps: [...reps.values()].sort((one, other) => other.count - one.count).slice(0, mostListed),
      set_aside: [...setAside],
      warnings: [...warnings],
    }),
  };
}
