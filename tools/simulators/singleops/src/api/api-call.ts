import type { Request } from 'express';
import type { CallKind } from '../faults/faults.ts';

/** A call as it came in. */
export interface ApiCall {
  /** Null for an address that does not exist. */
  kind: CallKind | null;
  method: string;
  /** Without the query, which may hold a token. */
  path: string;
  accept: string;
  query: Record<string, string>;
  /** Empty when there is none, or its content type is not JSON; null when it is broken. */
  body: Record<string, unknown> | null;
}

const ADDRESSES: Readonly<Record<string, CallKind>> = {
  'GET /operations': 'operations',
  'GET /custom_inputs': 'custom_inputs',
  'GET /clients/search_by_field': 'search',
  'POST /jobs': 'jobs',
};

/** Reads a request whose body was taken as text. */
export function apiCallOf(request: Request): ApiCall {
  const { method, path } = request;
  const texts = Object.entries(request.query).filter((one): one is [string, string] => typeof one[1] === 'string');
  return {
    kind: ADDRESSES[`${method} ${path.replace(/\/$/, '')}`] ?? null,
    method,
    path,
    accept: request.headers.accept ?? '',
    query: Object.fromEntries(texts),
    body: bodyOf(request),
  };
}

function bodyOf(request: Request): ApiCall['body'] {
  const text: unknown = request.body;
  if (typeof text !== 'string' || text === '' || !request.is('json')) return {};
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : null;
  } catch {
    return null;
  }
}
