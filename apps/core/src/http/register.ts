import type { Request, RequestHandler, Response, Router } from 'express';
import { type Clock, HttpProblem, type NewId, parseInput } from '@occ-hub/service';
import { withStoreFaults } from '@occ-hub/store';
import { NotFound } from '../store/found.ts';
import { hashOf, idOf } from '../store/id-of.ts';
import { checkAccess } from './auth.ts';
import type { Caller } from './caller.ts';
import { keyId, runOnce } from './idempotency.ts';
import type { IdempotencyStore } from './idempotency.store.ts';
import { type Answer, type Call, isShape, type Route, streamed } from './route.ts';

export interface RegisterParts {
  readonly verify: (authorization: string | undefined) => Promise<Caller>;
  readonly keys: IdempotencyStore;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** Nobody: the caller of an open route. */
const nobody: Caller = { member: 'nobody', org: undefined, role: 'org-user' };

/** Puts the table of routes into Express. */
export function register(router: Router, routes: readonly Route[], parts: RegisterParts): void {
  for (const route of routes) router[route.method](expressPath(route.path), handlerOf(route, parts));
}

/** `/v1/orgs/{org}` as Express spells it. */
export function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function handlerOf(route: Route, parts: RegisterParts): RequestHandler {
  return withStoreFaults(async (request: Request, response: Response) => {
    try {
      const caller = route.access === 'open' ? nobody : await parts.verify(request.get('authorization'));
      checkAccess(caller, route.access, request.params['org'] as string | undefined);
      send(route, await answer(route, { request, response, caller }, parts), response);
    } catch (error) {
      throw error instanceof NotFound ? notFound(error) : error;
    }
  });
}

function notFound({ code, message }: NotFound): HttpProblem {
  return new HttpProblem({ status: 404, code, message });
}

interface Visit {
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
}

async function answer(route: Route, visit: Visit, parts: RegisterParts): Promise<Answer> {
  const { request } = visit;
  const params = parseInput(route.params, request.params);
  const query = parseInput(route.query, request.query);
  const body = route.body === undefined ? undefined : parseInput(route.body, request.body ?? {});
  const key = idempotencyKey(route, visit);
  const once: Call<never, never, never>['once'] = (fingerprint, work) =>
    key === undefined ? work() : runOnce({ store: parts.keys, clock: parts.clock }, { id: key, fingerprint }, work);
  const newId = (prefix: string) => (key === undefined ? parts.newId(prefix) : idOf(prefix, [key]));
  const call = { ...visit, params, query, body, once, newId } as Call<never, never, never>;
  const work = () => route.handle(call);
  // An upload is known by its bytes, which only the handler sees.
  return route.upload === undefined ? once(hashOf([params, query, body]), work) : work();
}

function send(route: Route, result: Answer, response: Response): void {
  if (result === streamed) return;
  const shape = route.replies[result.status];
  response.status(result.status);
  if (shape === undefined) throw new Error(`${route.method} ${route.path} answers an undeclared ${result.status}`);
  if (isShape(shape)) response.json(shape.parse(result.body));
  else response.end();
}

function idempotencyKey(route: Route, { request, caller }: Visit): string | undefined {
  const key = route.creates ? request.get('idempotency-key') : undefined;
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new HttpProblem({
      status: 400,
      code: 'core.idempotency.unreadable',
      message: 'An Idempotency-Key has 1 to 200 visible ASCII characters.',
    });
  }
  return keyId({ org: caller.org ?? `member:${caller.member}`, route: `${route.method} ${route.path}`, key });
}
