import type { Call } from '../api/route.ts';
import type { Field } from '../records/field.ts';
import type { Rows } from '../records/rows.ts';
import type { Fields } from '../records/value.ts';
import { idOf } from '../api/route.ts';
import { patched } from '../records/patched.ts';
import { readFields } from '../records/read-fields.ts';
import { refusal } from '../records/refusal.ts';

/** The call's body as fields of a table. Throws a Refusal of 400 that names what is wrong. */
export function bodyOf({ company, body }: Call, table: readonly Field[]): Fields {
  return readFields(table, body, { lookups: company.lookups, zone: company.clock.zone });
}

/** A record's fields after the call's patch, read as if they had been sent. */
export function patchOf(call: Call, table: readonly Field[], row: Fields): Fields {
  const own = Object.fromEntries(table.map(({ name }) => [name, row[name] ?? null]));
  const sent = Object.entries(patched(table, own, call.body)).filter(([, value]) => value !== null);
  return bodyOf({ ...call, body: Object.fromEntries(sent) }, table);
}

/** The record whose number is in the path. Throws a Refusal of 404. */
export function rowAt(call: Call, rows: Rows, name = 'id'): Fields {
  const row = rows.get(idOf(call, name));
  if (!row) throw refusal(404, `${rows.idName} ${call.params[name] ?? ''} was not found.`);
  return row;
}

/** The record that a field of a body names. Throws a Refusal of 400: a body cannot point into nowhere. */
export function rowNamed(rows: Rows, fields: Fields): Fields {
  const id = fields[rows.idName];
  const row = typeof id === 'number' ? rows.get(id) : undefined;
  if (!row) throw refusal(400, `${rows.idName} '${String(id ?? '')}' is not valid.`, rows.idName);
  return row;
}
