import type { FieldDefinition, Value } from '../schema/definition.ts';
import type { Data } from './read-value.ts';
import { id18 } from '../ids.ts';
import { labelOf, lengthOf } from '../schema/describe.ts';
import { instantOf, stampText } from './row.ts';
import { SalesforceError } from './salesforce-error.ts';

/** A given value as it is stored. Throws the vendor's refusal when the field cannot hold it; blank text is no value. */
export function coerced(data: Data, field: FieldDefinition, given: unknown): Value {
  if (given === null || given === undefined || given === '')
    return field.type === 'boolean' ? refuse(field, given) : null;
  switch (field.type) {
    case 'boolean':
      return typeof given === 'boolean' ? given : refuse(field, given);
    case 'int':
    case 'double':
    case 'currency':
      return numberOf(field, given);
    case 'date':
      return dateOf(field, given);
    case 'datetime':
      return instantGiven(field, given);
    case 'reference':
    case 'id':
      return referenceOf(data, field, given);
    default:
      return textOf(field, given);
  }
}

function numberOf(field: FieldDefinition, given: unknown): number {
  const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof number !== 'number' || !Number.isFinite(number)) return refuse(field, given);
  return field.type === 'int' && !Number.isInteger(number) ? refuse(field, given) : number;
}

function dateOf(field: FieldDefinition, given: unknown): string {
  if (typeof given !== 'string' || !/^\d{4}-\d\d-\d\d/.test(given)) return refuse(field, given);
  const day = given.slice(0, 10);
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? refuse(field, given) : day;
}

function instantGiven(field: FieldDefinition, given: unknown): string {
  const at = typeof given === 'string' ? instantOf(given) : Number.NaN;
  return Number.isNaN(at) ? refuse(field, given) : stampText(at);
}

function textOf(field: FieldDefinition, given: unknown): string | null {
  if (typeof given === 'object') return refuse(field, given);
  const text = String(given).trim();
  if (text === '') return null;
  const length = lengthOf(field);
  if (length > 0 && text.length > length) {
    const shown = text.length > 80 ? `${text.slice(0, 80)}...` : text;
    throw new SalesforceError(
      'STRING_TOO_LONG',
      `${labelOf(field)}: data value too large: ${shown} (max length=${length})`,
      { fields: [field.name] },
    );
  }
  if (field.type === 'email' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)) {
    throw new SalesforceError('INVALID_EMAIL_ADDRESS', `${labelOf(field)}: invalid email address: ${text}`, {
      fields: [field.name],
    });
  }
  return text;
}

function referenceOf(data: Data, field: FieldDefinition, given: unknown): string {
  const id = typeof given === 'string' ? id18(given) : undefined;
  if (id === undefined) {
    throw new SalesforceError('MALFORMED_ID', `${labelOf(field)}: id value of incorrect type: ${String(given)}`, {
      fields: [field.name],
    });
  }
  const target = data.schema.objectOfId(id);
  const allowed = field.reference?.to ?? [];
  if (target && field.type === 'reference' && !allowed.includes(target.name)) {
    throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', `${labelOf(field)}: id value of incorrect type: ${id}`, {
      fields: [field.name],
    });
  }
  const row = target && data.store.get(target.name, id);
  if (!row) throw new SalesforceError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { fields: [] });
  if (row.IsDeleted) throw new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', { fields: [] });
  return id;
}

function refuse(field: FieldDefinition, given: unknown): never {
  const token = typeof given === 'string' ? 'VALUE_STRING' : given === null ? 'VALUE_NULL' : typeof given;
  throw new SalesforceError(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${field.type} from ${token} value ${String(given)} or request may be missing a ` +
      'required field',
    { fields: [field.name] },
  );
}
