import type { FieldType, Subquery } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition } from '../schema/definition.ts';
import type { Row } from '../records/row.ts';
import type { Reader } from '../records/read-value.ts';
import type { ObjectShape } from '../schema/object-shape.ts';
import type { Scope, Step } from './scope.ts';
import { parentOf } from '../records/read-value.ts';
import { SalesforceError } from '../records/salesforce-error.ts';
import { columnOf } from './scope.ts';
import { placeOf, soqlError } from './soql-error.ts';

const MOST_CHILD_QUERIES = 20;
const MOST_PARENTS = 55;

/** What a statement selects of one row, parents included. */
export interface Selection {
  fields: { name: string; field: FieldDefinition; read: Reader }[];
  parents: Map<string, { step: Step; selection: Selection }>;
  children: Subquery[];
}

/** Reads a SELECT list. Throws for what is unknown, hidden, or selected twice. */
export function selectionOf(scope: Scope, fields: readonly FieldType[]): Selection {
  const root = emptySelection();
  for (const field of fields) {
    if (field.type === 'FieldSubquery') root.children.push(field.subquery);
    else if (field.type === 'FieldFunctionExpression' && field.functionName.toUpperCase() === 'FIELDS') {
      for (const one of fieldsOf(scope.object, String(field.parameters[0]))) add(scope, root, one.name);
    } else if (field.type === 'Field')
      add(scope, root, 'objectPrefix' in field ? `${String(field.objectPrefix)}.${field.field}` : field.field);
    else if (field.type === 'FieldRelationship') add(scope, root, [...field.relationships, field.field].join('.'));
    else throw unknownPart(scope, field.type);
  }
  if (root.children.length > MOST_CHILD_QUERIES) {
    throw new SalesforceError('MALFORMED_QUERY', 'The maximum number of child relationships (20) was exceeded.');
  }
  if (countParents(root) > MOST_PARENTS) {
    throw new SalesforceError('MALFORMED_QUERY', 'The maximum number of parent relationships (55) was exceeded.');
  }
  return root;
}

/** One row as the API prints it. `base` is the beginning of the addresses in it. */
export function printed(
  at: { scope: Scope; base: string },
  record: { object: ObjectShape; row: Row },
  selection: Selection,
): Record<string, unknown> {
  const { object, row } = record;
  const url = `${at.base}/sobjects/${object.name}/${row.Id}`;
  const out: Record<string, unknown> = { attributes: { type: object.name, url } };
  for (const { name, field, read } of selection.fields) {
    out[name] = field.type === 'base64' && row[name] !== undefined ? `${url}/${name}` : read(row);
  }
  for (const [name, { step, selection: inner }] of selection.parents) {
    const parent = parentOf(at.scope.data, step.lookup, row);
    out[name] = parent && (!parent.row.IsDeleted || at.scope.all) ? printed(at, parent, inner) : null;
  }
  return out;
}

function add(scope: Scope, root: Selection, path: string): void {
  const column = columnOf(scope, path);
  let at = root;
  for (const step of column.steps) {
    const name = step.lookup.reference?.relationship ?? '';
    let next = at.parents.get(name);
    if (!next) at.parents.set(name, (next = { step, selection: emptySelection() }));
    at = next.selection;
  }
  const { name } = column.field;
  if (at.fields.some((field) => field.name === name)) {
    throw soqlError(
      'INVALID_FIELD',
      { soql: scope.soql, at: placeOf(scope.soql, path) },
      `duplicate field selected: ${path}`,
    );
  }
  at.fields.push({ name, field: column.field, read: ownReader(scope, column.steps, path) });
}

/** The reader of the last name of a path, for the row it belongs to. */
function ownReader(scope: Scope, steps: readonly Step[], path: string): Reader {
  if (steps.length === 0) return columnOf(scope, path).read;
  const last = steps.at(-1);
  const name = path.split('.').at(-1) ?? '';
  if (last?.object) return columnOf({ ...scope, object: last.object, alias: undefined }, name).read;
  return (row) => {
    const object = scope.data.schema.objectOfId(row.Id);
    if (!object) return null;
    if (name.toLowerCase() === 'type') return object.name;
    return object.anyField(name) ? columnOf({ ...scope, object, alias: undefined }, name).read(row) : null;
  };
}

function fieldsOf(object: ObjectShape, which: string): readonly FieldDefinition[] {
  const wanted = which.toUpperCase();
  return object.fields().filter((field) => wanted === 'ALL' || (wanted === 'CUSTOM') === field.name.endsWith('__c'));
}

function countParents(selection: Selection): number {
  let count = 0;
  for (const parent of selection.parents.values()) count += 1 + countParents(parent.selection);
  return count;
}

function emptySelection(): Selection {
  return { fields: [], parents: new Map(), children: [] };
}

function unknownPart(scope: Scope, part: string): SalesforceError {
  return soqlError(
    'MALFORMED_QUERY',
    { soql: scope.soql, at: 0 },
    `${part} in a SELECT list is unknown to this simulated org.`,
  );
}
