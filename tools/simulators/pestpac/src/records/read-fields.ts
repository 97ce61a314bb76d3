import type { Lookups } from '../data/lookups.ts';
import type { Field } from './field.ts';
import type { Problem } from './refusal.ts';
import type { Fields, Value } from './value.ts';
import { localDate } from './local-date.ts';
import { storedPhone } from './phone.ts';
import { Refusal } from './refusal.ts';
import { isFields } from './value.ts';

/** What sent values are read against. */
export interface Reading {
  lookups: Lookups;
  zone: string;
}

/**
 * The fields of a table that were sent, names in any case and spelt as the table spells them; names that the table does
 * not have are dropped, as model binding does. Throws a Refusal of 400 that names every field which is wrong.
 */
export function readFields(table: readonly Field[], sent: unknown, reading: Reading): Fields {
  if (!isFields(sent)) throw new Refusal(400, [{ field: '', message: 'A non-empty request body is required.' }]);
  const problems: Problem[] = [];
  const fields = readObject({ table, sent, reading, problems, path: '' });
  if (problems.length > 0) throw new Refusal(400, problems);
  return fields;
}

interface ObjectReading {
  table: readonly Field[];
  sent: Fields;
  reading: Reading;
  problems: Problem[];
  path: string;
}

function readObject({ table, sent, reading, problems, path }: ObjectReading): Fields {
  const byName = new Map(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
  const fields: Fields = {};
  for (const field of table) {
    const value = byName.get(field.name.toLowerCase());
    const at = path + field.name;
    if (field.required && isBlank(value)) problems.push({ field: at, message: `The ${at} field is required.` });
    else if (value !== undefined) fields[field.name] = readValue(field, value, { reading, problems, path: at });
  }
  return fields;
}

function isBlank(value: Value | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

interface ValueReading {
  reading: Reading;
  problems: Problem[];
  path: string;
}

function readValue(field: Field, value: Value, how: ValueReading): Value {
  const wrong = (message: string): Value => {
    how.problems.push({ field: how.path, message });
    return null;
  };
  if (value === null) {
    return field.nullable ? null : wrong(`${how.path}: a null cannot be converted to ${field.type}.`);
  }
  switch (field.type) {
    case 'text':
    case 'phone':
      return readText(field, value, { ...how, wrong });
    case 'enum':
      return (
        field.values?.find((one) => one.toLowerCase() === String(value).toLowerCase()) ?? wrongEnum(field, wrong, how)
      );
    case 'int':
    case 'number':
      return readNumber(field, value, { ...how, wrong });
    case 'bool':
      return readFlag(value) ?? wrong(`${how.path}: the value cannot be converted to a boolean.`);
    case 'date':
      return readDate(value, { ...how, wrong });
    case 'list':
      return readList(field, value, { ...how, wrong });
    case 'map':
      if (!field.of) return value;
      return isFields(value)
        ? readObject({ ...how, table: field.of, sent: value, path: `${how.path}.` })
        : wrong(`${how.path} must be an object.`);
  }
}

type Saying = ValueReading & { wrong: (message: string) => Value };

function wrongEnum(field: Field, wrong: Saying['wrong'], { path }: ValueReading): Value {
  return wrong(`${path} must be one of ${field.values?.join(', ')}.`);
}

function readText(field: Field, value: Value, { reading, path, wrong }: Saying): Value {
  if (typeof value === 'object' || typeof value === 'boolean') return wrong(`${path} must be a string.`);
  const sent = String(value);
  if (field.max !== undefined && sent.length > field.max) {
    return wrong(`The field ${path} must be a string with a maximum length of ${field.max}.`);
  }
  if (sent === '') return sent;
  if (field.pattern && !field.pattern.test(sent)) return wrong(`The field ${path} is not of the expected form.`);
  if (field.reference && !isListed(field, sent, reading.lookups)) return wrong(`${path} '${sent}' is not valid.`);
  return field.type === 'phone' ? storedPhone(sent) : sent;
}

/** Codes are compared as they are spelt, and only the active ones count. */
function isListed(field: Field, sent: string, lookups: Lookups): boolean {
  const { reference } = field;
  if (!reference) return true;
  const { list, by, only } = reference;
  return lookups[list].some((row) => {
    const allowed = !only || only.values.some((value) => value === row[only.field]);
    return row[by] === sent && row['Active'] !== false && allowed;
  });
}

function readNumber(field: Field, value: Value, { path, wrong }: Saying): Value {
  const blank = value === '' && field.nullable;
  if (blank) return null;
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  const fits = field.type === 'int' ? Number.isSafeInteger(number) : Number.isFinite(number);
  return fits ? number : wrong(`${path}: the value cannot be converted to ${field.type}.`);
}

function readFlag(value: Value): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 'true' || value === 'True' ? true : value === 'false' || value === 'False' ? false : null;
}

function readDate(value: Value, { reading, path, wrong }: Saying): Value {
  if (value === '') return null;
  const read = typeof value === 'string' ? localDate(value, reading.zone) : null;
  return read ?? wrong(`${path}: could not convert to DateTime.`);
}

function readList(field: Field, value: Value, { reading, problems, path, wrong }: Saying): Value {
  if (!Array.isArray(value)) return wrong(`${path} must be an array.`);
  return value.map((one, index) => {
    const at = `${path}[${index}]`;
    if (field.entries) return readValue(field.entries, one, { reading, problems, path: at });
    if (!field.of) return one;
    if (isFields(one)) return readObject({ table: field.of, sent: one, reading, problems, path: `${at}.` });
    return wrong(`${at} must be an object.`);
  });
}
