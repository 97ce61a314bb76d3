import type { Org } from '../records/org.ts';
import type { Row } from '../records/row.ts';
import type { ChildPlan, Plan } from './plan.ts';
import { idOf } from '../ids.ts';
import { SalesforceError } from '../records/salesforce-error.ts';
import { parseSoql } from './parse.ts';
import { planOf, rowsOf } from './plan.ts';
import { printed } from './select.ts';

const TWO_DAYS = 2 * 86_400_000;
const LOCATOR_PREFIX = '01g';
const MOST_LOCATORS = 2000;

/** What a query answers with, also for a list of children. */
export interface QueryResult {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: Record<string, unknown>[];
}

/** How a caller asks. */
export interface Asking {
  /** `/services/data/v62.0` */
  base: string;
  /** Rows of a page, from the caller's `Sforce-Query-Options`. */
  batchSize: number | undefined;
}

/** Queries and their further pages. */
export interface Queries {
  run(soql: string, asking: Asking & { all: boolean }): QueryResult;
  /** `<locator>-<offset>` of a `nextRecordsUrl`. Throws INVALID_QUERY_LOCATOR when it is unknown, old or expired. */
  next(locator: string, asking: Asking): QueryResult;
}

interface Cursor {
  plan: Plan;
  rows: readonly Row[];
  size: number;
  openedAt: number;
  epoch: number;
}

export function createQueries(org: Org): Queries {
  const cursors = new Map<string, Cursor>();
  let serial = 0;
  const keep = (cursor: Cursor): string => {
    serial += 1;
    const id = idOf(LOCATOR_PREFIX, serial);
    cursors.set(id, cursor);
    const oldest = cursors.size > MOST_LOCATORS ? cursors.keys().next().value : undefined;
    if (oldest !== undefined) cursors.delete(oldest);
    return id;
  };
  const page = (cursor: Cursor, from: number, at: { base: string; locator?: string }): QueryResult => {
    const records: Record<string, unknown>[] = [];
    let room = cursor.size;
    let next = from;
    for (const row of cursor.rows.slice(from)) {
      const children = cursor.plan.children.map((child) => ({ child, rows: childRows(child, row) }));
      const weight = 1 + children.reduce((sum, { rows }) => sum + rows.length, 0);
      if (weight > room && records.length > 0) break;
      const record = printed(
        { scope: cursor.plan.scope, base: at.base },
        { object: cursor.plan.scope.object, row },
        cursor.plan.selection,
      );
      for (const { child, rows } of children) {
        const size = Math.min(org.switches.childPageSize, Math.max(1, cursor.size - 1));
        record[child.relation.relationship] =
          rows.length === 0 ? null : page({ ...cursor, plan: child.plan, rows, size }, 0, { base: at.base });
      }
      records.push(record);
      room -= weight;
      next += 1;
    }
    const totalSize = cursor.rows.length;
    if (next >= totalSize) return { totalSize, done: true, records };
    const locator = at.locator ?? keep(cursor);
    return { totalSize, done: false, nextRecordsUrl: `${at.base}/query/${locator}-${next}`, records };
  };
  return {
    run: (soql, { base, batchSize, all }) => {
      const now = org.clock.now();
      const plan = planOf({ data: org, soql, now, all }, parseSoql(soql));
      const rows = rowsOf(plan);
      if (plan.counts) return { totalSize: rows.length, done: true, records: [] };
      const size = Math.min(batchSize ?? org.switches.pageSize, org.switches.pageSize);
      return page({ plan, rows, size, openedAt: now, epoch: org.locatorEpoch }, 0, { base });
    },
    next: (text, { base }) => {
      const [, locator = '', offset = ''] = /^([0-9A-Za-z]+)-(\d+)$/.exec(text) ?? [];
      const cursor = cursors.get(locator);
      const old = cursor && (org.clock.now() - cursor.openedAt > TWO_DAYS || cursor.epoch < org.locatorEpoch);
      if (!cursor || old || Number(offset) > cursor.rows.length) {
        throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
      }
      return page(cursor, Number(offset), { base, locator });
    },
  };
}

function childRows({ relation, plan }: ChildPlan, parent: Row): Row[] {
  const { store } = plan.scope.data;
  return rowsOf(plan, store.children(relation.object.name, relation.field.name, parent.Id));
}
