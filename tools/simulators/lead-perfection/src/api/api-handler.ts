import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Company } from '../company/company.ts';
import type { Action } from './action.ts';
import type { Answer } from './answers.ts';
import type { Body } from './request-body.ts';
import { actionAt } from './actions.ts';
import { DENIED, missingColumn, notPermitted, webApiError } from './answers.ts';
import { exchange } from './exchange.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Everything below `/api`. Expects the path behind `/api` in `request.url`, as Express's `use` leaves it. */
export function apiHandler(company: Company, stopping: AbortSignal): Handler {
  return (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const action = actionAt(path);
    return exchange({
      company,
      request,
      response,
      stopping,
      target: path,
      action: action?.name ?? path,
      decide: (body) => decide({ company, request, action, path, body }),
    });
  };
}

interface Question {
  company: Company;
  request: IncomingMessage;
  action: Action | undefined;
  path: string;
  body: Body;
}

/** The order of ASP.NET: is there such an action, who asks, may they, can the body be read, and only then the work. */
function decide({ company, request, action, path, body }: Question): { answer: Answer; user: string | null } {
  if (!action) {
    return {
      answer: webApiError(404, `No HTTP resource was found that matches the request URI '/api${path}'.`),
      user: null,
    };
  }
  if (request.method !== 'POST') {
    const refusal = `The requested resource does not support http method '${request.method}'.`;
    return { answer: webApiError(405, refusal), user: null };
  }
  const grant = company.tokens.grantOf(request.headers.authorization);
  if (!grant) return { answer: DENIED, user: null };
  const { user } = grant;
  if (!company.permissions.mayExecute(user, action.name)) return { answer: notPermitted(action.name), user };
  if (!('params' in body)) return { answer: unreadable(body.kind, request), user };
  if (body.kind !== action.body && !(body.kind === 'none' && action.body === 'form')) {
    return { answer: missingColumn(action.column), user };
  }
  return { answer: action.run({ company, action: action.name, user, params: body.params }), user };
}

function unreadable(kind: 'broken' | 'unsupported' | 'too-large', request: IncomingMessage): Answer {
  if (kind === 'too-large') return webApiError(413, 'Maximum request length exceeded.');
  if (kind === 'broken') return webApiError(400, 'The request is invalid.');
  const type = request.headers['content-type'] ?? '';
  return webApiError(415, `The request entity's media type '${type}' is not supported for this resource.`);
}
