import type { Request, Response } from 'express';
import type { Office } from './office.ts';
import { formOf } from './client-credentials.ts';

/** `/services/oauth2/revoke`: a refresh token takes its access tokens with it; an access token goes alone. */
export function answerRevoke(office: Office, request: Request, response: Response): void {
  const token = formOf(request)['token'] ?? String(request.query['token'] ?? '');
  const byRefreshToken = office.grants.ofRefreshToken(token);
  if (byRefreshToken && byRefreshToken.ended === null) {
    office.grants.end(byRefreshToken, 'revoked');
  } else if (office.grants.ofAccessToken(token)) {
    office.grants.dropAccessToken(token);
  } else {
    const text = new URLSearchParams({ error: 'invalid_token', error_description: 'token is invalid' }).toString();
    response.status(400).type('application/x-www-form-urlencoded').send(text);
    return;
  }
  response.status(200).end();
}
