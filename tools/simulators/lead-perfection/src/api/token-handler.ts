import type { Company } from '../company/company.ts';
import type { Handler } from './api-handler.ts';
import type { Answer } from './answers.ts';
import type { Body } from './request-body.ts';
import { exchange } from './exchange.ts';
import { text } from './request-body.ts';

/** `POST /token`: five form fields, all of which must fit; a token bound to user, client id and app key. */
export function tokenHandler(company: Company, stopping: AbortSignal): Handler {
  return (request, response) =>
    exchange({
      company,
      request,
      response,
      stopping,
      target: '/token',
      action: 'token',
      decide: (body) => decide(company, body),
    });
}

function decide(company: Company, body: Body): { answer: Answer; user: string | null } {
  if (body.kind !== 'form' || text(body.params, 'grant_type') !== 'password') {
    return {
      answer: oauthError('unsupported_grant_type', 'The grant type must be "password", sent as a form.'),
      user: null,
    };
  }
  const given = (name: string): string => text(body.params, name) ?? '';
  const user = company.users.find(
    (one) => one.username.toLowerCase() === given('username').toLowerCase() && one.password === given('password'),
  );
  if (!user || given('clientid') !== company.clientId || given('appkey') !== company.appKey) {
    return {
      answer: oauthError('invalid_grant', 'The user name, password, client id or app key is incorrect.'),
      user: null,
    };
  }
  const grant = { user: user.username, clientId: company.clientId, appKey: company.appKey };
  const token = company.tokens.issue(grant, company.switches.expiresIn);
  const reply = { access_token: token, token_type: 'bearer', expires_in: company.switches.expiresIn };
  return { answer: { status: 200, body: JSON.stringify(reply), applied: false }, user: user.username };
}

function oauthError(error: string, description: string): Answer {
  return { status: 400, body: JSON.stringify({ error, error_description: description }), applied: false, error };
}
