import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import type { ObjectShape, SchemaEntry } from './object-shape.ts';
import type { SchemaChanges } from './schema-changes.ts';
import { schemaChanges } from './schema-changes.ts';
import { SYSTEM_FIELDS } from './system-fields.ts';

export interface ChildRelation {
  object: ObjectShape;
  field: FieldDefinition;
  relationship: string;
}

/** The org's metadata. Everything that queries, writes and describe know about objects comes from here. */
export interface Schema extends SchemaChanges {
  /** Grows with every change. */
  readonly version: number;
  /** Epoch milliseconds of the last change. */
  readonly changedAt: number;
  objects(): readonly ObjectShape[];
  object(name: string): ObjectShape | undefined;
  /** The object that an id belongs to, by its first three characters. */
  objectOfId(id: string): ObjectShape | undefined;
  childRelations(object: ObjectShape): readonly ChildRelation[];
}

export function createSchema(definitions: readonly ObjectDefinition[], now: () => number): Schema {
  const entries = new Map(definitions.map((definition) => [definition.name.toLowerCase(), entryOf(definition)]));
  const byPrefix = new Map([...entries.values()].map((entry) => [entry.definition.keyPrefix, entry]));
  let version = 1;
  let changedAt = now();
  const onChange = (): void => {
    version += 1;
    changedAt = now();
  };
  return {
    get version() {
      return version;
    },
    get changedAt() {
      return changedAt;
    },
    objects: () => [...entries.values()],
    object: (name) => entries.get(name.toLowerCase()),
    objectOfId: (id) => {
      const entry = byPrefix.get(id.slice(0, 3));
      return entry && entries.has(entry.name.toLowerCase()) ? entry : undefined;
    },
    childRelations: (object) => childRelations(entries.values(), object),
    ...schemaChanges(entries, onChange),
  };
}

function entryOf(definition: ObjectDefinition): SchemaEntry {
  const all = new Map([...SYSTEM_FIELDS, ...definition.fields].map((field) => [field.name.toLowerCase(), field]));
  const hidden = new Set<string>();
  const visible = (name: string): FieldDefinition | undefined =>
    hidden.has(name.toLowerCase()) ? undefined : all.get(name.toLowerCase());
  return {
    name: definition.name,
    definition,
    rules: [...(definition.rules ?? [])],
    all,
    hidden,
    fields: () => [...all.values()].filter((field) => !hidden.has(field.name.toLowerCase())),
    field: visible,
    allFields: () => all.values(),
    anyField: (name) => all.get(name.toLowerCase()),
    isHidden: (name) => hidden.has(name.toLowerCase()),
    parent: (relationship) => {
      const wanted = relationship.toLowerCase();
      for (const field of all.values()) if (field.reference?.relationship.toLowerCase() === wanted) return field;
      return undefined;
    },
  };
}

function childRelations(all: Iterable<SchemaEntry>, parent: ObjectShape): ChildRelation[] {
  const found: ChildRelation[] = [];
  for (const entry of all) {
    for (const field of entry.fields()) {
      const reference = field.reference;
      if (reference?.children === undefined || !reference.to.includes(parent.name)) continue;
      found.push({ object: entry, field, relationship: reference.children });
    }
  }
  return found;
}
