import type { Request, RequestHandler } from 'express';
import type { InboundAnswer, InboundCall, InboundModule, Vars } from '../module/contract.ts';
import type { FeedbackParts } from './feedback-route.ts';
import { deliverable } from '../typed/typed-value.ts';
import { canonical } from '../platform/http-call.ts';
import { throughFaults } from './feedback-route.ts';

/**
 * `/integrations/{name}/feedback`: a vendor calls in its own words, and the integration's inbound module reads and
 * answers it. A message without a type is acknowledged and is no feedback.
 */
export function moduleFeedbackRoute(modules: ReadonlyMap<string, InboundModule>, parts: FeedbackParts): RequestHandler {
  return throughFaults(parts, (request, response) => {
    const name = String(request.params['name']);
    const module = modules.get(name);
    if (!module) {
      response.status(404).type('text/plain').send('Unknown integration.');
      return;
    }
    const answer = hosted({ name, module, call: callOf(request), parts });
    response.status(answer.status).set(answer.headers).send(answer.body);
  });
}

function hosted(it: { name: string; module: InboundModule; call: InboundCall; parts: FeedbackParts }): InboundAnswer {
  try {
    const vars = { ...it.module.request(it.call) } as Vars;
    return it.module.response(it.call, { ...vars, ...taken(it.name, vars, it.parts) });
  } catch (error) {
    if (error instanceof Error && error.name === 'HttpError') return error as unknown as InboundAnswer;
    return { status: 500, headers: {}, body: `The integration failed: ${String(error)}` };
  }
}

function taken(by: string, vars: Vars, { feedback }: FeedbackParts): Vars {
  const said = (...names: string[]): unknown => names.map((name) => deliverable(vars[name])).find(Boolean);
  const type = said('type');
  if (type === undefined) return { price: 0 };
  const answer = feedback.take({ by, eventId: said('event_id', 'eventid'), type, reason: said('reason') });
  return { ...answer, price: 0 };
}

function callOf(request: Request): InboundCall {
  return {
    method: request.method,
    uri: request.originalUrl,
    headers: canonical(request.headers),
    ...(typeof request.body === 'string' ? { body: request.body } : {}),
  };
}
