import type { ConnectedApp } from './access-settings.ts';
import type { ApprovedRequest } from './authorizations.ts';
import type { Form } from './client-credentials.ts';
import type { OAuthError } from './oauth-error.ts';
import type { Office } from './office.ts';
import type { TokenAnswer } from './token-answer.ts';
import { createHash } from 'node:crypto';
import { OAUTH_ERRORS } from './oauth-error.ts';
import { tokenAnswer } from './token-answer.ts';

/** Changes a code into tokens. The code is spent even when the exchange fails. */
export function exchangeCode(office: Office, app: ConnectedApp, form: Form): TokenAnswer | OAuthError {
  const approved = office.authorizations.redeem(form['code'] ?? '', app);
  if (!approved) return OAUTH_ERRORS.expiredCode;
  const error = refusalOf(approved, form);
  if (error) return error;
  const grant = office.grants.open(app, approved.user, approved.scopes);
  return tokenAnswer(office, grant, grant.refreshToken);
}

function refusalOf(approved: ApprovedRequest, form: Form): OAuthError | undefined {
  if (form['redirect_uri'] !== approved.redirectUri) return OAUTH_ERRORS.wrongCallback;
  const verifier = form['code_verifier'];
  if ((approved.challenge === undefined) !== (verifier === undefined)) return OAUTH_ERRORS.missingVerifier;
  if (verifier !== undefined && challengeOf(verifier) !== approved.challenge) return OAUTH_ERRORS.wrongVerifier;
  return approved.user.active ? undefined : OAUTH_ERRORS.inactiveUser;
}

/** S256, the only method there is. */
function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
