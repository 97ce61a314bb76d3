/** A value as LeadConduit gives it to a module: an object, even for `false`, that knows what was typed in. */
export type Typed = (string | number | boolean) & { raw: string; valid: boolean } & Record<string, unknown>;

/** What a typed value says besides itself. */
export interface Facts {
  raw: string;
  valid: boolean;
  [name: string]: unknown;
}

/** Wraps a value as a String, Number or Boolean object with its facts on it. */
export function typed(value: string | number | boolean, facts: Facts): Typed {
  const wrapped = Object(value) as object;
  return Object.assign(wrapped, facts) as unknown as Typed;
}

export function isTyped(value: unknown): value is Typed {
  return value instanceof String || value instanceof Number || value instanceof Boolean;
}

/** The value to deliver: itself when valid, what was typed in when not. Anything that is not typed stays as it is. */
export function deliverable(value: unknown): unknown {
  if (!isTyped(value)) return value;
  return value.valid === false ? value.raw : value.valueOf();
}

/** A tree of variables as plain data; null and undefined are dropped, arrays are compacted. */
export function plain(value: unknown): unknown {
  const own = deliverable(value);
  if (Array.isArray(own)) return own.map(plain).filter((one) => one !== undefined && one !== null);
  if (typeof own !== 'object' || own === null) return own;
  const entries = Object.entries(own).map(([name, one]) => [name, plain(one)] as const);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined && one !== null));
}
