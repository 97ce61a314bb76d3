import type { FieldDefinition, ObjectDefinition, ValidationRule } from './definition.ts';

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

/** An object whose parts the org can change. */
export interface SchemaEntry extends ObjectShape {
  all: Map<string, FieldDefinition>;
  hidden: Set<string>;
}
