import type { Account } from '../account/account.ts';
import type { World } from '../account/world.ts';
import type { ApiCall } from './api-call.ts';

/** Where a caller put its e-mail and token; in the URL only a GET may. */
export type CredentialsIn = 'body' | 'url' | 'nowhere';

export function credentialsIn({ method, query, body }: ApiCall): CredentialsIn {
  if (body?.['user_email'] !== undefined || body?.['user_token'] !== undefined) return 'body';
  return method === 'GET' && (query['user_email'] ?? query['user_token']) !== undefined ? 'url' : 'nowhere';
}

/** The account of the call's API user: one user, one account, sister accounts included. */
export function accountOf(call: ApiCall, world: World): Account | undefined {
  const found = credentialsIn(call);
  const { user_email: email, user_token: token } = (found === 'url' ? call.query : call.body) ?? {};
  if (found === 'nowhere' || typeof email !== 'string' || typeof token !== 'string') return undefined;
  return [...world.accounts.values()].find(
    ({ user }) => user.email.toLowerCase() === email.toLowerCase() && user.token === token,
  );
}

/** What a call asked for, fit to be kept: without e-mail and token of the API user. */
export function withoutCredentials({ query, body }: ApiCall): Record<string, unknown> {
  const { user_email: _email, user_token: _token, ...rest } = { ...query, ...body };
  return rest;
}
