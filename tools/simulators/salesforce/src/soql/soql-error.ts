import { SalesforceError } from '../records/salesforce-error.ts';

const AROUND = 40;

/** A refusal of a statement with an extract, a mark under the place, the place in numbers, and the reason. */
export function soqlError(code: string, where: { soql: string; at: number }, reason: string): SalesforceError {
  const at = Math.max(0, Math.min(where.at, where.soql.length));
  const before = where.soql.slice(0, at);
  const row = before.split('\n').length;
  const column = at - (before.lastIndexOf('\n') + 1) + 1;
  const from = Math.max(before.lastIndexOf('\n') + 1, at - AROUND);
  const extract = where.soql.slice(from, at + AROUND).split('\n')[0] ?? '';
  const mark = `${' '.repeat(at - from)}^`;
  return new SalesforceError(code, `\n${extract}\n${mark}\nERROR at Row:${row}:Column:${column}\n${reason}`);
}

/** Where a name stands in the statement, not as a part of a longer name; the end when it does not. */
export function placeOf(soql: string, name: string): number {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`(?<![\\w.])${escaped}(?![\\w])`, 'i').exec(soql);
  return found ? found.index : soql.length;
}

export function noSuchColumn(soql: string, entity: string, name: string): SalesforceError {
  return soqlError(
    'INVALID_FIELD',
    { soql, at: placeOf(soql, name) },
    `No such column '${name.split('.').at(-1)}' on entity '${entity}'. If you are attempting to use a custom field, be ` +
      `sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the ` +
      `appropriate names.`,
  );
}

export function noSuchType(soql: string, name: string): SalesforceError {
  return soqlError(
    'INVALID_TYPE',
    { soql, at: placeOf(soql, name) },
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' ` +
      `after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

export function noSuchRelationship(
  soql: string,
  name: string,
  part: 'field path' | 'FROM part of query call',
): SalesforceError {
  return soqlError(
    part === 'field path' ? 'INVALID_FIELD' : 'INVALID_TYPE',
    { soql, at: placeOf(soql, name) },
    `Didn't understand relationship '${name}' in ${part}. If you are attempting to use a custom relationship, be sure ` +
      `to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the ` +
      `appropriate names.`,
  );
}
