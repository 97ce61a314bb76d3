import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { Row } from '../records/row.ts';
import type { Value } from '../schema/definition.ts';
import type { Scope } from './scope.ts';
import { comparable } from './comparison.ts';
import { columnOf } from './scope.ts';
import { placeOf, soqlError } from './soql-error.ts';

/** Rows in the order asked for. Without a value comes first unless NULLS LAST is said, also when descending. */
export function ordered(scope: Scope, rows: Row[], clauses: OrderByClause | OrderByClause[] | undefined): Row[] {
  if (!clauses) return rows;
  const keys = [clauses].flat().map((clause) => {
    if (!('field' in clause)) {
      throw soqlError(
        'MALFORMED_QUERY',
        { soql: scope.soql, at: 0 },
        'Functions in ORDER BY are unknown to this simulated org.',
      );
    }
    const column = columnOf(scope, clause.field);
    if (column.type === 'textarea' || column.type === 'base64') {
      const at = placeOf(scope.soql, clause.field);
      throw soqlError(
        'MALFORMED_QUERY',
        { soql: scope.soql, at },
        `field '${column.field.name}' can not be sorted in a query call`,
      );
    }
    return { read: column.read, sign: clause.order === 'DESC' ? -1 : 1, empty: clause.nulls === 'LAST' ? 1 : -1 };
  });
  const sortable = rows.map((row) => ({ row, values: keys.map(({ read }) => comparable(read(row))) }));
  sortable.sort((a, b) => {
    for (const [at, { sign, empty }] of keys.entries()) {
      const order = compare(a.values[at] ?? null, b.values[at] ?? null, { sign, empty });
      if (order !== 0) return order;
    }
    return 0;
  });
  return sortable.map(({ row }) => row);
}

function compare(a: Value, b: Value, { sign, empty }: { sign: number; empty: number }): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? empty : -empty;
  if (a === b) return 0;
  return a < b ? -sign : sign;
}
