import { catalogue } from '../catalogue/catalogue.ts';
import type { Category } from '../catalogue/category.ts';
import type { MappingRow } from '../mappings/mappings.ts';
import type { ReadRows } from './read-rows.ts';
import type { TransferFault } from './transfer-types.ts';

/** What PestPac needs of a category and no row's own check could see: a field without a row, a service without an item. */
export function unmapped(
  category: Category,
  rows: readonly MappingRow[],
  { filled, faults }: ReadRows,
): readonly TransferFault[] {
  const ofCategory = rows.filter((row) => row.category === category);
  return [
    ...withoutRow(category, ofCategory),
    ...withoutItem(category, ofCategory, [...filled.map(({ row }) => row), ...faults]),
  ];
}

function withoutRow(category: Category, rows: readonly MappingRow[]): readonly TransferFault[] {
  return catalogue
    .filter((field) => field.category === category && field.required && field.otherwise === undefined)
    .filter(({ name }) => !rows.some((row) => row.pestpac_field === name))
    .map(({ name }) => ({
      category,
      pestpac_field: name,
      clickpoint_field: null,
      message: `Map PestPac ${category} ${name} to a ClickPoint field or a fixed value: PestPac needs it.`,
    }));
}

function withoutItem(
  category: Category,
  rows: readonly MappingRow[],
  known: readonly Pick<MappingRow, 'pestpac_field'>[],
): readonly TransferFault[] {
  const sells = category === 'Service' || category === 'RecurringService';
  if (!sells || known.some(({ pestpac_field }) => namesService.test(pestpac_field))) return [];
  const row = rows.find(({ pestpac_field }) => namesService.test(pestpac_field));
  const from = row?.clickpoint_field;
  const what = `PestPac ${category} needs a line item`;
  return [
    {
      category,
      pestpac_field: row?.pestpac_field ?? 'LineItems[1].ServiceCode',
      clickpoint_field: from ?? null,
      message: from === undefined ? `Map LineItems[1].ServiceCode: ${what}.` : `Fill ${from}: ${what}.`,
    },
  ];
}

const namesService = /^LineItems\[\d\]\.(ServiceCode|ServiceId)$/;
