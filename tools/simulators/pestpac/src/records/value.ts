/** What JSON can say. */
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };

/** A record as it goes over the wire: PascalCase names in the order of its table. */
export type Fields = Record<string, Value>;

/** Whether a value is an object with names, neither null nor a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
