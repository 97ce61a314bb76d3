import type { z } from 'zod';

/** Facts of the connection that a conversion may need. Never I/O. */
export interface MappingContext {
  /** IANA zone of the company's wall clock. */
  readonly timeZone: string;
  /** Notes something odd that did not stop the record; never quote a person's data. */
  readonly warn: (reason: string) => void;
}

/**
 * A named way to turn a vendor's value into the hub's. The name is what the printed table shows.
 * Throw `unreadable(...)` for a value that is not known; never guess.
 */
export interface Conversion<From, To> {
  readonly name: string;
  readonly convert: (value: From, context: MappingContext) => To;
}

/** One line of a table: where the value comes from, by which conversion, and a note for people. */
export interface Row<To> {
  readonly fields: readonly string[];
  readonly conversion: string;
  readonly note: string;
  readonly read: (record: Readonly<Record<string, unknown>>, context: MappingContext) => To;
  /** Tables printed below this one: nested shapes. */
  readonly inner: readonly AnyMapping[];
}

/** A row for every field of the receiving shape, optional ones too: the compiler insists. */
export type Rows<To> = { readonly [Field in keyof To]-?: Row<To[Field]> };

/** A one-way table. What gets filled is on the left. */
export interface Mapping<From extends z.ZodType, To extends z.ZodType> {
  readonly title: string;
  readonly from: From;
  readonly to: To;
  readonly rows: Rows<z.input<To>>;
}

export interface AnyMapping {
  readonly title: string;
  readonly from: z.ZodType;
  readonly to: z.ZodType;
  readonly rows: Readonly<Record<string, Row<unknown>>>;
}

/** Declares a table. */
export function mapping<From extends z.ZodType, To extends z.ZodType>(
  shapes: { title: string; from: From; to: To },
  rows: Rows<z.input<To>>,
): Mapping<From, To> {
  return { ...shapes, rows };
}
