import { hashOf } from '@occ-hub/simulator-stage';
import { SOURCES } from '../data/words.ts';

/**
 * Source and sub-source behind an SRS id. Blank and zero, which LeadPerfection takes without a word, have none; any
 * other id gets one of the invented company's by its text, so "001" and "1" are two sources.
 */
export function sourceOf(srsId: string): { source: string | null; subSource: string | null } {
  if (/^0*$/.test(srsId)) return { source: null, subSource: null };
  const [source, subSource] = SOURCES[hashOf(srsId) % SOURCES.length] ?? [null, null];
  return { source, subSource };
}
