import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Caller, Role } from './caller.ts';

const nothing = z.object({});

/** Who may call: roles of a token, or `open` where the handler has its own check or nothing needs one. */
export type Access = readonly Role[] | 'open';

/** What a handler gets: parsed input, who calls, and what belongs to this one call. */
export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Caller;
  /** Id for the thing this call creates. A repeat with the same `Idempotency-Key` gets the same id. */
  readonly newId: (prefix: string) => string;
  /** Runs the work once per `Idempotency-Key`; the fingerprint tells a repeat from another request with that key. */
  readonly once: (fingerprint: string, work: () => Promise<Answer>) => Promise<Answer>;
  readonly request: Request;
  readonly response: Response;
}

/** A reply with a body, or `streamed` when the handler has written the response itself. */
export type Answer = { readonly status: number; readonly body?: unknown } | typeof streamed;
export const streamed = Symbol('streamed');

/** One route as a value: the table of all routes registers Express, prints OpenAPI and feeds the isolation test. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | undefined;
  /** Form fields of a multipart upload with one `file`; the handler reads the stream and calls `once` itself. */
  readonly upload: z.ZodObject | undefined;
  /** Shapes of good replies by status. A body is parsed by its shape, so nothing undeclared leaves. */
  readonly replies: Readonly<Record<number, z.ZodType | ReplyNote>>;
  /** The route makes something: it honours `Idempotency-Key`. */
  readonly creates: boolean;
  readonly handle: (call: Call<never, never, never>) => Promise<Answer>;
}

/** A reply that is no JSON: a stream, or nothing. */
export interface ReplyNote {
  readonly description: string;
  readonly contentType?: string;
}

interface RouteFacts<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> {
  readonly method: Route['method'];
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  readonly params: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly upload?: z.ZodObject;
  readonly replies: Route['replies'];
  readonly creates?: true;
  readonly handle: (call: Call<z.output<Params>, z.output<Query>, z.output<Body>>) => Promise<Answer>;
}

/** Declares a route. */
export function route<
  Params extends z.ZodObject,
  Query extends z.ZodObject = typeof nothing,
  Body extends z.ZodType = z.ZodUndefined,
>(facts: RouteFacts<Params, Query, Body>): Route {
  return {
    ...facts,
    query: facts.query ?? nothing,
    body: facts.body,
    upload: facts.upload,
    creates: facts.creates ?? false,
    handle: facts.handle as Route['handle'],
  };
}

/** True when the reply has a JSON shape. */
export function isShape(reply: z.ZodType | ReplyNote): reply is z.ZodType {
  return 'safeParse' in reply;
}
