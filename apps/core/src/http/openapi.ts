import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { isShape, type ReplyNote, type Route } from './route.ts';

const FieldFault = z.object({ pointer: z.string(), message: z.string() });

/** RFC 9457, with what people and programs need to go on. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened, whose side, what to do'),
    instance: z.string().optional(),
    code: z.string().describe('Stable; search for it'),
    errors: z.array(FieldFault).optional(),
    retryable: z.boolean(),
    traceId: z.string().optional(),
  })
  .meta({ id: 'Problem' });

const idempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .max(200)
    .optional()
    .describe('Same key and same request: the stored reply again, for 24 hours. Another request: 422. Running: 409.'),
});

/** OpenAPI 3.1 of the table of routes. */
export function printOpenApi(routes: readonly Route[], server: string | undefined): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'OCC Hub core', version: '1.0.0', description: 'The OCC side of the hub.' },
    ...(server === undefined ? {} : { servers: [{ url: server }] }),
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    paths,
  });
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const body = bodyOf(route);
  return {
    operationId: `${route.method} ${route.path}`.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, ''),
    tags: [route.tag],
    summary: route.summary,
    ...(route.access === 'open' ? { security: [] } : { description: `Roles: ${route.access.join(', ')}.` }),
    requestParams: {
      path: route.params,
      query: route.query,
      ...(route.creates ? { header: idempotencyHeader } : {}),
    },
    ...(body === undefined ? {} : { requestBody: { required: true, content: body } }),
    responses: {
      ...Object.fromEntries(Object.entries(route.replies).map(([status, reply]) => [status, replyOf(reply)])),
      default: { description: 'A problem', content: { 'application/problem+json': { schema: Problem } } },
    },
  };
}

function bodyOf(route: Route): Record<string, { schema: z.ZodType }> | undefined {
  if (route.body !== undefined) return { 'application/json': { schema: route.body } };
  if (route.upload === undefined) return undefined;
  const file = z.string().meta({ format: 'binary', description: 'The PDF; the last part of the form' });
  return { 'multipart/form-data': { schema: route.upload.extend({ file }) } };
}

function replyOf(reply: z.ZodType | ReplyNote) {
  if (isShape(reply)) {
    return { description: reply.description ?? 'Done', content: { 'application/json': { schema: reply } } };
  }
  if (reply.contentType === undefined) return { description: reply.description };
  return { description: reply.description, content: { [reply.contentType]: { schema: z.string() } } };
}
