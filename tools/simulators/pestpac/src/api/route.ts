import type { Company } from '../company/company.ts';
import type { Fields } from '../records/value.ts';
import type { Answer } from './answer.ts';
import type { Query } from './query.ts';

/** One call, let in and read. */
export interface Call {
  company: Company;
  /** What stood in the place of `{id}` and its like. */
  params: Record<string, string>;
  query: Query;
  /** The parsed body; undefined when none was sent. */
  body: unknown;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A path of the API and what it does. Throws a Refusal to say no. */
export interface Route {
  method: Method;
  /** Such as `/BillTos/{id}/locations`; matched in any case. */
  path: string;
  work: (call: Call) => Answer;
}

export function route(method: Method, path: string, work: Route['work']): Route {
  return { method, path, work };
}

/** The number in the path; 0, which nothing has, when it is none. */
export function idOf({ params }: Call, name = 'id'): number {
  return /^\d{1,9}$/.test(params[name] ?? '') ? Number(params[name]) : 0;
}

/** Rows of a list from `skip`, at most `top`, both 0 or more. */
export function cut(rows: readonly Fields[], { query }: Call, top: { name: string; standard: number }): Fields[] {
  const skip = query.count('skip', 0);
  return rows.slice(skip, skip + query.count(top.name, top.standard));
}

/** The envelope of the pageable variants. */
export function pageOf(rows: readonly Fields[], call: Call): Fields {
  const Skip = call.query.count('skip', 0);
  const Take = call.query.count('take', 100);
  return { Count: rows.length, Skip, Take, HeaderFields: [], Items: rows.slice(Skip, Skip + Take) };
}
