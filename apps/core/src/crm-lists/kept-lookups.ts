import { Instant, LookupEntry } from '@occ-hub/contracts';
import { z } from 'zod';

/** An entry of a CRM's list as core keeps it: one that the CRM has taken off its list stays a while, and says so. */
export const KeptEntry = LookupEntry.extend({
  gone: z.literal(true).optional().describe("Not in the CRM's list any more: it can be read, but not be chosen"),
  gone_at: Instant.optional().describe('When it was missed first'),
});
export type KeptEntry = z.infer<typeof KeptEntry>;

export const KeptLookups = z.record(z.string(), z.array(KeptEntry));
export type KeptLookups = z.infer<typeof KeptLookups>;

/** Lists as they are stored. Entries of a shape that was stored once are left out: the next reading brings them anew. */
export function keptLookups(stored: Readonly<Record<string, readonly unknown[]>>): KeptLookups {
  const lists = Object.entries(stored).map(([name, entries]) => [name, entries.filter(isKeptEntry)] as const);
  return Object.fromEntries(lists.filter(([name, entries]) => entries.length > 0 || stored[name]?.length === 0));
}

function isKeptEntry(entry: unknown): entry is KeptEntry {
  return KeptEntry.safeParse(entry).success;
}
