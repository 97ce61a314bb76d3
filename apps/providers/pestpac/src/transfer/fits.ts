import type { SearchTerm } from './transfer-types.ts';

/**
 * Whether a location that the phones found may be offered, and how well it fits: every required term agrees with it, and
 * the score counts the terms that do. A field that PestPac has empty agrees with nothing.
 */
export function fits(
  terms: readonly SearchTerm[],
  found: Readonly<Record<string, unknown>>,
): { offered: boolean; score: number } {
  const agreeing = terms.filter((term) => agrees(term, found));
  return {
    offered: terms.every((term) => term.option === 'optional' || agreeing.includes(term)),
    score: agreeing.length,
  };
}

/** Lists spell it `Email`, single records `EMail`. */
function agrees({ field, value }: SearchTerm, found: Readonly<Record<string, unknown>>): boolean {
  const there = found[field] ?? (field === 'EMail' ? found['Email'] : undefined);
  if (typeof there !== 'string' || plain(there) === '') return false;
  return field === 'Zip' ? fiveOf(there) === fiveOf(value) : plain(there) === plain(value);
}

function fiveOf(zip: string): string {
  return plain(zip).slice(0, 5);
}

function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s.,]+/g, ' ')
    .trim()
    .toLowerCase();
}
