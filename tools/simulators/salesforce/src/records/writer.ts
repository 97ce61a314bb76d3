import type { FieldDefinition, Value } from '../schema/definition.ts';
import type { ObjectShape } from '../schema/object-shape.ts';
import type { Clock } from '../clock.ts';
import type { Fields } from './prepare.ts';
import type { Data } from './read-value.ts';
import type { Row } from './row.ts';
import { idOf } from '../ids.ts';
import { undeclaredValues } from './picklist-check.ts';
import { checkRow, checkUnique, defaultsOf, prepared, preparedByOffice } from './prepare.ts';
import { stampText } from './row.ts';

/** Who writes: a caller of the API, who is checked, or the office, who is not. */
export interface Writer {
  userId: string;
  api: boolean;
}

/** The bare writes of rows: no triggers, no locks, no log. */
export interface RowWriter {
  create(object: ObjectShape, fields: Fields, by: Writer): Row;
  /** `system`: a write of the machinery, which moves only SystemModstamp. */
  update(object: ObjectShape, row: Row, write: { fields: Fields; by: Writer; system?: boolean }): void;
  /** Moves a row, and the rows that go with it, into the recycle bin or out of it. */
  setDeleted(object: ObjectShape, row: Row, write: { deleted: boolean; by: Writer }): void;
  /** The same, for good. */
  purge(object: ObjectShape, id: string): void;
}

/** What every new row of an object begins with. */
interface NewShape {
  version: number;
  defaults: Readonly<Record<string, Value>>;
  number: FieldDefinition | undefined;
}

export function createRowWriter(data: Data, clock: Clock): RowWriter {
  const serials = new Map<string, number>();
  const next = (object: ObjectShape): number => {
    let serial = (serials.get(object.name) ?? 0) + 1;
    // The org's users have ids already.
    while (data.store.get(object.name, idOf(object.definition.keyPrefix, serial))) serial += 1;
    serials.set(object.name, serial);
    return serial;
  };
  const shapes = new Map<ObjectShape, NewShape>();
  // Worked out once for every change of the schema: thousands of records are made at the start.
  const shapeOf = (object: ObjectShape): NewShape => {
    const known = shapes.get(object);
    if (known?.version === data.schema.version) return known;
    const number = [...object.allFields()].find((field) => field.autoNumber !== undefined);
    const shape = { version: data.schema.version, defaults: defaultsOf(object), number };
    shapes.set(object, shape);
    return shape;
  };
  const accept = (object: ObjectShape, changes: Record<string, Value>, before: Row | undefined): void => {
    const after = { ...before, ...changes };
    checkRow(object, after);
    checkUnique(data, object, { changes, ...(before ? { id: before.Id } : {}) });
    for (const { field, value } of undeclaredValues(object, changes, after)) {
      const entries = object.anyField(field.name)?.picklist?.entries ?? [];
      data.schema.setPicklist(object.name, field.name, [...entries, { value, active: false }]);
      data.store.onTakenBack(() => data.schema.setPicklist(object.name, field.name, entries));
    }
  };
  const setDeleted: RowWriter['setDeleted'] = (object, row, { deleted, by }) => {
    if (row.IsDeleted === deleted) return;
    data.store.patch(object.name, row.Id, { IsDeleted: deleted, ...stampsOf(clock, by) });
    for (const relation of data.schema.childRelations(object)) {
      if (!relation.field.reference?.cascade) continue;
      for (const child of data.store.children(relation.object.name, relation.field.name, row.Id)) {
        setDeleted(relation.object, child, { deleted, by });
      }
    }
  };
  const purge: RowWriter['purge'] = (object, id) => {
    data.store.purge(object.name, id);
    for (const relation of data.schema.childRelations(object)) {
      if (!relation.field.reference?.cascade) continue;
      for (const child of data.store.children(relation.object.name, relation.field.name, id)) {
        purge(relation.object, child.Id);
      }
    }
  };
  return {
    create: (object, fields, by) => {
      const given = by.api ? prepared(data, object, { fields, create: true }) : preparedByOffice(data, object, fields);
      const { defaults, number } = shapeOf(object);
      const changes = { ...defaults, ...given };
      if (by.api) accept(object, changes, undefined);
      const serial = next(object);
      const row: Row = {
        Id: idOf(object.definition.keyPrefix, serial),
        IsDeleted: false,
        CreatedDate: stampText(clock.now()),
        CreatedById: by.userId,
        ...stampsOf(clock, by),
        ...(number ? { [number.name]: `${number.autoNumber}${String(serial).padStart(6, '0')}` } : {}),
        ...(object.anyField('OwnerId') ? { OwnerId: by.userId } : {}),
        ...changes,
      };
      data.store.insert(object.name, row);
      return row;
    },
    update: (object, row, { fields, by, system }) => {
      const changes = by.api
        ? prepared(data, object, { fields, create: false })
        : preparedByOffice(data, object, fields);
      if (by.api) accept(object, changes, row);
      const stamps = stampsOf(clock, by);
      data.store.patch(object.name, row.Id, {
        ...(system ? { SystemModstamp: stamps.SystemModstamp } : stamps),
        ...changes,
      });
    },
    setDeleted,
    purge,
  };
}

function stampsOf(clock: Clock, by: Writer): Pick<Row, 'LastModifiedDate' | 'LastModifiedById' | 'SystemModstamp'> {
  const now = stampText(clock.now());
  return { LastModifiedDate: now, LastModifiedById: by.userId, SystemModstamp: now };
}
