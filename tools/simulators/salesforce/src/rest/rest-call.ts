import type { Org } from '../records/org.ts';
import type { Writer } from '../records/writer.ts';
import type { Queries } from '../soql/pages.ts';

/** A call to the REST API, whether it came over HTTP by itself or inside a composite call. */
export interface RestCall {
  method: string;
  /** Behind the version, without a slash at its end: `/sobjects/Account`. Still encoded. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | undefined>>;
  /** The parsed JSON; undefined when there was no body. */
  body: unknown;
  /** The content of a multipart call. */
  upload?: Buffer | undefined;
  /** 62 */
  version: number;
  /** `/services/data/v62.0` */
  base: string;
  by: Writer;
}

export interface RestAnswer {
  status: number;
  /** JSON; undefined for an empty body. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Bytes instead of JSON. */
  bytes?: Buffer;
}

/** What routes work on. */
export interface RestParts {
  org: Org;
  queries: Queries;
  /** Where a user's identity is told. */
  identityUrl(userId: string): string;
  limits: { used(): number; max(): number };
  /** Tells the log about a part of a composite call. */
  notePart(part: { method: string; url: string; status: number }): void;
}

/** `names` are the decoded parts of the path that the route leaves open. */
export type RouteHandler = (parts: RestParts, call: RestCall, names: readonly string[]) => RestAnswer;
