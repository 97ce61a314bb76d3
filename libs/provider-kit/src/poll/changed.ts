import { setImmediate } from 'node:timers/promises';
import { type Translated, type TranslateFacts, type VendorRecord, translate } from './translate.ts';

/** The records of a run, and which of them differ from what was last published. */
export interface Found {
  readonly all: readonly Translated[];
  readonly changed: ReadonlySet<string>;
}

/** Between two looks at the event loop. */
const chunk = 500;

/**
 * Decides what changed: a record whose translation, or the slice it lies in, differs from its digest, or that has none.
 * The others are counted as unchanged. A record that is not there is no news.
 */
export async function findChanged(records: readonly VendorRecord[], facts: TranslateFacts): Promise<Found> {
  const all: Translated[] = [];
  const changed = new Set<string>();
  for (const each of translate(records, facts)) {
    all.push(each);
    const known = facts.digests.get(each.id);
    if (known?.hash === each.hash && known.slice === each.slice) facts.tally.unchanged();
    else changed.add(each.id);
    if (all.length % chunk === 0) await setImmediate();
  }
  return { all, changed };
}
