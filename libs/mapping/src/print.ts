import type { AnyMapping, Mapping, Row } from './table.ts';
import type { z } from 'zod';

/** One printed line of a table. */
export interface PrintedRow {
  readonly field: string;
  readonly vendor: string;
  readonly conversion: string;
  readonly note: string;
}

/** A table and the tables nested in it, outermost first. */
export function tablesOf<From extends z.ZodType, To extends z.ZodType>(
  table: Mapping<From, To>,
): readonly AnyMapping[] {
  const walk = (each: AnyMapping): AnyMapping[] => [
    each,
    ...Object.values(each.rows).flatMap((row) => row.inner.flatMap(walk)),
  ];
  return walk(table as unknown as AnyMapping);
}

/** The lines of one table in the order they were written. */
export function printRows(table: AnyMapping): readonly PrintedRow[] {
  return Object.entries(table.rows).map(([field, row]) => ({
    field,
    vendor: vendorSide(row),
    conversion: row.conversion,
    note: row.note,
  }));
}

/** A table as Markdown, with its nested tables below it. The receiving side is on the left. */
export function printMapping<From extends z.ZodType, To extends z.ZodType>(table: Mapping<From, To>): string {
  return tablesOf(table).map(printOne).join('\n');
}

function printOne(table: AnyMapping): string {
  const lines = printRows(table).map(
    (row) => `| ${[row.field, row.vendor, row.conversion, row.note].map(cell).join(' | ')} |`,
  );
  return [`### ${table.title}`, '', '| filled | from | conversion | note |', '|---|---|---|---|', ...lines, ''].join(
    '\n',
  );
}

function vendorSide(row: Row<unknown>): string {
  return row.fields.length > 0 ? row.fields.join(' + ') : '—';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
