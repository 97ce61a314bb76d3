import type { Warning } from '../source.ts';

/** So many may vanish at once in any company, however small. */
const mostAtOnce = 20;
/** Of what is known. */
const mostOfAll = 0.2;

/** What becomes of records that a run did not find any more. */
export interface NotFound {
  /** Those that are to be told as removed. */
  readonly gone: readonly string[];
  readonly warning: Warning | undefined;
}

/**
 * Judges what is nowhere to be found. A few were deleted for good. Many at once are more likely hidden: the hub's user
 * lost a permission, or is another one; then none is told as removed, and a person is warned.
 */
export function judgeNotFound(missing: ReadonlySet<string>, known: ReadonlySet<string>): NotFound {
  const gone = [...missing].filter((id) => known.has(id));
  if (gone.length <= mostAtOnce || gone.length <= known.size * mostOfAll) return { gone, warning: undefined };
  const reason = `${gone.length} of ${known.size} records that came from the CRM before are not to be found there any more, and none of them was deleted. The hub's user may see less than before: look at that user's permissions in the CRM. In One Click Contractor they stay as they are; the hub looks for them again every night.`;
  return { gone: [], warning: { record: 'not found', reason } };
}
