import type { PestPacSimulator } from '../simulator.ts';

/** An answer as a stranger sees it. */
export interface Seen {
  status: number;
  headers: Headers;
  text: string;
  json<T = Record<string, unknown>>(): T;
}

/** A caller that knows HTTP and nothing of the simulator's insides. */
export interface Caller {
  (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Seen>;
}

/** Asks for a token; `how` replaces parts of a good request. */
export async function askToken(
  { tokenUrl, credentials }: PestPacSimulator,
  how: { form?: Record<string, string>; authorization?: string } = {},
): Promise<Seen> {
  const { clientId, clientSecret, username, password } = credentials;
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const answer = await fetch(`${tokenUrl}?scope=openid`, {
    method: 'POST',
    headers: { authorization: how.authorization ?? basic },
    body: new URLSearchParams({ grant_type: 'password', username, password, ...how.form }),
  });
  return seen(answer);
}

/** A caller with a fresh token. */
export async function callerOf(simulator: PestPacSimulator): Promise<Caller> {
  const { access_token: token } = (await askToken(simulator)).json<{ access_token: string }>();
  const { apiKey, tenantId } = simulator.credentials;
  const standard = { authorization: `Bearer ${token}`, apikey: apiKey, 'tenant-id': tenantId };
  return async (method, path, body, headers = {}) => {
    const all = { ...standard, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return seen(await fetch(simulator.apiUrl + path, { method, headers: all, ...sent }));
  };
}

async function seen(answer: Response): Promise<Seen> {
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: <T>() => JSON.parse(text) as T };
}

/** A good new customer; phones by their digits, as clients send them. */
export const NEW_PLACE = {
  Branch: 'North',
  FirstName: 'Amara',
  LastName: 'Oduya',
  Address: '77 Larch Ave',
  City: 'Marlow',
  State: 'MA',
  Zip: '01000',
  Phone: '4135550188',
  EMail: 'amara@example.com',
  EnteredDate: '2026-04-02T00:00:00',
  Division: 'RES',
  Source: 'WEB',
  Type: 'R',
};
