import { type FieldFault, HubError } from '@occ-hub/errors';
import type { z } from 'zod';

/**
 * Reads what a caller sent. Throws HubError(rejected), 422 over HTTP, with one fault per field as JSON pointers; the
 * faults tell the rule, never the value.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown, code = 'http.input') {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data as z.output<Schema>;
  const fields = faultsOf(parsed.error);
  const named = fields.map((field) => field.pointer || 'the whole').join(', ');
  throw new HubError({ kind: 'rejected', code, message: `The request is not right. Look at: ${named}.`, fields });
}

/** What a shape found wrong: pointers of RFC 6901 and the rules, never the values. */
export function faultsOf(error: z.ZodError): FieldFault[] {
  return error.issues.map(({ path, message }) => ({ pointer: pointerOf(path), message }));
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
