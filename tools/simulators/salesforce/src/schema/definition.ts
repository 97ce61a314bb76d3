/** What a field or a row can hold. Dates are texts: `2026-11-20`, and `2026-11-20T15:30:00.000+0000` always in UTC. */
export type Value = string | number | boolean | null;

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'date'
  | 'datetime'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'base64';

/** One entry of a picklist. `validFor` of a dependent entry names the controlling values; describe makes it a bitmap. */
export interface PicklistEntry {
  value: string;
  /** Default: the value. */
  label?: string;
  /** Default true. */
  active?: boolean;
  default?: boolean;
  validFor?: readonly string[];
}

export interface Picklist {
  /** An undeclared value is refused; otherwise it is kept and becomes an inactive entry. */
  restricted: boolean;
  /** The field that decides which entries may be used. */
  controller?: string;
  entries: readonly PicklistEntry[];
}

export interface Reference {
  /** One object, or several for a lookup that may point at any of them. */
  to: readonly string[];
  /** The name of the parent in a query. */
  relationship: string;
  /** The name of the list of children in a query on the parent. */
  children?: string;
  /** Children go with their parent when it is deleted. */
  cascade?: boolean;
}

export interface FieldDefinition {
  name: string;
  type: FieldType;
  /** Default: made from the name. */
  label?: string;
  /** Characters. Default 255 for texts. */
  length?: number;
  /** Must have a value. Default false. */
  required?: boolean;
  /** Both default to true, and to false for a formula. */
  createable?: boolean;
  updateable?: boolean;
  /** Computed when read: the first of these paths that has a value. Never moves a stamp. */
  formula?: readonly string[];
  /** Computed when read: these fields with a blank between. */
  joined?: readonly string[];
  /** `SA-` and a number of six digits, given on creation. */
  autoNumber?: string;
  default?: Value;
  externalId?: boolean;
  unique?: boolean;
  reference?: Reference;
  picklist?: Picklist;
  /** Can be used in WHERE. Default true, and false for long texts and contents. */
  filterable?: boolean;
}

/** A customer's own check: when all of `when` holds and `missing` is empty (or not named), the write is refused. */
export interface ValidationRule {
  message: string;
  when: Readonly<Record<string, Value>>;
  missing?: string;
  /** The field that the message is shown at. */
  at?: string;
  /** Refused by a flow instead of a validation rule. */
  flow?: boolean;
}

export interface ObjectDefinition {
  name: string;
  label: string;
  labelPlural?: string;
  /** First three characters of its ids. */
  keyPrefix: string;
  fields: readonly FieldDefinition[];
  /** Names of record types beside the master. */
  recordTypes?: readonly string[];
  rules?: readonly ValidationRule[];
  createable?: boolean;
  updateable?: boolean;
  deletable?: boolean;
}
