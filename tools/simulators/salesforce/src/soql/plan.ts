import type { Query, Subquery } from '@jetstreamapp/soql-parser-js';
import type { Data } from '../records/read-value.ts';
import type { Row } from '../records/row.ts';
import type { ChildRelation } from '../schema/schema.ts';
import type { Operand } from './literals.ts';
import type { Scope } from './scope.ts';
import type { Selection } from './select.ts';
import type { Filter } from './where.ts';
import { SalesforceError } from '../records/salesforce-error.ts';
import { ordered } from './order.ts';
import { columnOf } from './scope.ts';
import { selectionOf } from './select.ts';
import { noSuchRelationship, noSuchType } from './soql-error.ts';
import { filterOf } from './where.ts';

const LARGEST_OFFSET = 2000;

/** A statement, or a sub-query of it, whose names have been looked up. */
export interface Plan {
  scope: Scope;
  selection: Selection;
  filter: Filter;
  orderBy: Query['orderBy'];
  limit: number | undefined;
  offset: number;
  children: ChildPlan[];
  /** `SELECT COUNT()`: only the number is wanted. */
  counts: boolean;
}

export interface ChildPlan {
  relation: ChildRelation;
  plan: Plan;
}

export interface Question {
  data: Data;
  soql: string;
  now: number;
  /** Deleted rows, too (`queryAll`). */
  all: boolean;
}

/** Looks up every name of a statement. Throws INVALID_TYPE, INVALID_FIELD or MALFORMED_QUERY. */
export function planOf(question: Question, query: Query & { sObject: string }): Plan {
  const object = question.data.schema.object(query.sObject);
  if (!object) throw noSuchType(question.soql, query.sObject);
  const scope: Scope = { ...question, object, alias: query.sObjectAlias };
  const plan = partOf(scope, query);
  demandLinkFilter(plan);
  return plan;
}

/** The rows of a plan, in order, cut by LIMIT and OFFSET. `among` narrows them to the children of a parent. */
export function rowsOf(plan: Plan, among?: Iterable<Row>): Row[] {
  const { scope, filter } = plan;
  const rows: Row[] = [];
  for (const row of among ?? filter.candidates?.() ?? scope.data.store.rows(scope.object.name)) {
    if ((scope.all || !row.IsDeleted) && filter.test(row)) rows.push(row);
  }
  const sorted = ordered(scope, rows, plan.orderBy);
  if (plan.limit === undefined && plan.offset === 0) return sorted;
  return sorted.slice(plan.offset, plan.limit === undefined ? undefined : plan.offset + plan.limit);
}

function partOf(scope: Scope, query: Query | Subquery): Plan {
  if (query.groupBy || query.having) {
    throw new SalesforceError('MALFORMED_QUERY', 'GROUP BY and HAVING are unknown to this simulated org.');
  }
  const fields = query.fields ?? [];
  const [first] = fields;
  const counts =
    fields.length === 1 &&
    first?.type === 'FieldFunctionExpression' &&
    first.functionName.toUpperCase() === 'COUNT' &&
    first.parameters.length === 0;
  if ((query.offset ?? 0) > LARGEST_OFFSET) {
    throw new SalesforceError('NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
  }
  const selection = selectionOf(scope, counts ? [] : fields);
  const plan: Plan = {
    scope,
    selection,
    filter: filterOf(scope, query.where, (inner) => subSelect(scope, inner)),
    orderBy: query.orderBy,
    limit: query.limit,
    offset: query.offset ?? 0,
    children: selection.children.map((child) => childOf(scope, child)),
    counts,
  };
  // Names in ORDER BY are looked up now, so that a wrong one fails even when there are no rows.
  ordered(scope, [], plan.orderBy);
  return plan;
}

function childOf(scope: Scope, query: Subquery): ChildPlan {
  const name = query.relationshipName.toLowerCase();
  const relation = scope.data.schema
    .childRelations(scope.object)
    .find((candidate) => candidate.relationship.toLowerCase() === name);
  if (!relation) throw noSuchRelationship(scope.soql, query.relationshipName, 'FROM part of query call');
  return { relation, plan: partOf({ ...scope, object: relation.object, alias: query.sObjectAlias }, query) };
}

function subSelect(scope: Scope, query: Query): readonly Operand[] {
  const object = scope.data.schema.object(query.sObject ?? '');
  if (!object) throw noSuchType(scope.soql, query.sObject ?? '');
  const [field, ...others] = query.fields ?? [];
  if (!field || others.length > 0 || field.type !== 'Field') {
    throw new SalesforceError('MALFORMED_QUERY', 'A query in a condition selects one field.');
  }
  const inner = { ...scope, object, alias: query.sObjectAlias };
  const { read } = columnOf(inner, field.field);
  const operands: Operand[] = [];
  for (const row of rowsOf(partOf(inner, query))) {
    const value = read(row);
    if (value !== null) operands.push({ kind: 'value', value });
  }
  return operands;
}

/** The vendor does not let anyone list all links of all files. */
function demandLinkFilter({ scope, filter }: Plan): void {
  if (scope.object.name !== 'ContentDocumentLink') return;
  if (filter.fixed.includes('ContentDocumentId') || filter.fixed.includes('LinkedEntityId')) return;
  throw new SalesforceError(
    'MALFORMED_QUERY',
    'Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or ' +
      "LinkedEntityId using the equals operator or multiple Id's using the IN operator.",
  );
}
