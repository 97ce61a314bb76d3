import { type AnyMapping, applyMapping, type Mapping } from '@occ-hub/mapping';
import * as z from 'zod';

/** Everything goes out as text. The vendor takes any name and drops those it does not know. `*` holds keys of an org's own. */
export const Wire = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())]).optional());

/** The row of a table that takes an org's own keys. */
export const ownKeys = '*';

// Nothing in these tables is a wall clock or worth a warning: what a module cannot send, `validate` refuses.
const context = { timeZone: 'UTC', warn: () => undefined };

/**
 * The fields that go out, in the order of the table: blanks left out, an org's own keys last. An own key never takes the
 * place of a field that is filled, in whatever case of letters it is written: the vendor does not tell case apart.
 */
export function wireFields<From extends z.ZodType>(
  table: Mapping<From, typeof Wire>,
  vars: z.output<From>,
): [string, string][] {
  const { [ownKeys]: own = {}, ...filled } = applyMapping(table, vars, context);
  const fields = new Map<string, [string, string]>();
  for (const [name, value] of [...Object.entries(filled), ...Object.entries(own)]) {
    const key = name.toLowerCase();
    if (typeof value === 'string' && value !== '' && !fields.has(key)) fields.set(key, [name, value]);
  }
  return [...fields.values()];
}

/** The names of LeadConduit's variables that a table reads. */
export function readByTable(table: unknown): readonly string[] {
  return Object.values((table as AnyMapping).rows).flatMap(({ fields }) => fields);
}
