import { fieldPath, type FieldPath } from '../catalogue/catalogue.ts';
import type { Category } from '../catalogue/category.ts';
import type { MappingRow } from '../mappings/mappings.ts';
import { plain } from '../triggers/triggers.ts';
import type { Filled } from './nest.ts';
import type { TransferAsk, TransferFault, TransferWarning } from './transfer-types.ts';
import { readValue } from './values/read-value.ts';

/** A row whose ClickPoint field, or fixed value, holds something that its PestPac field takes. */
export interface FilledRow extends Filled {
  readonly row: MappingRow;
}

/** What the rows of one category make of a record. */
export interface ReadRows {
  readonly filled: readonly FilledRow[];
  readonly faults: readonly TransferFault[];
  readonly warnings: readonly TransferWarning[];
}

/** A record's values by ClickPoint's names, however they are capitalised. */
export type ValueOf = (clickpointField: string) => string;

export function valuesBy(record: Readonly<Record<string, string>>): ValueOf {
  const texts = new Map(Object.entries(record).map(([name, text]) => [plain(name), text.trim()]));
  return (name) => texts.get(plain(name)) ?? '';
}

/** Reads the rows of a category: every fault is told, so that a user puts all of them right at once. */
export function readRows(category: Category, ask: TransferAsk, valueOf: ValueOf): ReadRows {
  const outcomes = ask.mappings.filter((row) => row.category === category).map((row) => readRow(row, ask, valueOf));
  const filled = outcomes.flatMap((outcome) => outcome.filled);
  const faults = outcomes.flatMap((outcome) => outcome.faults);
  const warnings = outcomes.flatMap((outcome) => outcome.warnings);
  const extended = extensions(
    filled,
    outcomes.flatMap(({ extension }) => extension ?? []),
  );
  return { filled: [...filled, ...extended.filled], faults, warnings: [...warnings, ...extended.warnings] };
}

/** Whether nothing is transferred while the row is empty: PestPac's own needs go before what a row says. */
function isRequired(row: MappingRow, { field }: FieldPath): boolean {
  return row.required || row.search === 'required' || (field.required && field.otherwise === undefined);
}

interface Extension {
  readonly row: MappingRow;
  readonly digits: string;
}

interface Outcome extends ReadRows {
  readonly extension?: Extension;
}

const nothing: Outcome = { filled: [], faults: [], warnings: [] };

function readRow(row: MappingRow, ask: TransferAsk, valueOf: ValueOf): Outcome {
  const path = fieldPath(row.category, row.pestpac_field);
  if (!path) return nothing;
  const text = row.value ?? valueOf(row.clickpoint_field ?? '');
  if (text === '') return isRequired(row, path) ? { ...nothing, faults: [emptyFault(row)] } : nothing;
  const read = readValue(path.field, text, { timeZone: ask.timeZone, codes: ask.codes, tooLong: row.too_long });
  if ('fault' in read) return { ...nothing, faults: [valueFault(row, read.fault)] };
  const { value, extension, warning } = read;
  return {
    filled: [{ row, path, value }],
    faults: [],
    warnings: warning === undefined ? [] : [told(row, `${titleOf(row)} ${warning}.`)],
    ...(extension === undefined ? {} : { extension: { row, digits: extension } }),
  };
}

/** The extension behind a number goes to the number's own field for it, where no row fills that. */
function extensions(filled: readonly FilledRow[], found: readonly Extension[]): Pick<ReadRows, 'filled' | 'warnings'> {
  const parts: { filled: FilledRow[]; warnings: TransferWarning[] } = { filled: [], warnings: [] };
  for (const { row, digits } of found) {
    const name = `${row.pestpac_field}Extension`;
    const path = fieldPath(row.category, name) as FieldPath;
    if (filled.some((other) => other.row.pestpac_field === name)) continue;
    if (digits.length <= (path.field.max ?? 0)) parts.filled.push({ row, path, value: digits });
    else
      parts.warnings.push(
        told(
          { ...row, pestpac_field: name },
          `The extension of ${titleOf(row)} is left out: PestPac takes ${path.field.max} digits.`,
        ),
      );
  }
  return parts;
}

function emptyFault(row: MappingRow): TransferFault {
  return fault(row, `Fill ${row.clickpoint_field}: ${titleOf(row)} needs it.`);
}

function valueFault(row: MappingRow, what: string): TransferFault {
  const where = row.clickpoint_field ?? `the fixed value of ${row.pestpac_field} in the mappings`;
  return fault(row, `Put ${where} right: ${titleOf(row)} ${what}.`);
}

function fault(row: MappingRow, message: string): TransferFault {
  const { category, pestpac_field, clickpoint_field } = row;
  return { category, pestpac_field, clickpoint_field: clickpoint_field ?? null, message };
}

function told({ category, pestpac_field }: MappingRow, message: string): TransferWarning {
  return { category, pestpac_field, message };
}

function titleOf({ category, pestpac_field: name }: MappingRow): string {
  return `PestPac ${category} ${name}`;
}
