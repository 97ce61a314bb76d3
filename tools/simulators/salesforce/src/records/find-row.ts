import type { ObjectShape } from '../schema/object-shape.ts';
import type { Data } from './read-value.ts';
import type { Row } from './row.ts';
import { id18 } from '../ids.ts';
import { noSuchRecord } from './no-such-record.ts';
import { notFound, SalesforceError } from './salesforce-error.ts';

/** Throws NOT_FOUND for an unknown object. */
export function objectNamed(data: Data, type: string): ObjectShape {
  const object = data.schema.object(type);
  if (!object) throw notFound();
  return object;
}

/** Throws NOT_FOUND or MALFORMED_ID, and ENTITY_IS_DELETED unless deleted rows count. */
export function rowOf(data: Data, object: ObjectShape, by: { id: string; deletedToo?: boolean }): Row {
  const row = data.store.get(object.name, id18(by.id) ?? '');
  if (!row) throw noSuchRecord(by.id);
  if (row.IsDeleted && !by.deletedToo) {
    throw new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', { status: 404, fields: [] });
  }
  return row;
}
