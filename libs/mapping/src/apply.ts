import { HubError, isHubError } from '@occ-hub/errors';
import type { z } from 'zod';
import type { AnyMapping, Mapping, MappingContext } from './table.ts';

/** A value that no conversion knows. The message names the value's kind, never the value. */
export function unreadable(message: string): HubError {
  return new HubError({ kind: 'unreadable', code: 'mapping.value-unknown', message });
}

/** Reads one vendor record by its shape. Fails as `unreadable`, naming fields and rules but no values. */
export function readRecord<Shape extends z.ZodType>(shape: Shape, record: unknown): z.output<Shape> {
  const read = shape.safeParse(record);
  if (read.success) return read.data;
  throw new HubError({ kind: 'unreadable', code: 'mapping.record-unreadable', message: faultsOf(read.error) });
}

/** Fills the receiving shape from a record that was read before; checks what it made. Fails as `unreadable`, naming table and row. */
export function applyMapping<From extends z.ZodType, To extends z.ZodType>(
  table: Mapping<From, To>,
  record: z.output<From>,
  context: MappingContext,
): z.output<To> {
  const made = readRows(table as unknown as AnyMapping, record as Readonly<Record<string, unknown>>, context);
  const checked = table.to.safeParse(made);
  if (checked.success) return checked.data;
  throw new HubError({
    kind: 'unreadable',
    code: 'mapping.result-unfit',
    message: `${table.title}: ${faultsOf(checked.error)}`,
  });
}

/** The rows alone, unchecked: the outermost table checks the whole. */
export function readRows(
  table: AnyMapping,
  record: Readonly<Record<string, unknown>>,
  context: MappingContext,
): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const field in table.rows) {
    const row = table.rows[field]!;
    try {
      const value = row.read(record, context);
      if (value !== undefined) made[field] = value;
    } catch (error) {
      throw nameRow(error, `${table.title}.${field}`, row.fields);
    }
  }
  return made;
}

function nameRow(error: unknown, row: string, fields: readonly string[]): unknown {
  if (!isHubError(error, 'unreadable') || error.code !== 'mapping.value-unknown') return error;
  const message = `${row} (from ${fields.join(' + ')}): ${error.message}`;
  return new HubError({ kind: 'unreadable', code: 'mapping.row-unreadable', message, cause: error });
}

function faultsOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || '(record)'}: ${issue.message}`).join('; ');
}
