import type { SalesforceSimulator } from '../simulator.ts';

/** An answer as a stranger sees it. */
export interface Seen {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; throws when it is no JSON. */
  json(): unknown;
}

/** A caller that knows HTTP and nothing of the simulator's insides. */
export interface Caller {
  /** `path` is below `/services/data/v62.0` unless it begins with `/services`. */
  call(method: string, path: string, more?: { body?: unknown; headers?: Record<string, string> }): Promise<Seen>;
  get(path: string, headers?: Record<string, string>): Promise<Seen>;
  query(soql: string, headers?: Record<string, string>): Promise<QuerySeen>;
}

/** A good answer to a query. */
export interface QuerySeen {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: Record<string, unknown>[];
}

/** A caller with a fresh access token. */
export function callerOf(simulator: SalesforceSimulator): Caller {
  const { accessToken, instanceUrl } = simulator.control.token();
  const call: Caller['call'] = async (method, path, { body, headers } = {}) => {
    const url = instanceUrl + (path.startsWith('/services') ? path : `/services/data/v62.0${path}`);
    const raw = body instanceof Uint8Array || body instanceof FormData || typeof body === 'string';
    const answer = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body !== undefined && !raw ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) as unknown };
  };
  const get: Caller['get'] = (path, headers = {}) => call('GET', path, { headers });
  return {
    call,
    get,
    query: async (soql, headers = {}) => {
      const answer = await get(`/query?q=${encodeURIComponent(soql)}`, headers);
      if (answer.status !== 200) throw new Error(answer.text);
      return answer.json() as QuerySeen;
    },
  };
}

/** A Tuesday in November, 15:00 UTC. */
export const TUESDAY = Date.parse('2026-11-24T15:00:00Z');
