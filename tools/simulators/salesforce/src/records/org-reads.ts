import type { ObjectShape } from '../schema/object-shape.ts';
import type { Org } from './org.ts';
import type { Data, Reader } from './read-value.ts';
import type { Row } from './row.ts';
import { id18 } from '../ids.ts';
import { objectNamed } from './find-row.ts';
import { readerOf } from './read-value.ts';

/** The reading half of an org: copies with formulas computed. */
export function orgReads(data: Data): Pick<Org, 'get' | 'all'> {
  return {
    get: (type, id) => {
      const object = objectNamed(data, type);
      const row = data.store.get(object.name, id18(id) ?? '');
      return row && computedRow(row, computedFields(data, object));
    },
    all: (type, { deleted = false } = {}) => {
      const object = objectNamed(data, type);
      const computed = computedFields(data, object);
      return [...data.store.rows(object.name)]
        .filter((row) => deleted || !row.IsDeleted)
        .map((row) => computedRow(row, computed));
    },
  };
}

function computedFields(data: Data, object: ObjectShape): [string, Reader][] {
  return object
    .fields()
    .filter((field) => field.formula !== undefined || field.joined !== undefined)
    .map((field) => [field.name, readerOf(data, field, object)]);
}

function computedRow(row: Row, readers: readonly [string, Reader][]): Row {
  const copy = { ...row };
  for (const [name, read] of readers) copy[name] = read(row);
  return copy;
}
