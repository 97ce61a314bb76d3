import type { SingleOpsSimulator } from '../simulator.ts';

/** What a test got back. */
export interface Told<Body = unknown> {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined when the text is not JSON. */
  body: Body;
}

export interface Failed {
  success: boolean;
  error: unknown;
  id: number | null;
}

/** Calls the simulator as an integration does, with the credentials of an account. */
export function callerOf(simulator: SingleOpsSimulator, account?: number) {
  const { email: user_email, token: user_token } = simulator.control.apiUser(account);
  const get = <Body>(path: string, more: Record<string, string> = {}): Promise<Told<Body>> =>
    told(fetch(`${simulator.url}/api/v1${path}?${new URLSearchParams({ user_email, user_token, ...more })}`));
  return {
    get,
    search: async (search_field: string, search_term: string, page?: number) => {
      const more: Record<string, string> = page === undefined ? {} : { page: String(page) };
      return (await get<{ id: number }[]>('/clients/search_by_field', { search_field, search_term, ...more })).body;
    },
    post: (body: object, signal?: AbortSignal): Promise<Told<Failed>> =>
      told(
        fetch(`${simulator.url}/api/v1/jobs`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify({ user_email, user_token, ...body }),
          ...(signal ? { signal } : {}),
        }),
      ),
  };
}

/** Reads an answer to its end. */
export async function told<Body>(sent: Promise<Response>): Promise<Told<Body>> {
  const answer = await sent;
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) as Body };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
