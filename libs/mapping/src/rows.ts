import type { z } from 'zod';
import type { AnyMapping, Conversion, Mapping, MappingContext, Row } from './table.ts';
import { readRows } from './apply.ts';

/** The words that rows are written in, typed by the vendor's record. */
export interface RowWords<Vendor> {
  /** One vendor field through one conversion. */
  from<Field extends keyof Vendor & string, To>(
    field: Field,
    conversion: Conversion<Vendor[Field], To>,
    note?: string,
  ): Row<To>;
  /** Several vendor fields through one conversion that takes them in this order. */
  together<const Fields extends readonly (keyof Vendor & string)[], To>(
    fields: Fields,
    conversion: Conversion<{ readonly [Index in keyof Fields]: Vendor[Fields[Index]] }, To>,
    note?: string,
  ): Row<To>;
  /** Another table fills this field. */
  nested<To extends z.ZodType>(table: Mapping<z.ZodType<Vendor>, To>, note?: string): Row<z.input<To>>;
  /** A list: one table an entry; entries in which `present` is blank are left out. */
  each<To extends z.ZodType>(
    tables: readonly Mapping<z.ZodType<Vendor>, To>[],
    present: keyof z.input<To> & string,
    note?: string,
  ): Row<z.input<To>[]>;
  /** A list in the record: one table fills an entry for each of its entries. */
  list<Field extends keyof Vendor & string, To extends z.ZodType>(
    field: Field,
    table: Vendor[Field] extends readonly (infer Entry)[] ? Mapping<z.ZodType<Entry>, To> : never,
    note?: string,
  ): Row<z.input<To>[]>;
  /** A fact of the connection instead of a vendor's field. */
  setting(name: 'timeZone', note?: string): Row<string>;
  /** Always the same value. */
  fixed<const To>(value: To, note?: string): Row<To>;
  /** Not filled, and why. Fits optional fields only. */
  absent(why: string): Row<undefined>;
}

/** The words for a vendor record of this shape. */
export function rowsOver<Vendor>(_shape: z.ZodType<Vendor>): RowWords<Vendor> {
  return { from, together, nested, each, list, setting, fixed, absent } as RowWords<Vendor>;
}

function from<To>(field: string, conversion: Conversion<unknown, To>, note = ''): Row<To> {
  return {
    ...plain([field], conversion.name, note),
    read: (record, context) => conversion.convert(record[field], context),
  };
}

function together<To>(fields: readonly string[], conversion: Conversion<readonly unknown[], To>, note = ''): Row<To> {
  const read = (record: Readonly<Record<string, unknown>>, context: MappingContext) =>
    conversion.convert(
      fields.map((field) => record[field]),
      context,
    );
  return { ...plain(fields, conversion.name, note), read };
}

function nested(table: AnyMapping, note = ''): Row<unknown> {
  return {
    ...plain([], `table ${table.title}`, note),
    inner: [table],
    read: (record, context) => readRows(table, record, context),
  };
}

function each(tables: readonly AnyMapping[], present: string, note = ''): Row<unknown[]> {
  const read = (record: Readonly<Record<string, unknown>>, context: MappingContext) =>
    tables
      .map((table) => readRows(table, record, context))
      .filter((entry) => entry[present] !== '' && entry[present] !== undefined);
  return { ...plain([], `one of each, where ${present} is there`, note), inner: tables, read };
}

function list(field: string, table: AnyMapping, note = ''): Row<unknown[]> {
  const read = (record: Readonly<Record<string, unknown>>, context: MappingContext) =>
    (record[field] as readonly Readonly<Record<string, unknown>>[]).map((entry) => readRows(table, entry, context));
  return { ...plain([field], `each by table ${table.title}`, note), inner: [table], read };
}

function setting(name: 'timeZone', note = ''): Row<string> {
  return { ...plain([], `${name} of the connection`, note), read: (_record, context) => context[name] };
}

function fixed<To>(value: To, note = ''): Row<To> {
  return { ...plain([], `always ${JSON.stringify(value)}`, note), read: () => value };
}

function absent(why: string): Row<undefined> {
  return { ...plain([], '—', why), read: () => undefined };
}

function plain(fields: readonly string[], conversion: string, note: string) {
  return { fields, conversion, note, inner: [] };
}
