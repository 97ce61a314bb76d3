import type { Column, Scope } from './scope.ts';
import { id18 } from '../ids.ts';
import { dateTimeText } from '../records/row.ts';
import { SalesforceError } from '../records/salesforce-error.ts';
import { placeOf, soqlError } from './soql-error.ts';

/** What a condition compares with. A range is a span of days such as TODAY: from, and up to but without, to. */
export type Operand =
  { kind: 'null' } | { kind: 'value'; value: string | number | boolean } | { kind: 'range'; from: string; to: string };

export interface Literal {
  text: string;
  type: string;
}

const LONGEST_STRING = 4000;
const DAY = 86_400_000;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
};
const NUMERIC = ['int', 'double', 'currency'];

/** The value of a literal for a column. Throws when the column cannot be compared with such a literal. */
export function operandOf(scope: Scope, column: Column, literal: Literal): Operand {
  if (literal.type === 'NULL') return { kind: 'null' };
  if (column.type === 'boolean')
    return literal.type === 'BOOLEAN'
      ? valueOf(literal.text.toUpperCase() === 'TRUE')
      : wrongType(scope, column, 'boolean', literal);
  if (NUMERIC.includes(column.type)) {
    const fits = literal.type === 'INTEGER' || literal.type === 'DECIMAL';
    return fits ? valueOf(Number(literal.text)) : wrongType(scope, column, 'number', literal);
  }
  if (column.type === 'datetime' || column.type === 'date') return timeOf(scope, column, literal);
  if (literal.type !== 'STRING') return wrongType(scope, column, 'string', literal);
  const text = unquoted(scope, literal.text, false);
  if (column.type !== 'id' && column.type !== 'reference') return text === '' ? { kind: 'null' } : valueOf(text);
  const id = id18(text);
  if (id === undefined) {
    throw soqlError(
      'INVALID_QUERY_FILTER_OPERATOR',
      { soql: scope.soql, at: placeOf(scope.soql, column.field.name) },
      `invalid ID field: ${text}`,
    );
  }
  return valueOf(id);
}

/** The text of a quoted literal. `like` keeps `\_` and `\%` as they are; elsewhere they are errors, as any other escape. */
export function unquoted(scope: Scope, literal: string, like: boolean): string {
  const inner = literal.slice(1, -1);
  if (inner.length > LONGEST_STRING) {
    throw new SalesforceError('MALFORMED_QUERY', 'A string in a WHERE clause cannot be longer than 4000 characters.');
  }
  return inner.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (whole, escape: string) => {
    if (escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    if (like && (escape === '_' || escape === '%' || escape === '\\')) return whole;
    const known = ESCAPES[escape];
    if (known !== undefined) return known;
    const at = scope.soql.indexOf(literal) + 1;
    throw soqlError(
      'MALFORMED_QUERY',
      { soql: scope.soql, at },
      `Invalid string literal ${literal}. Illegal character sequence '${whole}' in string literal.`,
    );
  });
}

function timeOf(scope: Scope, column: Column, literal: Literal): Operand {
  if (literal.type === 'DATE_LITERAL' || literal.type === 'DATE_N_LITERAL') return spanOf(scope, column, literal.text);
  if (column.type === 'date') {
    return literal.type === 'DATE' ? valueOf(literal.text) : wrongType(scope, column, 'date', literal);
  }
  const at = literal.type === 'DATETIME' ? Date.parse(literal.text) : Number.NaN;
  return Number.isNaN(at) ? wrongType(scope, column, 'dateTime', literal) : valueOf(dateTimeText(at));
}

/** Days are those of UTC: the simulated user has no other zone. */
function spanOf(scope: Scope, column: Column, literal: string): Operand {
  const today = Math.floor(scope.now / DAY) * DAY;
  const [name = '', count] = literal.toUpperCase().split(':');
  const days = Number(count ?? 0);
  const spans: Readonly<Record<string, readonly [number, number]>> = {
    TODAY: [0, 1],
    YESTERDAY: [-1, 0],
    TOMORROW: [1, 2],
    LAST_N_DAYS: [-days, 1],
    NEXT_N_DAYS: [1, days + 1],
    N_DAYS_AGO: [-days, -days + 1],
  };
  const span = spans[name];
  if (!span) {
    const at = placeOf(scope.soql, name);
    throw soqlError(
      'MALFORMED_QUERY',
      { soql: scope.soql, at },
      `The date literal ${literal} is unknown to this simulated org.`,
    );
  }
  const [from, to] = span.map((day) => today + day * DAY) as [number, number];
  const print = (ms: number): string => (column.type === 'date' ? dateTimeText(ms).slice(0, 10) : dateTimeText(ms));
  return { kind: 'range', from: print(from), to: print(to) };
}

function valueOf(value: string | number | boolean): Operand {
  return { kind: 'value', value };
}

function wrongType(scope: Scope, column: Column, type: string, literal: Literal): never {
  const quotes = type === 'string' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  throw soqlError(
    'INVALID_FIELD',
    { soql: scope.soql, at: Math.max(0, scope.soql.indexOf(literal.text)) },
    `value of filter criterion for field '${column.field.name}' must be of type ${type} and ${quotes}`,
  );
}
