/** A member with the name that a CRM user's is compared with. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
}

export interface Suggestion extends Candidate {
  /** 0 to 1; 1 is the same name. */
  readonly likeness: number;
}

/** Under this two names are different people. "Jon Smith" and "John Smith" have 0.9. */
const least = 0.8;
/** A second candidate as near as this makes the suggestion a guess, and a wrong link writes to the wrong calendar. */
const margin = 0.05;

/** How alike two normal names are, 0 to 1. */
export type Likeness = (a: string, b: string) => number;

/** Finds the member who may be a CRM user, by the name that the CRM has. */
export type SuggestMember = (crmName: string) => Suggestion | undefined;

/**
 * Suggests among these members the one whose name is nearest to a CRM user's, or nobody when none is near or two are. CRMs
 * write "Last, First", in capitals or with accents; some give no e-mail address, so the name is all there is.
 */
export function suggestAmong(candidates: readonly Candidate[], likeness: Likeness = likenessOf): SuggestMember {
  const named = candidates.map((candidate) => ({ candidate, normal: normalName(candidate.name) }));
  return (crmName) => {
    const wanted = normalName(crmName);
    if (wanted === '') return undefined;
    const ranked = named
      .filter(({ normal }) => mostLikeness(wanted, normal) >= least - margin)
      .map(({ candidate, normal }) => ({ ...candidate, likeness: likeness(wanted, normal) }))
      .sort((a, b) => b.likeness - a.likeness);
    const [best, second] = ranked;
    if (best === undefined || best.likeness < least) return undefined;
    if (second !== undefined && best.likeness - second.likeness < margin) return undefined;
    return best;
  };
}

/** "García, José" and "jose garcia" are the same: first name first, lower case, letters only. */
export function normalName(name: string): string {
  const [last = '', ...first] = name.split(',');
  const ordered = first.length === 0 ? last : `${first.join(' ')} ${last}`;
  return ordered
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What names of these lengths can have at most: each letter more is an edit. Far cheaper than to compare them. */
function mostLikeness(a: string, b: string): number {
  return Math.min(a.length, b.length) / Math.max(a.length, b.length);
}

/** 1 minus the edits per letter. */
function likenessOf(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 0 : 1 - editDistance(a, b) / longest;
}

/** Levenshtein. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
