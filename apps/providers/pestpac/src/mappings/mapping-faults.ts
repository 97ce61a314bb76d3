import { fieldPath } from '../catalogue/catalogue.ts';
import type { CatalogueField } from '../catalogue/field.ts';
import { canBeShortened } from '../transfer/values/read-value.ts';
import { alwaysRequired, type MappingRow, narrowingFields, phoneFields } from './mappings.ts';
import { looksLikeSecret } from '../catalogue/secret-names.ts';

/** A rule that the rows break, wherever they stand. */
export interface MappingFault {
  /** The row, or undefined where one is missing. */
  readonly index?: number;
  /** The column, where it is one. */
  readonly column?: keyof MappingRow;
  readonly category: MappingRow['category'];
  readonly pestpac_field: string;
  readonly message: string;
}

/** What stands between the rows and a transfer: asked when they are saved, and again whenever something is transferred. */
export function mappingFaults(rows: readonly MappingRow[]): readonly MappingFault[] {
  const ofRows = rows.flatMap((row, index) =>
    rowFaults(row, rows.slice(0, index)).map(([column, message]) => ({
      index,
      column,
      category: row.category,
      pestpac_field: row.pestpac_field,
      message,
    })),
  );
  return [...ofRows, ...missing(rows), ...searchFaults(rows)];
}

/** Whether locations are looked for at all. */
export function searches(rows: readonly MappingRow[]): boolean {
  return rows.some((row) => row.category === 'Location' && row.search !== 'off');
}

/** Whether two rows fill the same field. */
export function fieldKey(row: Pick<MappingRow, 'category' | 'pestpac_field'>): string {
  return `${row.category}/${row.pestpac_field.trim().toLowerCase()}`;
}

type Said = readonly [keyof MappingRow, string];

function rowFaults(row: MappingRow, before: readonly MappingRow[]): readonly Said[] {
  const field = fieldPath(row.category, row.pestpac_field)?.field;
  if (!field) return [['pestpac_field', `${row.category} has no field ${row.pestpac_field}.`]];
  if (field.closed) return [['pestpac_field', `${row.pestpac_field} cannot be mapped. ${field.closed}`]];
  return [...sourceFaults(row), ...optionFaults(row, field), ...doubleFaults(row, before)];
}

function sourceFaults({ clickpoint_field: from, value }: MappingRow): readonly Said[] {
  if ((from === undefined) === (value === undefined))
    return [['clickpoint_field', 'Give either a ClickPoint field or a fixed value.']];
  if (from === undefined || !looksLikeSecret(from)) return [];
  const why = 'A field that looks like a card number, a security code or a bank account is never transferred.';
  return [['clickpoint_field', `${why} Add a card by its token or by a payment link.`]];
}

function optionFaults(row: MappingRow, field: CatalogueField): readonly Said[] {
  const faults: Said[] = [];
  if (row.too_long === 'shorten' && !canBeShortened(field))
    faults.push(['too_long', `${row.pestpac_field} cannot be shortened: cut, it would mean something else.`]);
  if (row.search === 'off') return faults;
  const searchable = row.category === 'Location' && [...phoneFields, ...narrowingFields].includes(row.pestpac_field);
  if (!searchable)
    faults.push([
      'search',
      `Locations are found by ${[...phoneFields, ...narrowingFields].join(', ')} of Location only.`,
    ]);
  if (row.value !== undefined) faults.push(['search', 'A value that is the same for every lead finds no location.']);
  return faults;
}

function doubleFaults(row: MappingRow, before: readonly MappingRow[]): readonly Said[] {
  const known = before.some((other) => fieldKey(other) === fieldKey(row));
  return known ? [['pestpac_field', `${row.pestpac_field} of ${row.category} is mapped twice.`]] : [];
}

function missing(rows: readonly MappingRow[]): readonly MappingFault[] {
  const mapped = new Set(rows.map(fieldKey));
  return alwaysRequired
    .map((name) => ({ category: 'Location' as const, pestpac_field: name }))
    .filter((field) => !mapped.has(fieldKey(field)))
    .map((field) => ({
      ...field,
      message: `Location ${field.pestpac_field} is not mapped. PestPac takes no location without it.`,
    }));
}

function searchFaults(rows: readonly MappingRow[]): readonly MappingFault[] {
  const ofLocation = rows.filter((row) => row.category === 'Location');
  const byPhone = ofLocation.some((row) => phoneFields.includes(row.pestpac_field) && row.search !== 'off');
  if (!searches(rows) || byPhone) return [];
  const message = `Map one of ${phoneFields.join(', ')} of Location and let it take part in the search, or switch the search of every field off.`;
  return [{ category: 'Location', pestpac_field: 'Phone', message }];
}
