import type { RestAnswer, RestCall, RestParts, RouteHandler } from './rest-call.ts';
import { id18 } from '../ids.ts';
import { SalesforceError } from '../records/salesforce-error.ts';
import { isObject, objectBody, textList } from './body.ts';
import { objectOf } from './object-routes.ts';
import { fieldsNamed, notInsertable, printedRecord, rowsWithKey } from './record-routes.ts';

const MOST_RECORDS = 200;
const MOST_CHUNKS = 10;

interface Saved {
  id?: string;
  success: boolean;
  created?: boolean;
  errors: { statusCode: string; message: string; fields: readonly string[] }[];
}

interface Item {
  type: string;
  id: string | undefined;
  fields: Record<string, unknown>;
}

export const createMany: RouteHandler = (parts, call) => {
  const { items, allOrNone } = itemsOf(call);
  return saved(parts, { allOrNone, works: items.map((item) => () => createOne(parts, call, item)) });
};

export const updateMany: RouteHandler = (parts, call) => {
  const { items, allOrNone } = itemsOf(call);
  return saved(parts, { allOrNone, works: items.map((item) => () => updateOne(parts, call, item)) });
};

export const upsertMany: RouteHandler = (parts, call, [type = '', key = '']) => {
  const object = objectOf(parts, type);
  const { items, allOrNone } = itemsOf(call);
  if (items.some((item) => item.type.toLowerCase() !== object.name.toLowerCase())) {
    throw new SalesforceError('INVALID_INPUT', `All records must be of type ${object.name}.`);
  }
  const works = items.map((item) => (): Saved => {
    const given = key.toLowerCase() === 'id' ? item.id : valueAt(item.fields, key);
    const rows = given === undefined || given === null ? [] : rowsWithKey(parts, object, { key, value: given });
    if (rows.length > 1)
      throw new SalesforceError(
        'DUPLICATE_EXTERNAL_ID',
        `${key}: more than one record found for external id field: [${rows.map((row) => row.Id).join(', ')}]`,
        { fields: [key] },
      );
    const [row] = rows;
    const made = row ? updateOne(parts, call, { ...item, id: row.Id }) : createOne(parts, call, item);
    return { ...made, created: !row };
  });
  return saved(parts, { allOrNone, works });
};

export const readMany: RouteHandler = (parts, call, [type]) => {
  const object = objectOf(parts, type);
  const { ids, fields } = objectBody(call.body);
  const columns = fieldsNamed(object, textList(fields));
  const records = textList(ids).map((id) => {
    const row = parts.org.store.get(object.name, id18(id) ?? '');
    return row && !row.IsDeleted ? printedRecord(parts, { object, row, fields: columns }, call.base) : null;
  });
  return { status: 200, body: records };
};

export const removeMany: RouteHandler = (parts, call) => {
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  limitTo(ids.length);
  const works = ids.map((id) => (): Saved => {
    const object = parts.org.schema.objectOfId(id);
    if (!object) throw new SalesforceError('MALFORMED_ID', `malformed id ${id}`, { fields: [] });
    parts.org.delete(object.name, id, call.by);
    return { id: id18(id) ?? id, success: true, errors: [] };
  });
  return saved(parts, { allOrNone: call.query.get('allOrNone') === 'true', works });
};

function createOne({ org }: RestParts, call: RestCall, item: Item): Saved {
  const object = org.schema.object(item.type);
  if (!object) throw new SalesforceError('INVALID_TYPE', `sObject type '${item.type}' is not supported.`);
  if (object.definition.createable === false) throw notInsertable(object);
  const row = org.create(object.name, item.fields, { by: call.by });
  return { id: row.Id, success: true, errors: [] };
}

function updateOne({ org }: RestParts, call: RestCall, item: Item): Saved {
  if (item.id === undefined)
    throw new SalesforceError('MISSING_ARGUMENT', 'Id not specified in an update call', { fields: [] });
  if (!org.schema.object(item.type))
    throw new SalesforceError('INVALID_TYPE', `sObject type '${item.type}' is not supported.`);
  const row = org.update(item.type, item.id, { fields: item.fields, by: call.by });
  return { id: row.Id, success: true, errors: [] };
}

/** Carries the works out one by one; with `allOrNone`, one that fails takes the others back. */
function saved({ org }: RestParts, { allOrNone, works }: { allOrNone: boolean; works: (() => Saved)[] }): RestAnswer {
  let results: Saved[] = [];
  const run = (): void => {
    results = works.map(attempt);
    if (allOrNone && results.some((result) => !result.success)) throw new RolledBack();
  };
  try {
    org.store.whole(run);
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    results = results.map((result) => (result.success ? rolledBack() : result));
  }
  return { status: 200, body: results };
}

class RolledBack extends Error {}

function attempt(work: () => Saved): Saved {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    return { success: false, errors: [itemError(error)] };
  }
}

/** An id that nothing belongs to is told otherwise in a collection than in a path. */
function itemError(error: SalesforceError): Saved['errors'][number] {
  if (error.errorCode !== 'NOT_FOUND') return error.collectionItem();
  return { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] };
}

function rolledBack(): Saved {
  const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  return { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] }] };
}

function itemsOf(call: RestCall): { items: Item[]; allOrNone: boolean } {
  const { records, allOrNone } = objectBody(call.body);
  if (!Array.isArray(records)) throw new SalesforceError('JSON_PARSER_ERROR', 'records must be a list.');
  limitTo(records.length);
  const items = records.map(itemOf);
  const chunks = items.filter((item, at) => at === 0 || items[at - 1]?.type !== item.type).length;
  if (chunks > MOST_CHUNKS) {
    throw new SalesforceError('LIMIT_EXCEEDED', `Cannot have more than ${MOST_CHUNKS} chunks in a single operation.`);
  }
  return { items, allOrNone: allOrNone === true };
}

function itemOf(record: unknown): Item {
  const attributes = isObject(record) ? record['attributes'] : undefined;
  const type = isObject(attributes) ? attributes['type'] : undefined;
  if (!isObject(record) || typeof type !== 'string') {
    throw new SalesforceError('INVALID_TYPE', 'attributes.type is missing in a record.');
  }
  const id = valueAt(record, 'id');
  const fields = Object.fromEntries(
    Object.entries(record).filter(([name]) => name !== 'attributes' && name.toLowerCase() !== 'id'),
  );
  return { type, id: typeof id === 'string' ? id : undefined, fields };
}

function valueAt(record: Record<string, unknown>, name: string): unknown {
  return Object.entries(record).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function limitTo(count: number): void {
  if (count <= MOST_RECORDS) return;
  throw new SalesforceError(
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${MOST_RECORDS} records`,
  );
}
