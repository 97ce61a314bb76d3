import type { FieldPath } from '../catalogue/catalogue.ts';
import type { Body } from './transfer-types.ts';

/** A value and where it belongs. */
export interface Filled {
  readonly path: FieldPath;
  readonly value: unknown;
}

/** What a row of a list cannot do without; a row that has none of them is left out. */
const keysOfRows: Readonly<Record<string, readonly string[]>> = {
  LineItems: ['ServiceCode', 'ServiceId'],
  Technicians: ['Code'],
  UserDefinedFields: ['Value'],
};

/** What makes a row of the list one, for people. */
export function keyOfRow(parent: string | undefined): string {
  return keysOfRows[parent ?? '']?.[0] ?? 'value';
}

/** The body that the values make: parts and rows in their places, rows in their order and without gaps. */
export function nest(filled: readonly Filled[]): { body: Body; dropped: readonly Filled[] } {
  const body: Record<string, unknown> = {};
  for (const { path, value } of filled) if (path.parent === undefined) body[path.leaf] = value;
  const dropped: Filled[] = [];
  for (const [parent, parts] of groupBy(filled, ({ path }) => path.parent)) {
    if (parent === undefined) continue;
    if (parts[0]?.path.at === undefined) body[parent] = objectOf(parts);
    else {
      const rows = rowsOf(parent, parts);
      if (rows.kept.length > 0) body[parent] = rows.kept;
      dropped.push(...rows.dropped);
    }
  }
  return { body, dropped };
}

function rowsOf(parent: string, parts: readonly Filled[]): { kept: readonly Body[]; dropped: readonly Filled[] } {
  const keys = keysOfRows[parent] ?? [];
  const grouped = [...groupBy(parts, ({ path }) => path.at)].toSorted(([one], [other]) =>
    typeof one === 'number' && typeof other === 'number' ? one - other : 0,
  );
  const keyed = grouped.map(([at, row]) => ({ at, row, known: row.some(({ path }) => keys.includes(path.leaf)) }));
  return {
    kept: keyed.filter(({ known }) => known).map(({ at, row }) => ({ ...placeOf(parent, at), ...objectOf(row) })),
    dropped: keyed.filter(({ known }) => !known).flatMap(({ row }) => row),
  };
}

function placeOf(parent: string, at: string | number | undefined): Body {
  if (parent === 'Technicians') return { Position: at };
  return parent === 'UserDefinedFields' ? { Caption: at } : {};
}

function objectOf(parts: readonly Filled[]): Body {
  return Object.fromEntries(parts.map(({ path, value }) => [path.leaf, value]));
}

function groupBy<Item, Key>(items: readonly Item[], key: (item: Item) => Key): Map<Key, Item[]> {
  return Map.groupBy(items, key);
}
