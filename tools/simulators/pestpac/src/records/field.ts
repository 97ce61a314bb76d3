import type { LookupName } from '../data/lookups.ts';

/** What a field may hold. */
export type FieldType = 'text' | 'phone' | 'enum' | 'int' | 'number' | 'bool' | 'date' | 'list' | 'map';

/** A code of one of the company's lists. */
export interface Reference {
  list: LookupName;
  /** The field of the list that is sent: Branch by Name, people by Username, the rest by Code. */
  by: string;
  /** Which rows of the list are allowed here. */
  only?: { field: string; values: readonly (string | boolean)[] };
}

/** One line of the vendor's tables. */
export interface Field {
  name: string;
  type: FieldType;
  /** Whether null may be sent. */
  nullable: boolean;
  required: boolean;
  /** Longest text, counted in characters as they were sent. */
  max?: number;
  min?: number;
  /** Of an enum; the first is what a record has that was created without it. */
  values?: readonly string[];
  reference?: Reference;
  /** What the rows of a list, or the object of a map, are made of. Without it anything goes in. */
  of?: readonly Field[];
  /** What the entries of a plain list are. */
  entries?: Field;
  pattern?: RegExp;
}

type More = Partial<Omit<Field, 'name' | 'type'>>;

const field =
  (type: FieldType, standard: More = {}) =>
  (name: string, more: More = {}): Field => ({
    name,
    type,
    nullable: true,
    required: false,
    ...standard,
    ...more,
  });

export const text = (name: string, max?: number, more: More = {}): Field =>
  field('text')(name, { ...(max === undefined ? {} : { max }), ...more });
export const phone = (name: string): Field => field('phone')(name, { max: 12 });
export const choice = (name: string, values: readonly string[], more: More = {}): Field =>
  field('enum', { nullable: false })(name, { values, ...more });
export const int = field('int', { nullable: false });
export const maybeInt = field('int');
export const amount = field('number', { nullable: false });
export const maybeAmount = field('number');
export const flag = field('bool', { nullable: false });
export const maybeFlag = field('bool');
export const date = field('date');
export const sureDate = field('date', { nullable: false });
export const list = (name: string, of: readonly Field[], more: More = {}): Field =>
  field('list')(name, { of, ...more });
export const plainList = (name: string, entries: Field): Field => field('list')(name, { entries });
export const map = field('map');
/** The entry of a plain list. */
export const entry = (type: 'text' | 'int', more: More = {}): Field => field(type, { nullable: false })('entry', more);

export const code = (name: string, list: LookupName, more: { max?: number; only?: Reference['only'] } = {}): Field =>
  text(name, more.max, { reference: { list, by: 'Code', ...(more.only ? { only: more.only } : {}) } });
export const branch = (): Field => text('Branch', 35, { reference: { list: 'Branches', by: 'Name' } });
export const person = (name: string, max?: number, only?: Reference['only']): Field =>
  text(name, max, { reference: { list: 'Employees', by: 'Username', ...(only ? { only } : {}) } });
