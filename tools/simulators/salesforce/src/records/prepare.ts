import type { FieldDefinition, Value } from '../schema/definition.ts';
import type { ObjectShape } from '../schema/object-shape.ts';
import type { Data } from './read-value.ts';
import { SYSTEM_FIELDS } from '../schema/system-fields.ts';
import { isComputed } from '../schema/describe.ts';
import { coerced } from './coerce.ts';
import { stampText } from './row.ts';
import { SalesforceError } from './salesforce-error.ts';

/** What a write asks for, before it is looked at. */
export type Fields = Readonly<Record<string, unknown>>;

const SYSTEM_NAMES = new Set(SYSTEM_FIELDS.map((field) => field.name));
const STAMPS = new Set(['CreatedDate', 'LastModifiedDate', 'SystemModstamp', 'CreatedById', 'LastModifiedById']);

/** A caller's fields as stored values under their real names. Throws for what a caller may not see or write. */
export function prepared(
  data: Data,
  object: ObjectShape,
  write: { fields: Fields; create: boolean },
): Record<string, Value> {
  const wanted = Object.entries(write.fields).filter(([name]) => name !== 'attributes');
  const forbidden: string[] = [];
  const known: [FieldDefinition, unknown][] = [];
  for (const [name, given] of wanted) {
    const field = object.anyField(name);
    if (!field) throw noSuchColumn(object, name);
    if (object.isHidden(name) || !isWritable(field, write.create)) forbidden.push(field.name);
    else known.push([field, given]);
  }
  if (forbidden.length > 0) throw notWritable(forbidden);
  return Object.fromEntries(known.map(([field, given]) => [field.name, coerced(data, field, given)]));
}

/** The same for the office itself: it may also set stamps, and nothing but the shape of a value is checked. */
export function preparedByOffice(data: Data, object: ObjectShape, fields: Fields): Record<string, Value> {
  const changes: Record<string, Value> = {};
  for (const [name, given] of Object.entries(fields)) {
    const field = object.anyField(name);
    if (!field) throw noSuchColumn(object, name);
    if (field.name === 'Id' || field.formula || field.joined) throw notWritable([field.name]);
    const isStamp = typeof given === 'number' && STAMPS.has(field.name);
    changes[field.name] = isStamp ? stampText(given) : coerced(data, field, given);
  }
  return changes;
}

/** Checks required fields, and the customer's own rules, on the row as it will be. */
export function checkRow(object: ObjectShape, after: Record<string, Value>): void {
  const missing = [...object.allFields()]
    .filter((field) => field.required === true && (after[field.name] ?? null) === null)
    .map((field) => field.name);
  if (missing.length > 0) {
    throw new SalesforceError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, {
      fields: missing,
    });
  }
  for (const rule of object.rules) {
    const applies = Object.entries(rule.when).every(([name, value]) => (after[name] ?? null) === value);
    if (!applies || (rule.missing !== undefined && (after[rule.missing] ?? null) !== null)) continue;
    const code = rule.flow ? 'CANNOT_EXECUTE_FLOW_TRIGGER' : 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
    throw new SalesforceError(code, rule.message, { fields: rule.at === undefined ? [] : [rule.at] });
  }
}

/** Checks what must be unique among the rows that are not deleted. */
export function checkUnique(
  data: Data,
  object: ObjectShape,
  write: { changes: Record<string, Value>; id?: string },
): void {
  for (const field of object.fields()) {
    const value = write.changes[field.name];
    if (field.unique !== true || value === null || value === undefined) continue;
    for (const row of data.store.rows(object.name)) {
      if (row.IsDeleted || row.Id === write.id || row[field.name] !== value) continue;
      throw new SalesforceError(
        'DUPLICATE_VALUE',
        `duplicate value found: ${field.name} duplicates value on record with id: ${row.Id.slice(0, 15)}`,
        { fields: [] },
      );
    }
  }
}

/** Values of a new row for which the caller gave none. */
export function defaultsOf(object: ObjectShape): Record<string, Value> {
  const defaults: Record<string, Value> = {};
  for (const field of object.allFields()) {
    if (SYSTEM_NAMES.has(field.name)) continue;
    const entry = field.picklist?.entries.find((candidate) => candidate.default === true);
    const value = field.default ?? entry?.value ?? (field.type === 'boolean' ? false : undefined);
    if (value !== undefined) defaults[field.name] = value;
  }
  return defaults;
}

function isWritable(field: FieldDefinition, create: boolean): boolean {
  return !isComputed(field) && (create ? field.createable !== false : field.updateable !== false);
}

function noSuchColumn(object: ObjectShape, name: string): SalesforceError {
  return new SalesforceError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
}

function notWritable(fields: readonly string[]): SalesforceError {
  return new SalesforceError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field and verify ` +
      `that it is read/write for your profile or permission set.`,
    { fields },
  );
}
