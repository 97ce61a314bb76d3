import type { FieldDefinition, ObjectDefinition, PicklistEntry, ValidationRule } from './definition.ts';
import { SYSTEM_FIELDS } from './system-fields.ts';

/** An object as callers may see it now. Names are found in any case. */
export interface ObjectShape {
  readonly name: string;
  readonly definition: ObjectDefinition;
  readonly rules: ValidationRule[];
  /** Fields that callers can see, in describe order. */
  fields(): readonly FieldDefinition[];
  field(name: string): FieldDefinition | undefined;
  /** Every field, hidden ones too. */
  allFields(): Iterable<FieldDefinition>;
  /** Also what field-level security hides: the org itself still sees it. */
  anyField(name: string): FieldDefinition | undefined;
  isHidden(name: string): boolean;
  /** The lookup behind the name of a parent. */
  parent(relationship: string): FieldDefinition | undefined;
}

export interface ChildRelation {
  object: ObjectShape;
  field: FieldDefinition;
  relationship: string;
}

/** The org's metadata. Everything that queries, writes and describe know about objects comes from here. */
export interface Schema {
  /** Grows with every change. */
  readonly version: number;
  /** Epoch milliseconds of the last change. */
  readonly changedAt: number;
  objects(): readonly ObjectShape[];
  object(name: string): ObjectShape | undefined;
  /** The object that an id belongs to, by its first three characters. */
  objectOfId(id: string): ObjectShape | undefined;
  childRelations(object: ObjectShape): readonly ChildRelation[];
  /** Field-level security: the field is there, but no caller sees it. Throws for an unknown field, as all below. */
  hideField(object: string, field: string): void;
  showField(object: string, field: string): void;
  /** The field is gone, with what it held. */
  dropField(object: string, field: string): void;
  addField(object: string, field: FieldDefinition): void;
  setPicklist(object: string, field: string, entries: readonly PicklistEntry[]): void;
  setRestricted(object: string, field: string, restricted: boolean): void;
  addRule(object: string, rule: ValidationRule): void;
  clearRules(object: string): void;
  dropObject(object: string): void;
}

interface Entry extends ObjectShape {
  all: Map<string, FieldDefinition>;
  hidden: Set<string>;
}

export function createSchema(definitions: readonly ObjectDefinition[], now: () => number): Schema {
  const entries = new Map(definitions.map((definition) => [definition.name.toLowerCase(), entryOf(definition)]));
  const byPrefix = new Map([...entries.values()].map((entry) => [entry.definition.keyPrefix, entry]));
  let version = 1;
  let changedAt = now();
  const change = (object: string, work: (entry: Entry) => void): void => {
    const entry = entries.get(object.toLowerCase());
    if (!entry) throw new Error(`The simulated org has no object ${object}.`);
    work(entry);
    version += 1;
    changedAt = now();
  };
  const changeField = (
    object: string,
    name: string,
    work: (field: FieldDefinition, entry: Entry) => FieldDefinition | undefined,
  ): void =>
    change(object, (entry) => {
      const field = entry.all.get(name.toLowerCase());
      if (!field) throw new Error(`${object} of the simulated org has no field ${name}.`);
      const next = work(field, entry);
      if (next) entry.all.set(name.toLowerCase(), next);
    });
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
    hideField: (object, field) =>
      changeField(object, field, (_, entry) => {
        entry.hidden.add(field.toLowerCase());
        return undefined;
      }),
    showField: (object, field) =>
      changeField(object, field, (_, entry) => {
        entry.hidden.delete(field.toLowerCase());
        return undefined;
      }),
    dropField: (object, field) =>
      changeField(object, field, (_, entry) => {
        entry.all.delete(field.toLowerCase());
        return undefined;
      }),
    addField: (object, field) => change(object, (entry) => entry.all.set(field.name.toLowerCase(), field)),
    setPicklist: (object, field, values) =>
      changeField(object, field, (before) => ({
        ...before,
        picklist: { restricted: true, ...before.picklist, entries: values },
      })),
    setRestricted: (object, field, restricted) =>
      changeField(object, field, (before) => ({
        ...before,
        picklist: { entries: [], ...before.picklist, restricted },
      })),
    addRule: (object, rule) => change(object, (entry) => entry.rules.push(rule)),
    clearRules: (object) => change(object, (entry) => entry.rules.splice(0)),
    dropObject: (object) => change(object, () => entries.delete(object.toLowerCase())),
  };
}

function entryOf(definition: ObjectDefinition): Entry {
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

function childRelations(all: Iterable<Entry>, parent: ObjectShape): ChildRelation[] {
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
