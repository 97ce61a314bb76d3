export type Scalar = string | number | boolean;

/** What is left of a value of LeadConduit's: text, number, truth, a list of these, or nothing. */
export type Plain = Scalar | readonly Scalar[] | undefined;

interface Typed {
  readonly raw?: unknown;
  readonly valid?: unknown;
}

/**
 * Reads a typed value as LeadConduit asks for: `valueOf()` when it is valid, `raw` when it is not. A boolean object is
 * true whatever it holds, so it is never tested itself. Nothing, what is no value (objects, functions, NaN) and what is
 * blank in a list is nothing. Never throws.
 */
export function plainOf(value: unknown): Plain {
  if (!Array.isArray(value)) return scalarOf(value);
  return value.map(scalarOf).filter((entry) => entry !== undefined && entry !== '') as Scalar[];
}

/** False for a typed value that LeadConduit found wrong, true for one it found right, nothing for a plain one. */
export function validityOf(value: unknown): boolean | undefined {
  if (!isTyped(value)) return undefined;
  return typeof value.valid === 'boolean' ? value.valid : undefined;
}

/** As `plainOf`, but a number keeps the text that it was read from: `007` is an id, and 7 another one. */
export function textKept(value: unknown): Plain {
  if (isTyped(value) && tagOf(value) === 'Number' && typeof value.raw === 'string') return value.raw;
  return plainOf(value);
}

function scalarOf(value: unknown): Scalar | undefined {
  if (!isTyped(value)) return primitiveOf(value);
  if (value.valid === false && value.raw !== undefined && value.raw !== null) return ownValue(value.raw);
  return ownValue(value);
}

// LeadConduit's dates are Date objects whose own `valueOf` gives text; a Date of no such kind gives its instant.
function ownValue(value: unknown): Scalar | undefined {
  if (!isTyped(value) || typeof value.valueOf !== 'function') return primitiveOf(value);
  const own: unknown = value.valueOf();
  if (tagOf(value) !== 'Date' || typeof own !== 'number') return primitiveOf(own);
  return Number.isNaN(own) ? undefined : new Date(own).toISOString();
}

function primitiveOf(value: unknown): Scalar | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

// By tag rather than `instanceof`: the platform's values may come from another realm.
const tagOf = (value: object) => Object.prototype.toString.call(value).slice(8, -1);
const boxes = new Set(['String', 'Number', 'Boolean', 'Date']);

function isTyped(value: unknown): value is Typed & object {
  return typeof value === 'object' && value !== null && boxes.has(tagOf(value));
}
