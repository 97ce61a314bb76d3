import type { FieldDefinition } from '../schema/definition.ts';
import type { ObjectShape } from '../schema/object-shape.ts';
import type { Row } from '../records/row.ts';
import type { RestAnswer, RestCall, RestParts, RouteHandler } from './rest-call.ts';
import { id18 } from '../ids.ts';
import { rowOf } from '../records/find-row.ts';
import { readerOf } from '../records/read-value.ts';
import { notFound, SalesforceError } from '../records/salesforce-error.ts';
import { noSuchRecord } from '../records/no-such-record.ts';
import { coerced } from '../records/coerce.ts';
import { objectBody } from './body.ts';
import { objectOf } from './object-routes.ts';

/** A record as it is printed outside of queries: all visible fields, or those asked for. */
export function printedRecord(
  { org }: RestParts,
  record: { object: ObjectShape; row: Row; fields: readonly FieldDefinition[] },
  base: string,
): Record<string, unknown> {
  const { object, row, fields } = record;
  const url = `${base}/sobjects/${object.name}/${row.Id}`;
  const out: Record<string, unknown> = { attributes: { type: object.name, url } };
  for (const field of fields) {
    out[field.name] = field.type === 'base64' ? `${url}/${field.name}` : readerOf(org, field, object)(row);
  }
  return out;
}

/** Visible fields by name. Throws INVALID_FIELD for one that callers cannot see. */
export function fieldsNamed(object: ObjectShape, names: readonly string[]): FieldDefinition[] {
  return names.map((name) => {
    const field = object.field(name.trim());
    if (!field)
      throw new SalesforceError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
    return field;
  });
}

export const read: RouteHandler = (parts, call, [name, id = '']) => {
  const object = objectOf(parts, name);
  return answerRecord(parts, call, { object, row: rowOf(parts.org, object, { id }) });
};

export const readByKey: RouteHandler = (parts, call, [name, key = '', value = '']) => {
  const object = objectOf(parts, name);
  const blob = object.field(value);
  if (blob?.type === 'base64') return readBlob(parts, object, key);
  const rows = rowsWithKey(parts, object, { key, value });
  const [row] = rows;
  if (!row) throw notFound();
  return rows.length > 1 ? severalChoices(object, rows, call.base) : answerRecord(parts, call, { object, row });
};

export const create: RouteHandler = ({ org }, call, [name = '']) => {
  const object = org.schema.object(name);
  if (!object) throw notFound();
  if (object.definition.createable === false) throw notInsertable(object);
  const fields = objectBody(call.body);
  if (Object.keys(fields).some((field) => field.toLowerCase() === 'id')) {
    throw new SalesforceError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
  }
  const row = org.create(object.name, fields, { by: call.by, upload: call.upload });
  return {
    status: 201,
    body: { id: row.Id, success: true, errors: [] },
    headers: { Location: `${call.base}/sobjects/${object.name}/${row.Id}` },
  };
};

export const update: RouteHandler = (parts, call, [name, id = '']) => {
  const fields = objectBody(call.body);
  if (Object.keys(fields).some((field) => field.toLowerCase() === 'id')) {
    throw new SalesforceError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
  }
  parts.org.update(objectOf(parts, name).name, id, { fields, by: call.by });
  return { status: 204 };
};

export const remove: RouteHandler = (parts, call, [name, id = '']) => {
  const object = objectOf(parts, name);
  if (object.definition.deletable === false) {
    throw new SalesforceError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  }
  parts.org.delete(object.name, id, call.by);
  return { status: 204 };
};

export const upsert: RouteHandler = (parts, call, [name, key = '', value = '']) => {
  const object = objectOf(parts, name);
  const fields = objectBody(call.body);
  if (Object.keys(fields).some((field) => field.toLowerCase() === key.toLowerCase())) {
    throw new SalesforceError('INVALID_FIELD', `The ${key} field should not be specified in the sobject data.`);
  }
  const rows = rowsWithKey(parts, object, { key, value });
  const [row] = rows;
  if (rows.length > 1) return severalChoices(object, rows, call.base);
  if (!row && key.toLowerCase() === 'id') throw noSuchRecord(value);
  if (!row) {
    const made = parts.org.create(object.name, { ...fields, [key]: value }, { by: call.by });
    return { status: 201, body: { id: made.Id, success: true, errors: [], created: true } };
  }
  parts.org.update(object.name, row.Id, { fields, by: call.by });
  return { status: 200, body: { id: row.Id, success: true, errors: [], created: false } };
};

/** The refusal for an object that only the org itself makes records of. */
export function notInsertable(object: ObjectShape): SalesforceError {
  const message = `entity type cannot be inserted: ${object.definition.label}`;
  return new SalesforceError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, { fields: [] });
}

/** Rows with a value in a field that callers may find records by. Throws NOT_FOUND for any other field. */
export function rowsWithKey(parts: RestParts, object: ObjectShape, by: { key: string; value: unknown }): Row[] {
  const field = object.field(by.key);
  if (!field || (field.name !== 'Id' && field.externalId !== true)) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${by.key}`);
  }
  const { store } = parts.org;
  if (field.name === 'Id') {
    const row = store.get(object.name, id18(String(by.value)) ?? '');
    return row && !row.IsDeleted ? [row] : [];
  }
  const wanted = String(coerced(parts.org, field, by.value)).toLowerCase();
  return [...store.rows(object.name)].filter(
    (row) => !row.IsDeleted && String(row[field.name] ?? '').toLowerCase() === wanted,
  );
}

function answerRecord(
  parts: RestParts,
  call: RestCall,
  { object, row }: { object: ObjectShape; row: Row },
): RestAnswer {
  const asked = call.query.get('fields');
  const fields = asked === null ? object.fields() : fieldsNamed(object, asked.split(','));
  return { status: 200, body: printedRecord(parts, { object, row, fields }, call.base) };
}

function readBlob({ org }: RestParts, object: ObjectShape, id: string): RestAnswer {
  const whole = id18(id);
  const bytes = whole === undefined ? undefined : org.contentOf(whole);
  if (!bytes || object.name !== 'ContentVersion') throw noSuchRecord(id);
  return { status: 200, bytes };
}

function severalChoices(object: ObjectShape, rows: readonly Row[], base: string): RestAnswer {
  return { status: 300, body: rows.map((row) => `${base}/sobjects/${object.name}/${row.Id}`) };
}
