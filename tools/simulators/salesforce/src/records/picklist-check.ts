import type { FieldDefinition, Picklist, Value } from '../schema/definition.ts';
import type { ObjectShape } from '../schema/object-shape.ts';
import { labelOf } from '../schema/describe.ts';
import { SalesforceError } from './salesforce-error.ts';

/**
 * Checks the picklists among the changes against the row as it will be. Gives the values that are not declared and that
 * an unrestricted picklist takes nevertheless; throws for what a restricted one refuses.
 */
export function undeclaredValues(
  object: ObjectShape,
  changes: Record<string, Value>,
  after: Record<string, Value>,
): { field: FieldDefinition; value: string }[] {
  const undeclared: { field: FieldDefinition; value: string }[] = [];
  for (const field of object.fields()) {
    // A dependent value counts only when it is written itself: changing its controller alone leaves it as it was.
    if (!field.picklist || !(field.name in changes)) continue;
    for (const value of valuesOf(field, after[field.name])) {
      const entry = field.picklist.entries.find((candidate) => candidate.value === value);
      const declared = entry !== undefined && entry.active !== false;
      if (declared && fitsController(field.picklist, entry.validFor, after)) continue;
      if (field.picklist.restricted) throw badValue(field, value);
      if (!entry) undeclared.push({ field, value });
    }
  }
  return undeclared;
}

function fitsController(
  picklist: Picklist,
  validFor: readonly string[] | undefined,
  after: Record<string, Value>,
): boolean {
  if (picklist.controller === undefined) return true;
  const controlling = after[picklist.controller];
  return controlling !== null && controlling !== undefined && (validFor ?? []).includes(String(controlling));
}

function valuesOf(field: FieldDefinition, value: Value | undefined): string[] {
  if (typeof value !== 'string') return [];
  return field.type === 'multipicklist' ? value.split(';') : [value];
}

function badValue(field: FieldDefinition, value: string): SalesforceError {
  return new SalesforceError(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${labelOf(field)}: bad value for restricted picklist field: ${value}`,
    { fields: [field.name] },
  );
}
