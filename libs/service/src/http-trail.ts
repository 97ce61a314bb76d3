import type { RequestHandler } from 'express';
import { hasCardNumber } from './card-numbers.ts';
import { newId } from './ids.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { childTraceparent, currentTraceparent, traceIdOf, withTrace } from './trace.ts';

const quietPaths = new Set(['/livez', '/readyz', '/metrics']);

/** What may be told of a path: one that holds a card number is not told. */
export function tellablePath(path: string): string {
  return hasCardNumber(path) ? '/…' : path;
}

/** Takes up the caller's trace (or starts one) for everything the request causes, and gives the request an id. Neither brings a card number in. */
export function traceContext(): RequestHandler {
  return (request, response, next) => {
    const asked = request.get('x-request-id');
    const requestId = asked !== undefined && /^[\w.-]{1,64}$/.test(asked) && !hasCardNumber(asked) ? asked : newId();
    response.locals['requestId'] = requestId;
    response.set('x-request-id', requestId);
    const parent = request.get('traceparent');
    withTrace(childTraceparent(parent !== undefined && hasCardNumber(parent) ? undefined : parent), () => next());
  };
}

/** One line and one observation per request, at its end. Never a query string, header or body. */
export function accessLog({ log, metrics }: { log: Log; metrics: Metrics }): RequestHandler {
  const seconds = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route',
    labels: ['method', 'route', 'status'],
  });
  return (request, response, next) => {
    const { method } = request;
    const path = tellablePath(request.path);
    const begun = performance.now();
    const line = quietPaths.has(path) ? log.debug : log.info;
    // Taken now: 'close' is emitted in the socket's context, where the request's trace is not seen.
    const traceId = traceIdOf(currentTraceparent());
    response.once('close', () => {
      const ms = Math.round(performance.now() - begun);
      const route = request.route as { path?: unknown } | undefined;
      const label = typeof route?.path === 'string' ? request.baseUrl + route.path : 'unmatched';
      seconds.observe({ method, route: label, status: String(response.statusCode) }, ms / 1000);
      const outcome = response.writableFinished ? 'answered' : 'cut';
      const requestId = String(response.locals['requestId']);
      line({ method, path, status: response.statusCode, ms, outcome, requestId, traceId }, 'request');
    });
    next();
  };
}
