import type { Request, Response } from 'express';
import type { ConnectedApp } from './access-settings.ts';
import type { AuthorizationRequest } from './authorizations.ts';
import type { Office } from './office.ts';
import type { SalesforceUser } from './users.ts';
import { consentPage, failurePage } from './consent-page.ts';
import { OAUTH_ERRORS } from './oauth-error.ts';

type Query = Readonly<Record<string, string | undefined>>;

/** `GET /services/oauth2/authorize`: checks the request, then asks a person, or answers as the consent mode says. */
export function answerAuthorize(office: Office, request: Request, response: Response): void {
  const query = textsOf(request.query);
  const app = office.settings.apps.find(
    (one) => one.key === query['client_id'] && one.activeFrom <= office.clock.now(),
  );
  if (!app) return fail(response, OAUTH_ERRORS.unknownClient);
  const redirectUri = query['redirect_uri'];
  // A callback that is not registered must not be called, not even to say so.
  if (redirectUri === undefined || !app.callbacks.includes(redirectUri))
    return fail(response, OAUTH_ERRORS.wrongCallback);
  const state = query['state'];
  const checked = check(app, query);
  if ('error' in checked) return redirect(response, redirectUri, { ...checked, state });
  proceed(office, { ...checked, app, redirectUri, state, loginHint: query['login_hint'] }, response);
}

function proceed(office: Office, asked: AuthorizationRequest, response: Response): void {
  const { consent, users } = office.settings;
  const user = users.find((one) => one.username === asked.loginHint) ?? users[0];
  if (consent === 'deny') return deny(response, asked);
  if (consent === 'allow' && user) return allow(office, { asked, user }, response);
  const ticket = office.authorizations.wait(asked);
  sendPage(response, 200, consentPage({ ticket, asked, username: asked.loginHint ?? user?.username ?? '' }));
}

/** `POST /_consent`: the person pressed Allow or Deny. */
export function answerConsent(office: Office, request: Request, response: Response): void {
  const form = textsOf((request.body ?? {}) as Record<string, unknown>);
  const ticket = form['ticket'] ?? '';
  const asked = office.authorizations.waiting(ticket);
  if (!asked) return sendPage(response, 400, failurePage('This request has expired. Start again where you came from.'));
  if (form['decision'] !== 'allow') {
    office.authorizations.forget(ticket);
    return deny(response, asked);
  }
  const username = (form['username'] ?? '').trim();
  const user = office.settings.users.find((one) => one.username.toLowerCase() === username.toLowerCase());
  if (!user?.active) {
    const problem = user ? 'This user is inactive.' : 'Please check your username: the org has no such user.';
    return sendPage(response, 200, consentPage({ ticket, asked, username, problem }));
  }
  office.authorizations.forget(ticket);
  allow(office, { asked, user }, response);
}

/** The scopes and the challenge of a request, or the error its callback is told. */
function check(
  app: ConnectedApp,
  query: Query,
): { scopes: string[]; challenge: string | undefined } | { error: string; error_description: string } {
  if (query['response_type'] !== 'code') {
    return { error: 'unsupported_response_type', error_description: 'response type not supported' };
  }
  const challenge = query['code_challenge'];
  const method = query['code_challenge_method'];
  if (challenge === undefined && app.requirePkce) {
    return { error: 'invalid_request', error_description: 'missing required code challenge' };
  }
  if (challenge !== undefined && (method ?? 'S256') !== 'S256') {
    return { error: 'invalid_request', error_description: 'code challenge method must be S256' };
  }
  const asked = (query['scope'] ?? '').split(/\s+/).filter((scope) => scope !== '');
  const allowed = (scope: string): boolean =>
    app.scopes.includes(scope === 'offline_access' ? 'refresh_token' : scope) || app.scopes.includes(scope);
  if (!asked.every(allowed)) {
    return { error: 'invalid_scope', error_description: 'the requested scope is not allowed' };
  }
  return { scopes: asked.length === 0 ? [...app.scopes] : asked, challenge };
}

function allow(office: Office, how: { asked: AuthorizationRequest; user: SalesforceUser }, response: Response): void {
  const code = office.authorizations.approve({ ...how.asked, user: how.user });
  redirect(response, how.asked.redirectUri, { code, state: how.asked.state });
}

function deny(response: Response, asked: AuthorizationRequest): void {
  redirect(response, asked.redirectUri, {
    error: 'access_denied',
    error_description: 'end-user denied authorization',
    state: asked.state,
  });
}

function redirect(response: Response, to: string, fields: Record<string, string | undefined>): void {
  const given = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const query = new URLSearchParams(given).toString();
  response.setHeader('cache-control', 'no-store');
  response.redirect(302, `${to}${to.includes('?') ? '&' : '?'}${query}`);
}

function fail(response: Response, { error, error_description }: { error: string; error_description: string }): void {
  sendPage(response, 400, failurePage(`error=${error}&error_description=${error_description}`));
}

function sendPage(response: Response, status: number, markup: string): void {
  response.setHeader('cache-control', 'no-store');
  response.status(status).type('html').send(markup);
}

function textsOf(fields: Readonly<Record<string, unknown>>): Query {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]),
  );
}
