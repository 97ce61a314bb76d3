import type { Category } from '../catalogue/category.ts';
import { defaultsOf, marksOf } from './defaults.ts';
import { keyOfRow, nest } from './nest.ts';
import type { FilledRow } from './read-rows.ts';
import type { Body, TransferAsk, TransferWarning } from './transfer-types.ts';

/** A category's body, and what of it was left out. */
export interface Built {
  readonly body: Body;
  readonly warnings: readonly TransferWarning[];
}

/** The body of a category's values: what is mapped over what is sent otherwise, and the run's own marks. */
export function buildBody(category: Category, filled: readonly FilledRow[], ask: TransferAsk): Built {
  const { body: mapped, dropped } = nest(filled);
  const whole = withInitialOrder({ ...defaultsOf(category, ask), ...mapped });
  const marks = marksOf(category, whole, ask);
  const left = dropped.map(({ path }) => ({
    category,
    pestpac_field: `${path.parent}[${path.at}].${path.leaf}`,
    message: `It is left out: row ${path.at} of ${path.parent} has no ${keyOfRow(path.parent)}.`,
  }));
  return { body: { ...whole, ...marks }, warnings: [...left, ...cut(category, whole, marks)] };
}

/** A mark goes behind what is there; where there was no room, the end of that made it. */
function cut(category: Category, mapped: Body, marks: Body): readonly TransferWarning[] {
  return Object.entries(marks)
    .filter(([name, text]) => !String(text).startsWith(String(mapped[name] ?? '')))
    .map(([name]) => ({
      category,
      pestpac_field: name,
      message: 'Its end was cut: the mark that this run is found again by needs the room.',
    }));
}

/** A lead's name, where only its parts, or those of its location, are mapped. */
export function nameOf(lead: readonly FilledRow[], location: readonly FilledRow[]): string | undefined {
  for (const rows of [lead, location]) {
    const whole = [valueOf(rows, 'FirstName'), valueOf(rows, 'LastName')].filter(Boolean).join(' ');
    if (whole !== '') return whole;
    const company = valueOf(rows, 'Company');
    if (company) return company;
  }
  return undefined;
}

function valueOf(rows: readonly FilledRow[], name: string): string | undefined {
  const value = rows.find(({ path }) => path.leaf === name && path.parent === undefined)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** A first visit is made where one is described, unless the mappings say that none is. */
function withInitialOrder(body: Body): Body {
  if (body['InitialServiceOrder'] === undefined) return body;
  if (body['CreateInitialServiceOrder'] !== false) return { ...body, CreateInitialServiceOrder: true };
  const { InitialServiceOrder: _, ...rest } = body;
  return rest;
}
