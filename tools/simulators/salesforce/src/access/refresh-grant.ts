import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectedApp } from './access-settings.ts';
import type { Form } from './client-credentials.ts';
import type { Grant } from './grants.ts';
import type { OAuthError } from './oauth-error.ts';
import type { Office } from './office.ts';
import type { TokenAnswer } from './token-answer.ts';
import { OAUTH_ERRORS } from './oauth-error.ts';
import { tokenAnswer } from './token-answer.ts';

/** Gives a new access token and, with rotation, a new refresh token. Only one refresh of a grant at a time. */
export async function refresh(office: Office, app: ConnectedApp, form: Form): Promise<TokenAnswer | OAuthError> {
  const token = form['refresh_token'] ?? '';
  const grant = office.grants.ofRefreshToken(token);
  if (!grant || grant.app !== app || grant.ended !== null) return OAUTH_ERRORS.expiredToken;
  if (grant.isRefreshing) return OAUTH_ERRORS.beingProcessed;
  grant.isRefreshing = true;
  try {
    await pause(office.settings.refreshTakesMs);
    return worked(office, grant, token);
  } finally {
    grant.isRefreshing = false;
  }
}

function worked(office: Office, grant: Grant, token: string): TokenAnswer | OAuthError {
  if (grant.ended !== null) return OAUTH_ERRORS.expiredToken;
  if (token !== grant.refreshToken) {
    office.grants.end(grant, 'a replaced refresh token was used again');
    return OAUTH_ERRORS.expiredToken;
  }
  if (office.grants.hasExpired(grant)) {
    office.grants.end(grant, 'the refresh token expired');
    return OAUTH_ERRORS.expiredToken;
  }
  if (!grant.user.active) return OAUTH_ERRORS.inactiveUser;
  grant.refreshedAt = office.clock.now();
  grant.refreshes += 1;
  office.instances.refreshed();
  return tokenAnswer(office, grant, grant.app.rotation ? office.grants.newRefreshToken(grant) : null);
}
