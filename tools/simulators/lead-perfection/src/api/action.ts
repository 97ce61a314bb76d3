import type { Company } from '../company/company.ts';
import type { RowStyle } from '../company/row-style.ts';
import type { Answer } from './answers.ts';
import type { Params } from './request-body.ts';
import { spelt, styleOf } from '../company/row-style.ts';

/** A call that has passed token and permission. */
export interface Call {
  company: Company;
  /** The action's proper name. */
  action: string;
  user: string;
  params: Params;
}

/** One action of the API: where it lives, how its body is sent, and what it does. */
export interface Action {
  controller: string;
  name: string;
  /** The encoding it understands; the other one fails as a missing column, with HTTP 200. */
  body: 'form' | 'json';
  /** The column it misses first when the body comes in the other encoding. */
  column: string;
  run(call: Call): Answer;
}

/** The spelling of this page's rows; see the `fieldCase` switch. */
export function pageStyle(call: Call, page: string): RowStyle {
  return styleOf(call.company.switches, call.company.seed, `${call.action}|${page}`);
}

/** A list reply of any records, spelt in the page's style and wrapped as the switch says. */
export function list(call: Call, page: string, records: readonly object[]): Answer {
  const style = pageStyle(call, page);
  return printedList(call, JSON.stringify(records.map((record) => spelt(record, style))));
}

/** A list reply of rows that are printed already. */
export function printedList(call: Call, rows: string | Buffer): Answer {
  const { wrapLists } = call.company.switches;
  if (wrapLists === 'none') return { status: 200, body: rows, applied: false };
  const body = Buffer.concat([Buffer.from(`{"${wrapLists}":`), Buffer.from(rows), Buffer.from('}')]);
  return { status: 200, body, applied: false };
}
