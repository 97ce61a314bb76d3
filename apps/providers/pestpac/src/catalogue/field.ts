import type { Category } from './category.ts';
import type { Code, LookupList } from './codes.ts';

/** What a field holds. `texts` and `integers` are lists, written with commas. */
export type FieldType =
  | 'text'
  | 'lines'
  | 'phone'
  | 'state'
  | 'zip'
  | 'email'
  | 'color'
  | 'enum'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'date'
  | 'texts'
  | 'integers';

/** Which entries of a list a field takes. */
export interface Lookup {
  readonly list: LookupList;
  readonly allows: (code: Code) => boolean;
}

/** One line of the vendor's tables. */
export interface CatalogueField {
  readonly category: Category;
  /** As PestPac spells it. `LineItems[n].ServiceCode` stands for rows 1 to `rows`, `UserDefinedFields[caption]` for any caption. */
  readonly name: string;
  readonly type: FieldType;
  /** Longest text, in characters. */
  readonly max?: number;
  readonly values?: readonly string[];
  readonly lookup?: Lookup;
  /** Whether PestPac, or this integration, refuses the record without it. */
  readonly required: boolean;
  /** How many rows `[n]` has. */
  readonly rows?: number;
  /** What is sent where nothing is mapped, for people. */
  readonly otherwise?: string;
  /** Why it cannot be mapped; absent where it can. */
  readonly closed?: string;
}

/** What is said of a field beyond its name and type. */
export type More = Partial<Omit<CatalogueField, 'category' | 'name' | 'type'>>;

/** A field of a category still to be named. */
export type Line = Omit<CatalogueField, 'category'>;

const line =
  (type: FieldType) =>
  (name: string, more: More = {}): Line => ({ name, type, required: false, ...more });

export const flag = line('boolean');
export const date = line('date');
export const integer = line('integer');
export const number = line('number');
export const phone = (name: string): Line => line('phone')(name, { max: 12 });
export const text = (name: string, max?: number, more: More = {}): Line =>
  line('text')(name, { ...sized(max), ...more });
export const lines = (name: string, max?: number, more: More = {}): Line =>
  line('lines')(name, { ...sized(max), ...more });
export const typed = (type: FieldType, name: string, more: More = {}): Line => line(type)(name, more);
export const choice = (name: string, values: readonly string[], more: More = {}): Line =>
  line('enum')(name, { values, ...more });

/** A code of one of the company's lists. */
export const code = (name: string, list: LookupList, more: More = {}): Line =>
  line('text')(name, { lookup: { list, allows: () => true }, ...more });

/** A list's code that only some entries fit. */
export const codeWhere = (name: string, lookup: Lookup, more: More = {}): Line =>
  line('text')(name, { lookup, ...more });

/** A field that the integration fills itself, or that cannot be filled from a text. */
export const closed = (name: string, type: FieldType, why: string): Line => line(type)(name, { closed: why });

/** The lines as one category's. */
export function of(category: Category, fields: readonly Line[]): readonly CatalogueField[] {
  return fields.map((field) => ({ category, ...field }));
}

function sized(max: number | undefined): More {
  return max === undefined ? {} : { max };
}
