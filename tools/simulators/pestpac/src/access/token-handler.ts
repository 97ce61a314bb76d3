import type { IncomingMessage } from 'node:http';
import type { Answer } from '../api/answer.ts';
import type { Handler } from '../api/api-handler.ts';
import type { Body } from '../api/request-body.ts';
import type { Company } from '../company/company.ts';
import { exchange } from '../api/exchange.ts';

/** How faults and the log name the token endpoint. */
export const TOKEN_CALL = 'POST /oauth2/token';

/** The token endpoint: password and refresh grants, the client known by its header. */
export function tokenHandler(company: Company, stopping: AbortSignal): Handler {
  return (request, response) => {
    const decide = (body: Body): Answer => granted(company, request, body);
    return exchange({ company, request, response, call: TOKEN_CALL, stopping, decide });
  };
}

function granted(company: Company, request: IncomingMessage, body: Body): Answer {
  if (body.kind !== 'form') return denied(400, 'invalid_request', 'The body must be a form.');
  if (!isClient(company, request.headers.authorization)) {
    return denied(401, 'invalid_client', 'Client authentication failed.');
  }
  const { form } = body;
  const grant = form.get('grant_type');
  if (grant !== 'password' && grant !== 'refresh_token') {
    return denied(400, 'unsupported_grant_type', 'The grant type is not supported.');
  }
  const user = grant === 'password' ? userBy(company, form) : company.tokens.redeem(form.get('refresh_token') ?? '');
  if (user === null) return denied(400, 'invalid_grant', 'Authentication failed.');
  const search = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
  return issued(company, user, search.get('scope') ?? form.get('scope') ?? '');
}

/** Once issued, tokens are state; but nothing of the company's records is changed by it. */
function issued(company: Company, user: string, scope: string): Answer {
  const { expiresIn, singleToken } = company.switches;
  const { access, refresh } = company.tokens.issue(user, expiresIn, singleToken);
  const withId: Record<string, string> = scope.split(' ').includes('openid') ? { id_token: company.newKey() } : {};
  const tokens = { access_token: access, refresh_token: refresh, ...withId };
  return { status: 200, body: { ...tokens, scope, token_type: 'Bearer', expires_in: expiresIn }, applied: false };
}

function isClient({ credentials, switches }: Company, authorization = ''): boolean {
  const { clientId, clientSecret } = credentials;
  const expected = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const [scheme = '', value] = authorization.split(' ');
  const isScheme = scheme.toLowerCase() === 'basic' || (switches.bearerClient && scheme.toLowerCase() === 'bearer');
  return isScheme && value === expected;
}

function userBy({ credentials }: Company, form: URLSearchParams): string | null {
  const isUser = form.get('username') === credentials.username && form.get('password') === credentials.password;
  return isUser ? credentials.username : null;
}

function denied(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description }, applied: false, error: description };
}
