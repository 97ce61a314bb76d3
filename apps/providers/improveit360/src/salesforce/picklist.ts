import { HubError } from '@occ-hub/errors';
import { z } from 'zod';

const PicklistEntry = z.object({ value: z.string(), label: z.string().nullish(), validFor: z.string().nullish() });
export type PicklistEntry = z.output<typeof PicklistEntry>;

/** Of a field's description, what we read. */
export const FieldDescription = z.object({
  name: z.string(),
  type: z.string().optional(),
  updateable: z.boolean().optional(),
  picklistValues: z.array(PicklistEntry).nullish(),
  dependentPicklist: z.boolean().nullish(),
  controllerName: z.string().nullish(),
});
export type FieldDescription = z.output<typeof FieldDescription>;

type Fields = readonly FieldDescription[];

/**
 * All entries of a picklist in the order of the description, inactive ones too. This and `validEntries` are Restforce's
 * `picklist_values`, which the seed calls: names and values are compared exactly, never labels.
 */
export function allEntries(fields: Fields, field: string): readonly PicklistEntry[] {
  return described(fields, field).picklistValues ?? [];
}

/** Entries of a dependent picklist that may stand with a value of its controlling field. */
export function validEntries(fields: Fields, field: string, controlling: string): readonly PicklistEntry[] {
  const dependent = described(fields, field);
  if (dependent.dependentPicklist !== true) throw fault('not-dependent', `${field} does not depend on another field.`);
  const entries = dependent.picklistValues ?? [];
  if (entries.length === 0) return [];
  const controller = described(fields, dependent.controllerName ?? '');
  const place = (controller.picklistValues ?? []).findIndex(({ value }) => value === controlling);
  if (place < 0) throw fault('value-missing', `${controller.name} has no value "${controlling}".`);
  return entries.filter(({ validFor }) => isValidFor(validFor, place));
}

/** Whether bit `place` is set, counted from the most significant bit of the first byte. Bytes that are not there say no. */
function isValidFor(validFor: string | null | undefined, place: number): boolean {
  if (validFor === null || validFor === undefined) return false;
  const byte = Buffer.from(validFor.padEnd(16, 'A'), 'base64')[place >> 3] ?? 0;
  return (byte & (0x80 >> (place % 8))) !== 0;
}

function described(fields: Fields, name: string): FieldDescription {
  const found = fields.find((each) => each.name === name);
  if (found) return found;
  throw fieldHidden(name);
}

/** A field that is needed and cannot be seen. */
export function fieldHidden(name: string): HubError {
  return fault(
    'field-missing',
    `The field ${name} is not there or is hidden from the hub's user. Give that user access to it in Salesforce (field-level security).`,
  );
}

const schemaCode = 'improveit360.schema.';

/** The company's schema, as far as the hub's user sees it, is not as the hub needs it. */
export function isSchemaFault(error: unknown): error is HubError {
  return error instanceof HubError && error.code.startsWith(schemaCode);
}

function fault(what: string, message: string): HubError {
  return new HubError({ kind: 'rejected', code: schemaCode + what, message });
}
