import type { FieldDefinition, FieldType } from '../schema/definition.ts';
import type { Data, Reader } from '../records/read-value.ts';
import type { ObjectShape } from '../schema/object-shape.ts';
import { parentOf, readerOf } from '../records/read-value.ts';
import { noSuchColumn, noSuchRelationship, placeOf, soqlError } from './soql-error.ts';

const DEEPEST_PARENT = 5;

/** What the names of a statement, or of one sub-query of it, mean. */
export interface Scope {
  data: Data;
  /** Epoch milliseconds, for TODAY and its like. */
  now: number;
  soql: string;
  object: ObjectShape;
  /** The other name of the object in this statement. */
  alias?: string | undefined;
  /** Deleted rows are seen, too. */
  all: boolean;
}

/** One step to a parent. */
export interface Step {
  lookup: FieldDefinition;
  /** The parent's object; undefined when it may be one of several, of which only Id, Name and Type can be asked. */
  object: ObjectShape | undefined;
}

/** A field of the object or of a parent, found by its path. */
export interface Column {
  steps: readonly Step[];
  field: FieldDefinition;
  type: FieldType;
  read: Reader;
}

const NAME_FIELDS: Readonly<Record<string, FieldDefinition>> = {
  id: { name: 'Id', type: 'id' },
  name: { name: 'Name', type: 'string' },
  type: { name: 'Type', type: 'string' },
};

/** Finds a path in any case. Throws INVALID_FIELD for what is not there or hidden from callers. */
export function columnOf(scope: Scope, path: string): Column {
  const parts = path.split('.');
  const first = parts[0]?.toLowerCase();
  const prefixed =
    parts.length > 1 && (first === scope.alias?.toLowerCase() || first === scope.object.name.toLowerCase());
  if (prefixed && !scope.object.parent(parts[0] ?? '')) parts.shift();
  const name = parts.pop() ?? '';
  const steps = stepsOf(scope, parts);
  const last = steps.at(-1);
  const owner = last ? last.object : scope.object;
  const field = owner ? owner.field(name) : NAME_FIELDS[name.toLowerCase()];
  if (!field) throw noSuchColumn(scope.soql, owner?.name ?? 'Name', path);
  return { steps, field, type: field.type, read: through(scope, steps, field) };
}

/** The steps of a path of relationship names. */
export function stepsOf(scope: Scope, path: readonly string[]): Step[] {
  if (path.length > DEEPEST_PARENT) {
    const at = placeOf(scope.soql, path.join('.'));
    throw soqlError(
      'MALFORMED_QUERY',
      { soql: scope.soql, at },
      'Only 5 levels of parents are allowed in a field path.',
    );
  }
  const steps: Step[] = [];
  let object: ObjectShape | undefined = scope.object;
  for (const name of path) {
    const lookup: FieldDefinition | undefined = object?.parent(name);
    if (!object || !lookup?.reference || object.isHidden(lookup.name)) {
      throw noSuchRelationship(scope.soql, name, 'field path');
    }
    const [only, ...others]: readonly string[] = lookup.reference.to;
    object = others.length > 0 || only === undefined ? undefined : scope.data.schema.object(only);
    steps.push({ lookup, object });
  }
  return steps;
}

function through(scope: Scope, steps: readonly Step[], field: FieldDefinition): Reader {
  const { data } = scope;
  const last = steps.at(-1);
  const owner = last ? last.object : scope.object;
  const read = owner && readerOf(data, field, owner);
  if (steps.length === 0) return read ?? (() => null);
  return (row) => {
    let at = { object: scope.object, row };
    for (const { lookup } of steps) {
      const parent = parentOf(data, lookup, at.row);
      if (!parent || (parent.row.IsDeleted && !scope.all)) return null;
      at = parent;
    }
    if (read) return read(at.row);
    if (field.name === 'Type') return at.object.name;
    const named = at.object.anyField(field.name);
    return named ? readerOf(data, named, at.object)(at.row) : null;
  };
}
