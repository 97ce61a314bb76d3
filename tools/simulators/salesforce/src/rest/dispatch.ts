import type { RestAnswer, RestCall, RestParts, RouteHandler } from './rest-call.ts';
import { notFound, SalesforceError } from '../records/salesforce-error.ts';
import { createMany, readMany, removeMany, updateMany, upsertMany } from './collections.ts';
import { composite } from './composite.ts';
import { basicInfo, describe, describeGlobal, limits, picklistValues, resources } from './object-routes.ts';
import { nextPage, query, queryAll } from './query-routes.ts';
import { create, read, readByKey, remove, update, upsert } from './record-routes.ts';
import { deleted, updated } from './replication-routes.ts';

interface Route {
  pattern: RegExp;
  methods: Readonly<Record<string, RouteHandler>>;
}

const compositeCall: RouteHandler = (parts, call) => composite(parts, call, (part) => dispatch(parts, part));

/** The first pattern that fits wins. */
const ROUTES: readonly Route[] = [
  route('', { GET: resources }),
  route('/query', { GET: query }),
  route('/queryAll', { GET: queryAll }),
  route('/query/:locator', { GET: nextPage }),
  route('/queryAll/:locator', { GET: nextPage }),
  route('/limits', { GET: limits }),
  route('/ui-api/object-info/:object/picklist-values/:recordType', { GET: picklistValues }),
  route('/ui-api/object-info/:object/picklist-values/:recordType/:field', { GET: picklistValues }),
  route('/composite', { POST: compositeCall }),
  route('/composite/sobjects', { POST: createMany, PATCH: updateMany, DELETE: removeMany }),
  route('/composite/sobjects/:object', { POST: readMany }),
  route('/composite/sobjects/:object/:key', { PATCH: upsertMany }),
  route('/sobjects', { GET: describeGlobal }),
  route('/sobjects/:object', { GET: basicInfo, POST: create }),
  route('/sobjects/:object/describe', { GET: describe }),
  route('/sobjects/:object/updated', { GET: updated }),
  route('/sobjects/:object/deleted', { GET: deleted }),
  route('/sobjects/:object/:id', { GET: read, PATCH: update, DELETE: remove }),
  route('/sobjects/:object/:key/:value', { GET: readByKey, PATCH: upsert }),
];

/** Answers a call, or throws SalesforceError. */
export function dispatch(parts: RestParts, call: RestCall): RestAnswer {
  for (const { pattern, methods } of ROUTES) {
    const found = pattern.exec(call.path);
    if (!found) continue;
    const handler = methods[call.method === 'HEAD' ? 'GET' : call.method];
    if (!handler) {
      const allowed = Object.keys(methods).join(',');
      throw new SalesforceError(
        'METHOD_NOT_ALLOWED',
        `HTTP Method '${call.method}' not allowed. Allowed are ${allowed}`,
        {
          status: 405,
        },
      );
    }
    return handler(parts, call, found.slice(1).map(decoded));
  }
  throw notFound();
}

function route(path: string, methods: Route['methods']): Route {
  return { pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '([^/]+)')}$`), methods };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notFound();
  }
}
