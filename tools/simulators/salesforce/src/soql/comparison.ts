import type { Row } from '../records/row.ts';
import type { Value } from '../schema/definition.ts';
import type { Operand } from './literals.ts';
import type { Column } from './scope.ts';

export type Test = (row: Row) => boolean;

/** Texts are compared without regard to case. */
export function comparable(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** One of `= != < <= > >=`. A field without a value is unlike every value and neither smaller nor larger. */
export function compareTest(column: Column, operator: string, operand: Operand): Test {
  const { read } = column;
  if (operand.kind === 'range') return rangeTest(column, operator, operand);
  if (operand.kind === 'null') {
    if (operator === '=') return (row) => read(row) === null;
    if (operator === '!=') return (row) => read(row) !== null;
    return () => false;
  }
  const exact = column.type === 'id' || column.type === 'reference' || column.type === 'datetime';
  const wanted = exact ? operand.value : (comparable(operand.value) as string | number | boolean);
  const seen = exact ? read : (row: Row): Value => comparable(read(row));
  if (operator === '=') return (row) => seen(row) === wanted;
  if (operator === '!=') return (row) => seen(row) !== wanted;
  const fits = orderTest(operator);
  return (row) => {
    const value = seen(row);
    return value !== null && fits(value < wanted ? -1 : value > wanted ? 1 : 0);
  };
}

/** IN and NOT IN. */
export function memberTest(column: Column, operands: readonly Operand[], negated: boolean): Test {
  const wanted = new Set(operands.map((operand) => (operand.kind === 'value' ? comparable(operand.value) : null)));
  return (row) => wanted.has(comparable(column.read(row))) !== negated;
}

/** LIKE: `%` is any text and `_` any character, unless a backslash stands before them. */
export function likeTest(column: Column, pattern: string): Test {
  const source = pattern.replace(/\\([_%\\])|%|_|[.*+?^${}()|[\]\\]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped === '\\' ? '\\\\' : escaped;
    if (found === '%') return '[\\s\\S]*';
    return found === '_' ? '[\\s\\S]' : `\\${found}`;
  });
  const expression = new RegExp(`^${source}$`, 'i');
  return (row) => {
    const value = column.read(row);
    return value !== null && expression.test(String(value));
  };
}

/** INCLUDES and EXCLUDES of a list with several values; `a;b` wants both. */
export function includesTest(column: Column, wanted: readonly string[], negated: boolean): Test {
  const groups = wanted.map((text) => text.toLowerCase().split(';'));
  return (row) => {
    const value = column.read(row);
    const held = typeof value === 'string' ? value.toLowerCase().split(';') : [];
    return groups.some((group) => group.every((one) => held.includes(one))) !== negated;
  };
}

function rangeTest({ read }: Column, operator: string, { from, to }: { from: string; to: string }): Test {
  const tests: Readonly<Record<string, (value: string) => boolean>> = {
    '=': (value) => value >= from && value < to,
    '!=': (value) => value < from || value >= to,
    '<': (value) => value < from,
    '<=': (value) => value < to,
    '>': (value) => value >= to,
    '>=': (value) => value >= from,
  };
  const fits = tests[operator] ?? (() => false);
  return (row) => {
    const value = read(row);
    return value === null ? operator === '!=' : fits(String(value));
  };
}

function orderTest(operator: string): (order: number) => boolean {
  switch (operator) {
    case '<':
      return (order) => order < 0;
    case '<=':
      return (order) => order <= 0;
    case '>':
      return (order) => order > 0;
    default:
      return (order) => order >= 0;
  }
}
