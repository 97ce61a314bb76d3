import type { Fields } from './value.ts';

/** Only these fields of a record, in this order: list models are slimmer than single ones. */
export function listRow(row: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, name === 'Email' ? (row['EMail'] ?? '') : (row[name] ?? null)]));
}
