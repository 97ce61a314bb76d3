import { cardFields } from './card-fields.ts';
import type { Category } from './category.ts';
import type { CatalogueField } from './field.ts';
import { leadFields } from './lead-fields.ts';
import { locationFields } from './location-fields.ts';
import { recurringServiceFields } from './recurring-service-fields.ts';
import { serviceFields } from './service-fields.ts';
import { taskFields } from './task-fields.ts';

/** Every field of the vendor's records that a run creates. */
export const catalogue: readonly CatalogueField[] = [
  ...locationFields,
  ...leadFields,
  ...taskFields,
  ...serviceFields,
  ...recurringServiceFields,
  ...cardFields,
];

/** A row's PestPac field, e.g. `LineItems[2].UnitPrice`, taken apart. */
export interface FieldPath {
  readonly field: CatalogueField;
  /** Whose part it is: `LineItems` of `LineItems[2].UnitPrice`. */
  readonly parent?: string;
  /** `2`, or a user-defined field's caption. */
  readonly at?: number | string;
  readonly leaf: string;
}

const byName = new Map(catalogue.map((field) => [`${field.category}/${field.name}`, field]));
const ofRow = /^(\w+)\[([1-9])\]\.(\w+)$/;
const ofCaption = /^UserDefinedFields\[([^[\]\p{Cc}]{1,100})\]$/u;

/** The catalogue's field that a row names, or undefined where there is none. */
export function fieldPath(category: Category, name: string): FieldPath | undefined {
  const row = ofRow.exec(name);
  if (row) return rowPath(category, row);
  const caption = ofCaption.exec(name)?.[1]?.trim();
  if (caption)
    return path(category, 'UserDefinedFields[caption]', { parent: 'UserDefinedFields', at: caption, leaf: 'Value' });
  if (/[[\]]/.test(name)) return undefined;
  const [parent, leaf] = name.split('.');
  return leaf === undefined
    ? path(category, name, { leaf: name })
    : path(category, name, { parent: parent as string, leaf });
}

function rowPath(
  category: Category,
  [, parent = '', position = '', leaf = '']: RegExpExecArray,
): FieldPath | undefined {
  const at = Number(position);
  const found = path(category, `${parent}[n].${leaf}`, { parent, at, leaf });
  return found && at <= (found.field.rows ?? 0) ? found : undefined;
}

function path(category: Category, name: string, parts: Omit<FieldPath, 'field'>): FieldPath | undefined {
  const field = byName.get(`${category}/${name}`);
  return field && { field, ...parts };
}
