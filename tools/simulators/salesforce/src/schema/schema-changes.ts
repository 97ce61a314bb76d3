import type { FieldDefinition, PicklistEntry, ValidationRule } from './definition.ts';
import type { SchemaEntry } from './object-shape.ts';

/** What an administrator can do to the metadata. All throw for an object or a field that is not there. */
export interface SchemaChanges {
  /** Field-level security: the field is there, but no caller sees it. */
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

/** `onChange` is called after every change. */
export function schemaChanges(entries: Map<string, SchemaEntry>, onChange: () => void): SchemaChanges {
  const change = (object: string, work: (entry: SchemaEntry) => unknown): void => {
    const entry = entries.get(object.toLowerCase());
    if (!entry) throw new Error(`The simulated org has no object ${object}.`);
    work(entry);
    onChange();
  };
  const changeField = (
    object: string,
    name: string,
    work: (entry: SchemaEntry, field: FieldDefinition) => unknown,
  ): void =>
    change(object, (entry) => {
      const field = entry.all.get(name.toLowerCase());
      if (!field) throw new Error(`${object} of the simulated org has no field ${name}.`);
      work(entry, field);
    });
  const put = (entry: SchemaEntry, field: FieldDefinition): void => {
    entry.all.set(field.name.toLowerCase(), field);
  };
  return {
    hideField: (object, name) => changeField(object, name, (entry) => entry.hidden.add(name.toLowerCase())),
    showField: (object, name) => changeField(object, name, (entry) => entry.hidden.delete(name.toLowerCase())),
    dropField: (object, name) => changeField(object, name, (entry) => entry.all.delete(name.toLowerCase())),
    addField: (object, field) => change(object, (entry) => put(entry, field)),
    setPicklist: (object, name, entries) =>
      changeField(object, name, (entry, field) =>
        put(entry, { ...field, picklist: { restricted: true, ...field.picklist, entries } }),
      ),
    setRestricted: (object, name, restricted) =>
      changeField(object, name, (entry, field) =>
        put(entry, { ...field, picklist: { entries: [], ...field.picklist, restricted } }),
      ),
    addRule: (object, rule) => change(object, (entry) => entry.rules.push(rule)),
    clearRules: (object) => change(object, (entry) => entry.rules.splice(0)),
    dropObject: (object) => change(object, () => entries.delete(object.toLowerCase())),
  };
}
