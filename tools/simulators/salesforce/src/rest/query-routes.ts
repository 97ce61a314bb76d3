import type { RestCall, RouteHandler } from './rest-call.ts';
import { SalesforceError } from '../records/salesforce-error.ts';

const SMALLEST_PAGE = 200;
const LARGEST_PAGE = 2000;

export const query: RouteHandler = ({ queries }, call) => ({
  status: 200,
  body: queries.run(statementOf(call), { base: call.base, batchSize: batchSizeOf(call), all: false }),
});

export const queryAll: RouteHandler = ({ queries }, call) => ({
  status: 200,
  body: queries.run(statementOf(call), { base: call.base, batchSize: batchSizeOf(call), all: true }),
});

export const nextPage: RouteHandler = ({ queries }, call, [locator = '']) => ({
  status: 200,
  body: queries.next(locator, { base: call.base, batchSize: batchSizeOf(call) }),
});

function statementOf({ query: params }: RestCall): string {
  const soql = params.get('q');
  if (soql === null || soql.trim() === '')
    throw new SalesforceError('MALFORMED_QUERY', 'SOQL statements cannot be empty');
  return soql;
}

/** Only a hint, and only between 200 and 2,000. */
function batchSizeOf({ headers }: RestCall): number | undefined {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(headers['sforce-query-options'] ?? '')?.[1];
  return asked === undefined ? undefined : Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, Number(asked)));
}
