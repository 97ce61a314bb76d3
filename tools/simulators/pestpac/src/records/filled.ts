import type { Field } from './field.ts';
import type { Fields, Value } from './value.ts';
import { NO_DATE } from './local-date.ts';

/** A whole record: every field of the table, those not given as PestPac leaves them. */
export function filled(table: readonly Field[], given: Fields): Fields {
  return Object.fromEntries(table.map((field) => [field.name, filledValue(field, given[field.name])]));
}

function filledValue(field: Field, value: Value | undefined): Value {
  const absent = value === undefined || value === null;
  if (absent) return standard(field);
  const { of } = field;
  if (field.type === 'list' && of && Array.isArray(value)) return value.map((one) => filled(of, one as Fields));
  return value;
}

function standard(field: Field): Value {
  switch (field.type) {
    case 'text':
    case 'phone':
      return '';
    case 'enum':
      return field.values?.[0] ?? '';
    case 'int':
    case 'number':
      return field.nullable ? null : 0;
    case 'bool':
      return field.nullable ? null : false;
    case 'date':
      return field.nullable ? null : NO_DATE;
    case 'list':
      return [];
    case 'map':
      return null;
  }
}
