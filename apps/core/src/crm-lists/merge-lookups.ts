import type { LookupEntry, Lookups } from '@occ-hub/contracts';
import type { KeptEntry, KeptLookups } from './kept-lookups.ts';

/** Results of last season's appointments stay readable, and a list that the CRM shortens every day does not grow here. */
const keptForMs = 90 * 24 * 60 * 60 * 1000;

/**
 * The CRM's lists as they are now, with what went from them in the last ninety days behind, marked `gone`. What came back
 * is as new. Positions are those of what was read, and go on through what is gone. A list that was not read is left as it
 * is: that the hub may not see it for a while says nothing of what is on it.
 */
export function mergeLookups(held: KeptLookups, read: Lookups, now: Date): KeptLookups {
  const lists = Object.entries(read).map(([name, entries]) => [name, mergeList(held[name] ?? [], entries, now)]);
  return { ...held, ...(Object.fromEntries(lists) as KeptLookups) };
}

function mergeList(held: readonly KeptEntry[], read: readonly LookupEntry[], now: Date): KeptEntry[] {
  const there = read.toSorted((a, b) => a.position - b.position);
  const keys = new Set(there.map(keyOf));
  const behind = (there.at(-1)?.position ?? -1) + 1;
  const gone = held
    .filter((entry) => !keys.has(keyOf(entry)))
    .map((entry) => ({ ...entry, gone: true as const, gone_at: entry.gone_at ?? now.toISOString() }))
    .filter(({ gone_at }) => now.getTime() - Date.parse(gone_at) < keptForMs)
    .map((entry, index) => ({ ...entry, position: behind + index }));
  return [...there, ...gone];
}

/** A detail is there once for each result that it may stand with. */
function keyOf({ id, result_id }: LookupEntry): string {
  return JSON.stringify([id, result_id ?? null]);
}
