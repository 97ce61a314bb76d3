import type { Code, Codes } from '../../catalogue/codes.ts';
import type { Lookup } from '../../catalogue/field.ts';

/**
 * A code of the company's list, as the list spells it: by the code, else by a title that only one entry has. Undefined
 * where no entry that is in use and fits the field is meant. A list that is not at hand takes the text as it is.
 */
export function readCode(text: string, lookup: Lookup, codes: Codes | undefined): string | undefined {
  const list = codes?.[lookup.list];
  if (!list) return text;
  const fitting = list.filter((entry) => entry.active && lookup.allows(entry));
  return (
    fitting.find(({ code }) => code === text)?.code ??
    only(fitting.filter(({ code }) => same(code, text))) ??
    only(fitting.filter(({ title }) => same(title, text)))
  );
}

function only(found: readonly Code[]): string | undefined {
  return found.length === 1 ? found[0]?.code : undefined;
}

function same(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
