import type { Field } from './field.ts';
import type { Fields, Value } from './value.ts';
import { refusal } from './refusal.ts';
import { isFields } from './value.ts';

/**
 * A record after the operations of an RFC 6902 list. Paths are names of the table in any case, and
 * `/userdefinedfields/<caption>`. Throws a Refusal of 400 for anything else.
 */
export function patched(table: readonly Field[], row: Fields, operations: unknown): Fields {
  if (!Array.isArray(operations) || operations.length === 0) {
    throw refusal(400, 'A JSON patch is an array of operations with op, path and value.');
  }
  return (operations as Value[]).reduce<Fields>((before, one) => operated(table, before, one), row);
}

function operated(table: readonly Field[], row: Fields, sent: Value): Fields {
  const operation = isFields(sent)
    ? Object.fromEntries(Object.entries(sent).map(([n, v]) => [n.toLowerCase(), v]))
    : {};
  const { op, path, value = null } = operation;
  const [name = '', caption] = String(path ?? '')
    .replace(/^\//, '')
    .split('/');
  const field = table.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!field) throw refusal(400, `The target location specified by path '${String(path)}' was not found.`);
  if (op !== 'add' && op !== 'replace' && op !== 'remove')
    throw refusal(400, `The operation '${String(op)}' is not valid.`);
  const next = op === 'remove' ? null : value;
  if (caption === undefined) return { ...row, [field.name]: op === 'remove' && !field.nullable ? '' : next };
  if (field.name !== 'UserDefinedFields') throw refusal(400, `The path '${String(path)}' leads nowhere.`);
  return { ...row, [field.name]: withCaption(row[field.name] ?? [], decodeURIComponent(caption), next) };
}

function withCaption(list: Value, caption: string, value: Value): Value[] {
  const others = (Array.isArray(list) ? list : []).filter((one) => !(isFields(one) && one['Caption'] === caption));
  return value === null ? others : [...others, { Caption: caption, Value: value }];
}
