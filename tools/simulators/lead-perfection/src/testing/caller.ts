import type { LeadPerfectionSimulator } from '../simulator.ts';

/** An answer as a stranger sees it: status, headers and the body as text. */
export interface Seen {
  status: number;
  headers: Headers;
  text: string;
  json(): unknown;
}

/** A caller that knows HTTP and nothing of the simulator's insides. */
export interface Caller {
  token(fields?: Record<string, string>): Promise<Seen>;
  form(path: string, fields: Record<string, string>, signal?: AbortSignal): Promise<Seen>;
  json(path: string, body: unknown): Promise<Seen>;
}

export const GOOD_LOGIN = {
  grant_type: 'password',
  username: 'OneClick',
  password: 'secret',
  clientid: 'demo1',
  appkey: '00000000-0000-0000-0000-000000000000',
};

/** A caller with a fresh token. */
export async function callerOf(
  simulator: LeadPerfectionSimulator,
  login: Record<string, string> = {},
): Promise<Caller> {
  const send = async (path: string, init: RequestInit): Promise<Seen> => {
    const answer = await fetch(simulator.url + path, { method: 'POST', ...init });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) as unknown };
  };
  const token = (fields: Record<string, string> = {}): Promise<Seen> =>
    send('/token', { body: new URLSearchParams({ ...GOOD_LOGIN, ...fields }) });
  const { access_token } = (await token(login)).json() as { access_token: string };
  const authorization = `Bearer ${access_token}`;
  return {
    token,
    form: (path, fields, signal) =>
      send(`/api/${path}`, {
        headers: { authorization },
        body: new URLSearchParams(fields),
        ...(signal ? { signal } : {}),
      }),
    json: (path, body) =>
      send(`/api/${path}`, {
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

/** Noon in New York on 5 March 2026, three days before the clocks change there. */
export const NOON = Date.parse('2026-03-05T17:00:00Z');
