/** What a call does, as far as its method and path tell. */
export const CALL_KINDS = [
  'token',
  'query',
  'describe',
  'read',
  'create',
  'update',
  'delete',
  'upload',
  'composite',
  'other',
] as const;
export type CallKind = (typeof CALL_KINDS)[number];

/** A call as faults and the log see it. */
export interface CallFacts {
  kind: CallKind;
  method: string;
  /** Without its query. */
  path: string;
  /** The object named in the path, or in the FROM of a query; null when neither names one. */
  object: string | null;
  soql: string | null;
  /** The rest of the query, without anything secret. */
  query: string;
}

const SECRET_PARAMETERS = ['oauth_token', 'access_token', 'token', 'code', 'client_secret'];

export function callFacts(method: string, url: string): CallFacts {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const soql = searchParams.get('q');
  for (const name of ['q', ...SECRET_PARAMETERS]) searchParams.delete(name);
  const parts = pathname
    .replace(/^\/services\/data\/v[\d.]+\/?/i, '')
    .split('/')
    .filter(Boolean);
  const named = namedBy(method, parts);
  return {
    kind: /\/services\/oauth2\/(token|revoke)$/.test(pathname) ? 'token' : named.kind,
    method,
    path: pathname,
    object: named.object ?? /\bfrom\s+(\w+)(?![^(]*\))/i.exec(soql ?? '')?.[1] ?? null,
    soql,
    query: searchParams.toString(),
  };
}

const WRITES: Readonly<Record<string, CallKind>> = { POST: 'create', PATCH: 'update', PUT: 'update', DELETE: 'delete' };

interface Named {
  kind: CallKind;
  object: string | null;
}

function namedBy(method: string, [root, ...rest]: readonly string[]): Named {
  if (root === 'query' || root === 'queryAll') return { kind: 'query', object: null };
  if (root === 'composite') return compositeKind(method, rest);
  if (root !== 'sobjects') return { kind: 'other', object: null };
  const object = rest[0] ?? null;
  const second = rest[1];
  if (object === null || second === 'describe') return { kind: 'describe', object };
  if (method === 'POST' && object.toLowerCase() === 'contentversion') return { kind: 'upload', object };
  return { kind: WRITES[method] ?? 'read', object };
}

function compositeKind(method: string, [what, named]: readonly string[]): Named {
  const object = named ?? null;
  if (what !== 'sobjects') return { kind: 'composite', object: null };
  // `POST /composite/sobjects/{T}` reads: its ids are too many for a path.
  if (method === 'POST' && object !== null) return { kind: 'read', object };
  return { kind: WRITES[method] ?? 'read', object };
}
