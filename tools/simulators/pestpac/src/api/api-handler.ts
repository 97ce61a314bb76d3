import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Company } from '../company/company.ts';
import type { Answer } from './answer.ts';
import type { FoundRoute } from './find-route.ts';
import type { Body } from './request-body.ts';
import { gatewayFault, QUOTA } from './answer.ts';
import { hasCardNumber } from './card-number.ts';
import { exchange } from './exchange.ts';
import { findRoute } from './find-route.ts';
import { Query } from './query.ts';
import { refusalAnswer } from './refusal-answer.ts';
import { refusal } from '../records/refusal.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Everything below `/pestpac/v1`. Expects the path behind it in `request.url`, as Express's `use` leaves it. */
export function apiHandler(company: Company, stopping: AbortSignal): Handler {
  return (request, response) => {
    const [path = '/', ...search] = (request.url ?? '/').split('?');
    const there = findRoute(request.method ?? '', path);
    const known = there !== null && there !== 'method';
    const call = known ? `${there.route.method} ${there.route.path}` : `${request.method ?? ''} (unknown path)`;
    const query = new Query(search.join('?'));
    const decide = (body: Body): Answer => decided({ company, request, there, query, body });
    return exchange({ company, request, response, call, stopping, decide });
  };
}

interface Question {
  company: Company;
  request: IncomingMessage;
  there: FoundRoute | 'method' | null;
  query: Query;
  body: Body;
}

/** The gateway first (key, token, contract), then the path, then the body, and only then the work. */
function decided({ company, request, there, query, body }: Question): Answer & { secret?: boolean } {
  const stopped = atTheGate(company, request);
  if (stopped) return stopped;
  if (there === null) return { status: 404, applied: false, error: 'no such path' };
  if (there === 'method') return { status: 405, applied: false, error: 'no such method on this path' };
  if (body.kind === 'too-large') return { status: 413, applied: false, error: 'the body is too large' };
  if (body.kind === 'unsupported' || body.kind === 'form') return { status: 415, applied: false, error: 'no JSON' };
  if (body.kind === 'broken') throw refusal(400, 'The body is not valid JSON.');
  const value = body.kind === 'json' ? body.value : undefined;
  if (hasCardNumber(value) || hasCardNumber(query.all()) || hasCardNumber(Object.values(there.params))) {
    const words = refusal(400, 'Account numbers are not taken; send a token.');
    return { ...refusalAnswer(words, company.switches.errorShape), secret: true };
  }
  return there.route.work({ company, params: there.params, query, body: value });
}

function atTheGate(company: Company, { headers }: IncomingMessage): Answer | null {
  const { credentials, tokens, switches, clock, usage } = company;
  if (headers['apikey'] !== credentials.apiKey) {
    return gatewayFault(401, 'Invalid ApiKey', 'oauth.v2.InvalidApiKey');
  }
  if (!tokens.userOf(headers.authorization)) {
    return gatewayFault(401, 'Invalid access token', 'oauth.v2.InvalidAccessToken');
  }
  if (headers['tenant-id'] !== credentials.tenantId) {
    return gatewayFault(401, 'Invalid tenant', 'steps.raisefault.InvalidTenant');
  }
  const limits = { daily: switches.dailyQuota, burst: switches.burstLimit, seconds: switches.burstSeconds };
  return usage.take({ now: clock.now(), day: clock.today() }, limits) ? null : QUOTA;
}
