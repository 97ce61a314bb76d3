import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { accessLog, tellablePath, traceContext } from './http-trail.ts';
import { HttpProblem, problemDocument, problemOf } from './http-problem.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';
import { currentTraceparent, traceIdOf } from './trace.ts';

export interface HttpShellParts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  /** Largest JSON or form body in bytes (1 MiB when absent); more is refused with 413. */
  readonly bodyLimit?: number;
  /** How many proxies of our own stand before it (0 when absent): a caller's address is the one that the outermost of them saw. */
  readonly proxies?: number;
  /** Below this path a body stays the text it came as, whatever it says it is: its reader answers in its own words. */
  readonly textUnder?: string;
}

export interface HttpShell {
  /** For `listen`. */
  readonly app: Express;
  /**
   * Adds routes and opens the door to them. Until its first call everything but /livez, /readyz and /metrics is answered
   * 503 `service.starting`, so health can be asked while the store is away and nobody takes "not yet" for "not there".
   */
  serve(routes: (router: Router) => void): void;
}

/**
 * The HTTP side of every process: helmet, trace context and request id, one access line per request, JSON and form
 * bodies, /livez, /readyz, /metrics, and problem documents for whatever is thrown.
 */
export function createHttpShell(parts: HttpShellParts): HttpShell {
  const app = express();
  const router = express.Router();
  let open = false;
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', parts.proxies ?? 0);
  app.use(helmet(), traceContext(), accessLog(parts));
  addHealth(app, parts);
  app.use((_request, _response, next) => next(open ? undefined : starting()));
  const limit = parts.bodyLimit ?? 1_048_576;
  if (parts.textUnder !== undefined) app.use(parts.textUnder, express.text({ limit, type: () => true }));
  app.use(bodies(limit), router);
  app.use(() => {
    throw new HttpProblem({ status: 404, code: 'http.not-found', message: 'There is nothing at this address.' });
  });
  app.use(problemHandler(parts.log));
  return {
    app,
    serve(routes) {
      routes(router);
      open = true;
    },
  };
}

/** Answers whatever a route throws as application/problem+json, and logs what is our own fault. */
export function problemHandler(log: Log): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- Express knows an error handler by its four parameters
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = problemOf(error);
    if (problem.status === 500)
      log.error({ error, code: problem.code, path: tellablePath(request.path) }, 'request failed');
    const where = { instance: tellablePath(pathOf(request.originalUrl)), traceId: traceIdOf(currentTraceparent()) };
    const body = JSON.stringify(problemDocument(problem, where));
    response.status(problem.status).set(problem.headers).type('application/problem+json').send(body);
  };
}

/** The bytes of a JSON or form body as they came, for signatures over them. */
export function rawBodyOf(request: object): Buffer | undefined {
  return (request as { rawBody?: Buffer }).rawBody;
}

function bodies(limit: number): RequestHandler[] {
  const verify = (request: object, _response: object, bytes: Buffer) => void Object.assign(request, { rawBody: bytes });
  return [
    express.json({ limit, verify, type: ['application/json', 'application/*+json'] }),
    express.urlencoded({ limit, verify, extended: false }),
  ];
}

function addHealth(app: Express, { metrics, readiness }: HttpShellParts): void {
  app.get('/livez', (_request, response) => void response.json({ live: true }));
  app.get('/readyz', async (_request, response) => {
    const report = await readiness.report();
    response.status(report.ready ? 200 : 503).json(report);
  });
  app.get('/metrics', async (_request, response) => {
    response.set('content-type', metrics.contentType).send(await metrics.text());
  });
}

function starting(): HttpProblem {
  const message = 'This service is starting. Try again in a few seconds.';
  return new HttpProblem({ status: 503, code: 'service.starting', message, headers: { 'retry-after': '2' } });
}

function pathOf(url: string): string {
  return url.split('?')[0] ?? url;
}
