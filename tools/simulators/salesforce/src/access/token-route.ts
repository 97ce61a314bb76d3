import type { Request, Response } from 'express';
import type { ConnectedApp } from './access-settings.ts';
import type { Form } from './client-credentials.ts';
import type { OAuthError } from './oauth-error.ts';
import type { Office } from './office.ts';
import type { TokenAnswer } from './token-answer.ts';
import { authenticate, credentialsOf, formOf } from './client-credentials.ts';
import { exchangeCode } from './code-grant.ts';
import { OAUTH_ERRORS, refuse } from './oauth-error.ts';
import { refresh } from './refresh-grant.ts';

interface GrantType {
  secretRequired(app: ConnectedApp): boolean;
  answer(office: Office, app: ConnectedApp, form: Form): TokenAnswer | OAuthError | Promise<TokenAnswer | OAuthError>;
}

const GRANT_TYPES: Readonly<Record<string, GrantType>> = {
  authorization_code: { secretRequired: (app) => app.requireSecretWeb, answer: exchangeCode },
  refresh_token: { secretRequired: (app) => app.requireSecretRefresh, answer: refresh },
};

/** `POST /services/oauth2/token`. Expects the form to be parsed. */
export async function answerToken(office: Office, request: Request, response: Response): Promise<void> {
  const form = formOf(request);
  const grantType = Object.hasOwn(GRANT_TYPES, form['grant_type'] ?? '') && GRANT_TYPES[form['grant_type'] ?? ''];
  if (!grantType) return refuse(response, OAUTH_ERRORS.unsupportedGrant);
  const client = authenticate(office.settings.apps, credentialsOf(request, form), {
    secretRequired: (app) => grantType.secretRequired(app),
    now: office.clock.now(),
  });
  if ('error' in client) return refuse(response, client.error);
  if (!office.settings.orgActive) return refuse(response, OAUTH_ERRORS.inactiveOrg);
  const answer = await grantType.answer(office, client.app, form);
  if ('error' in answer) return refuse(response, answer);
  response.setHeader('cache-control', 'no-cache, no-store');
  response.json(answer);
}
