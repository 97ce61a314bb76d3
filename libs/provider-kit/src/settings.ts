import { type FieldFault, HubError } from '@occ-hub/errors';
import { z } from 'zod';

/** Marks a setting as secret: kept in the vault, never shown again, `writeOnly` in the form's JSON Schema. */
export function secret<Shape extends z.ZodType>(shape: Shape): Shape {
  return shape.meta({ ...shape.meta(), writeOnly: true, format: 'password' }) as Shape;
}

/** Names of the secret settings of a shape. */
export function secretNames(shape: z.ZodObject): readonly string[] {
  return Object.entries(shape.shape).flatMap(([name, field]) => (isSecret(field as z.ZodType) ? [name] : []));
}

function isSecret(field: z.ZodType): boolean {
  if (field.meta()?.['writeOnly'] === true) return true;
  const inner = (field as { def?: { innerType?: z.ZodType } }).def?.innerType;
  return inner !== undefined && isSecret(inner);
}

/** Settings split for storage: what may be shown, and what goes into the vault. */
export interface SplitSettings {
  readonly open: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, unknown>>;
}

export function splitSettings(shape: z.ZodObject, settings: Readonly<Record<string, unknown>>): SplitSettings {
  const hidden = new Set(secretNames(shape));
  const entries = Object.entries(settings);
  return {
    open: Object.fromEntries(entries.filter(([name]) => !hidden.has(name))),
    secrets: Object.fromEntries(entries.filter(([name, value]) => hidden.has(name) && value !== undefined)),
  };
}

/** Checks entered settings. Fails as `rejected`, naming every field at fault in the schema's own words. */
export function readSettings<Shape extends z.ZodObject>(shape: Shape, entered: unknown): z.output<Shape> {
  const read = shape.safeParse(entered);
  if (read.success) return read.data;
  const fields = read.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, message: issue.message }));
  throw invalidSettings(fields);
}

/** Entered settings are not right; names the fields. */
export function invalidSettings(fields: readonly FieldFault[]): HubError {
  const message = `The settings cannot be saved: ${fields.map((field) => `${field.pointer.slice(1)}: ${field.message}`).join(' ')}`;
  return new HubError({ kind: 'rejected', code: 'settings.invalid', message, fields });
}

/** The form's JSON Schema. */
export function settingsSchema(shape: z.ZodObject): Record<string, unknown> {
  return z.toJSONSchema(shape, { io: 'input' }) as Record<string, unknown>;
}
