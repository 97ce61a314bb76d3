import type { ConditionWithValueQuery, Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { Row } from '../records/row.ts';
import type { Test } from './comparison.ts';
import type { Literal, Operand } from './literals.ts';
import type { Column, Scope } from './scope.ts';
import { isFilterable } from '../schema/describe.ts';
import { compareTest, includesTest, likeTest, memberTest } from './comparison.ts';
import { operandOf, unquoted } from './literals.ts';
import { columnOf } from './scope.ts';
import { placeOf, soqlError } from './soql-error.ts';

/** A WHERE clause made ready. */
export interface Filter {
  test: Test;
  /** The only rows that can pass, where an id or a lookup names them; otherwise every row must be looked at. */
  candidates?: (() => Iterable<Row>) | undefined;
  /** Fields that are compared with `=` or `IN` and must hold: what some objects insist on. */
  fixed: readonly string[];
}

/** Gives the values of the one field that a query in parentheses selects. */
export type SubSelect = (query: Query) => readonly Operand[];

type Token = '(' | ')' | 'NOT' | 'AND' | 'OR' | ConditionWithValueQuery;

export function filterOf(scope: Scope, where: WhereClause | undefined, subSelect: SubSelect): Filter {
  if (!where) return { test: () => true, fixed: [] };
  const tokens: Token[] = [];
  flatten(where, tokens);
  const reader = { tokens, at: 0, scope, subSelect };
  return expression(reader);
}

/** The parser leaves parentheses as counts at the conditions: a row of tokens is easier to read than its tree. */
function flatten(clause: WhereClause | undefined, tokens: Token[]): void {
  for (let node: WhereClause | undefined = clause; node; node = 'right' in node ? node.right : undefined) {
    const left: { openParen?: number; closeParen?: number } | null = node.left;
    for (let open = left?.openParen ?? 0; open > 0; open -= 1) tokens.push('(');
    if (left && ('operator' in left || 'fn' in left)) tokens.push(left as ConditionWithValueQuery);
    for (let close = left?.closeParen ?? 0; close > 0; close -= 1) tokens.push(')');
    if ('operator' in node) tokens.push(node.operator);
  }
}

interface Reading {
  tokens: readonly Token[];
  at: number;
  scope: Scope;
  subSelect: SubSelect;
}

/** AND and OR side by side need parentheses, as in the real thing. */
function expression(reading: Reading): Filter {
  const parts = [unary(reading)];
  let joint: Token | undefined;
  for (;;) {
    const next = reading.tokens[reading.at];
    if (next !== 'AND' && next !== 'OR') break;
    if (joint !== undefined && joint !== next) {
      const { soql } = reading.scope;
      throw soqlError('MALFORMED_QUERY', { soql, at: placeOf(soql, next) }, `unexpected token: '${next}'`);
    }
    joint = next;
    reading.at += 1;
    parts.push(unary(reading));
  }
  return joint === 'OR' ? either(parts) : both(parts);
}

function unary(reading: Reading): Filter {
  const token = reading.tokens[reading.at];
  reading.at += 1;
  if (token === 'NOT') {
    const inner = unary(reading);
    return { test: (row) => !inner.test(row), fixed: [] };
  }
  if (token === '(') {
    const inner = expression(reading);
    if (reading.tokens[reading.at] === ')') reading.at += 1;
    return inner;
  }
  if (typeof token !== 'object') {
    const { soql } = reading.scope;
    throw soqlError('MALFORMED_QUERY', { soql, at: soql.length }, `unexpected token: ${token ?? '<EOF>'}`);
  }
  return condition(reading, token);
}

function both(parts: readonly Filter[]): Filter {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const tests = parts.map((part) => part.test);
  return {
    test: (row) => tests.every((test) => test(row)),
    candidates: parts.find((part) => part.candidates)?.candidates,
    fixed: parts.flatMap((part) => part.fixed),
  };
}

function either(parts: readonly Filter[]): Filter {
  const tests = parts.map((part) => part.test);
  return { test: (row) => tests.some((test) => test(row)), fixed: [] };
}

function condition({ scope, subSelect }: Reading, token: ConditionWithValueQuery): Filter {
  if (!('field' in token)) {
    throw soqlError(
      'MALFORMED_QUERY',
      { soql: scope.soql, at: 0 },
      'Functions in WHERE are unknown to this simulated org.',
    );
  }
  const column = columnOf(scope, token.field);
  if (!isFilterable(column.field)) {
    const at = placeOf(scope.soql, token.field);
    throw soqlError(
      'INVALID_FIELD',
      { soql: scope.soql, at },
      `field '${column.field.name}' can not be filtered in a query call`,
    );
  }
  const operator = token.operator.toUpperCase();
  if ('valueQuery' in token) return member(scope, column, { operands: subSelect(token.valueQuery), operator });
  const literals = literalsOf(token);
  if (operator === 'LIKE') return { test: likeTest(column, patternOf(scope, column, literals)), fixed: [] };
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    const wanted = literals.map((literal) => unquoted(scope, literal.text, false));
    return { test: includesTest(column, wanted, operator === 'EXCLUDES'), fixed: [] };
  }
  const operands = literals.map((literal) => operandOf(scope, column, literal));
  if (operator === 'IN' || operator === 'NOT IN') return member(scope, column, { operands, operator });
  const [operand = { kind: 'null' } as const] = operands;
  const test = compareTest(column, operator, operand);
  return operator === '=' ? { test, ...known(scope, column, [operand]) } : { test, fixed: [] };
}

function member(
  scope: Scope,
  column: Column,
  { operands, operator }: { operands: readonly Operand[]; operator: string },
): Filter {
  const negated = operator === 'NOT IN';
  const test = memberTest(column, operands, negated);
  return negated ? { test, fixed: [] } : { test, ...known(scope, column, operands) };
}

function known(scope: Scope, column: Column, operands: readonly Operand[]): Omit<Filter, 'test'> {
  const fixed = column.steps.length === 0 ? [column.field.name] : [];
  const ids = operands.map((operand) => (operand.kind === 'value' ? operand.value : null));
  if (fixed.length === 0 || !ids.every((id) => typeof id === 'string')) return { fixed };
  const { store } = scope.data;
  const object = scope.object.name;
  const unique = [...new Set(ids)];
  if (column.type === 'id') {
    return { fixed, candidates: () => unique.map((id) => store.get(object, id)).filter((row) => row !== undefined) };
  }
  if (column.type !== 'reference') return { fixed };
  return { fixed, candidates: () => unique.flatMap((id) => store.children(object, column.field.name, id)) };
}

function patternOf(scope: Scope, column: Column, literals: readonly Literal[]): string {
  const [literal] = literals;
  if (
    literal?.type === 'STRING' &&
    !['boolean', 'date', 'datetime', 'int', 'double', 'currency', 'id', 'reference'].includes(column.type)
  ) {
    return unquoted(scope, literal.text, true);
  }
  const at = placeOf(scope.soql, column.field.name);
  throw soqlError('INVALID_QUERY_FILTER_OPERATOR', { soql: scope.soql, at }, 'invalid operator');
}

function literalsOf(token: { value: string | string[]; literalType?: string | string[] }): Literal[] {
  const values = Array.isArray(token.value) ? token.value : [token.value];
  const types = token.literalType;
  return values.map((text, at) => ({ text, type: (Array.isArray(types) ? types[at] : types) ?? 'STRING' }));
}
