import type { FieldDefinition, PicklistEntry, ValidationRule } from '../schema/definition.ts';
import type { ControlParts } from './parts.ts';
import { granted } from './granted.ts';

/** The org's metadata, as its administrator changes it. All throw ControlError for an unknown object or field. */
export interface SchemaControl {
  /** Field-level security: callers no longer see the field, and a query that names it fails as a whole. */
  hideField(object: string, field: string): void;
  showField(object: string, field: string): void;
  /** The field is gone from the schema. */
  dropField(object: string, field: string): void;
  addField(object: string, field: FieldDefinition): void;
  /** Replaces the entries of a picklist; plain texts are active entries without a controlling value. */
  setPicklist(object: string, field: string, entries: readonly (PicklistEntry | string)[]): void;
  /** Whether an undeclared value, or a detail that does not go with its result, is refused or kept. */
  setRestricted(object: string, field: string, restricted: boolean): void;
  addRule(object: string, rule: ValidationRule): void;
  clearRules(object: string): void;
  /** The package is not installed, or only half. */
  dropObject(object: string): void;
}

export function schemaControl({ org: { schema } }: ControlParts): SchemaControl {
  return {
    hideField: (object, field) => granted(() => schema.hideField(object, field)),
    showField: (object, field) => granted(() => schema.showField(object, field)),
    dropField: (object, field) => granted(() => schema.dropField(object, field)),
    addField: (object, field) => granted(() => schema.addField(object, field)),
    setPicklist: (object, field, entries) => {
      const whole = entries.map((entry) => (typeof entry === 'string' ? { value: entry } : entry));
      granted(() => schema.setPicklist(object, field, whole));
    },
    setRestricted: (object, field, restricted) => granted(() => schema.setRestricted(object, field, restricted)),
    addRule: (object, rule) => granted(() => schema.addRule(object, rule)),
    clearRules: (object) => granted(() => schema.clearRules(object)),
    dropObject: (object) => granted(() => schema.dropObject(object)),
  };
}
