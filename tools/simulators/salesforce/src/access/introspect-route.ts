import type { Request, Response } from 'express';
import type { Grant } from './grants.ts';
import type { Office } from './office.ts';
import { authenticate, credentialsOf, formOf } from './client-credentials.ts';
import { identityUrl } from './office.ts';

/** `POST /services/oauth2/introspect`: whether a token of the calling app is good. Asking is not a use. */
export function answerIntrospect(office: Office, request: Request, response: Response): void {
  const form = formOf(request);
  const client = authenticate(office.settings.apps, credentialsOf(request, form), {
    secretRequired: () => true,
    now: office.clock.now(),
  });
  if ('error' in client) {
    response.status(401).json(client.error);
    return;
  }
  const token = form['token'] ?? '';
  const grant = office.grants.ofAccessToken(token) ?? openRefresh(office, token);
  if (!grant || grant.app !== client.app) {
    response.json({ active: false });
    return;
  }
  response.json(described(office, grant, token));
}

function openRefresh(office: Office, token: string): Grant | undefined {
  const grant = office.grants.ofRefreshToken(token);
  return grant && grant.ended === null && grant.refreshToken === token && !office.grants.hasExpired(grant)
    ? grant
    : undefined;
}

function described(office: Office, grant: Grant, token: string): Record<string, unknown> {
  const usedAt = grant.accessTokens.get(token);
  const issued = Math.floor(grant.refreshedAt / 1000);
  return {
    active: true,
    scope: grant.scopes.join(' '),
    client_id: grant.app.key,
    username: grant.user.username,
    sub: identityUrl(office.settings, grant.user),
    token_type: usedAt === undefined ? 'refresh_token' : 'access_token',
    iat: issued,
    nbf: issued,
    ...(usedAt === undefined ? {} : { exp: Math.floor((usedAt + grant.app.idleMs) / 1000) }),
  };
}
