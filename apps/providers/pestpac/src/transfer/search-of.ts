import { type MappingRow, phoneFields } from '../mappings/mappings.ts';
import type { FilledRow, ReadRows } from './read-rows.ts';
import type { Search, TransferWarning } from './transfer-types.ts';

const off: Search = { on: false, phones: [], terms: [] };

/** What a location is looked for by, and what is to be said of it. `rows` is undefined where no location is made. */
export function searchIn(
  rows: ReadRows | undefined,
  switchedOn: boolean,
): { search: Search; warnings: readonly TransferWarning[] } {
  if (!rows || !switchedOn) return { search: off, warnings: [] };
  const search = searchOf(rows.filled);
  const message = 'No phone of the lead is filled, so no location is looked for and a new one is created.';
  const warnings = search.phones.length > 0 ? [] : [{ category: 'Location' as const, pestpac_field: 'Phone', message }];
  return { search, warnings };
}

function searchOf(filled: readonly FilledRow[]): Search {
  const taking = filled.filter(
    (each): each is FilledRow & { value: string } =>
      each.row.search !== 'off' && each.path.leaf === each.row.pestpac_field && typeof each.value === 'string',
  );
  const byPhone = taking.filter(({ row }) => phoneFields.includes(row.pestpac_field));
  const ordered = [...byPhone.filter(({ row }) => must(row)), ...byPhone.filter(({ row }) => !must(row))];
  const terms = taking
    .filter(({ row }) => !phoneFields.includes(row.pestpac_field))
    .map(({ row, value }) => ({
      field: row.pestpac_field,
      value,
      option: must(row) ? ('required' as const) : ('optional' as const),
    }));
  return { on: true, phones: [...new Set(ordered.map(({ value }) => value))], terms };
}

function must(row: MappingRow): boolean {
  return row.search === 'required';
}
