import type { FieldDefinition, Value } from '../schema/definition.ts';
import type { ObjectShape } from '../schema/object-shape.ts';
import type { Schema } from '../schema/schema.ts';
import type { Row } from './row.ts';
import type { Store } from './store.ts';

/** Reads one field of a row, computing what is a formula. */
export type Reader = (row: Row) => Value;

export interface Data {
  schema: Schema;
  store: Store;
}

/** A reader of a field. Formulas see through field-level security and through deleted parents, as the org does. */
export function readerOf(data: Data, field: FieldDefinition, object: ObjectShape): Reader {
  const { formula, joined, name } = field;
  if (joined) {
    return (row) => {
      const parts = joined
        .map((part) => row[part])
        .filter((part) => part !== null && part !== undefined && part !== '');
      return parts.length === 0 ? null : parts.join(' ');
    };
  }
  if (formula) {
    const paths = formula.map((path) => pathReader(data, object, path.split('.')));
    return (row) => {
      for (const read of paths) {
        const value = read(row);
        if (value !== null && value !== '') return value;
      }
      return null;
    };
  }
  return (row) => row[name] ?? null;
}

/** The parent row of a lookup, with the object it belongs to. */
export function parentOf(data: Data, lookup: FieldDefinition, row: Row): { object: ObjectShape; row: Row } | undefined {
  const id = row[lookup.name];
  if (typeof id !== 'string') return undefined;
  const object = data.schema.objectOfId(id);
  const parent = object && data.store.get(object.name, id);
  return object && parent ? { object, row: parent } : undefined;
}

function pathReader(data: Data, object: ObjectShape, path: readonly string[]): Reader {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    const field = object.anyField(head);
    return field ? readerOf(data, field, object) : () => null;
  }
  const lookup = object.parent(head);
  const target = lookup?.reference && data.schema.object(lookup.reference.to[0] ?? '');
  if (!lookup || !target) return () => null;
  const next = pathReader(data, target, rest);
  return (row) => {
    const parent = parentOf(data, lookup, row);
    return parent ? next(parent.row) : null;
  };
}
