/** Ids that fit into one list: 200 of 18 characters are 4.6 kB of an address, and Salesforce takes 16. */
export const idsAtOnce = 200;

/** Text as a SOQL literal. The backslash is escaped first: jsforce's own builder forgets it, and a value breaks out. */
export function quoted(text: string): string {
  const escaped = text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  return `'${escaped}'`;
}

/** Values as a list for IN. An empty list has no meaning that is safe: `IN ()` is an error and no filter is everything. */
export function listOf(values: readonly string[]): string {
  if (values.length === 0) throw new RangeError('a SOQL list must not be empty');
  return `(${values.map(quoted).join(', ')})`;
}

/** An instant as a dateTime literal: no quotes, no fractions. */
export function dateTime(instant: string): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Parts of a list, each short enough for one query. No part of an empty list. */
export function inParts<Item>(items: readonly Item[], size = idsAtOnce): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}
