import type { Fault } from './fault.ts';

/** An answer that takes the place of the org's own. */
export interface StandIn {
  status: number;
  contentType: string;
  body: string;
}

const rest = (status: number, errorCode: string, message: string): StandIn => json(status, [{ message, errorCode }]);

function json(status: number, body: unknown): StandIn {
  return { status, contentType: 'application/json;charset=UTF-8', body: JSON.stringify(body) };
}

/** Exactly `text/html`, without a charset: clients tell maintenance from an answer by this header. */
function page(status: number, body: string): StandIn {
  return { status, contentType: 'text/html', body };
}

const MAINTENANCE_PAGE =
  '<!DOCTYPE html><html><head><title>Down for Maintenance</title></head>' +
  '<body><h1>We are down for maintenance.</h1><p>Sorry for the inconvenience. We will be back shortly.</p></body></html>';

/** What a fault says instead of the org, or undefined when it spoils the transport and not the words. */
export function standInOf(fault: Fault): StandIn | undefined {
  switch (fault.kind) {
    case 'session':
      return rest(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    case 'session-for-rest':
      return rest(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API');
    case 'daily':
      return rest(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    case 'concurrent':
      return rest(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.');
    case 'long-running':
      return rest(500, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.');
    case 'login-rate':
      return json(400, { error: 'invalid_grant', error_description: 'login rate exceeded' });
    case 'maintenance':
      return page(503, MAINTENANCE_PAGE);
    case 'error':
      return rest(
        500,
        'UNKNOWN_EXCEPTION',
        'An unexpected error occurred. Please include this ErrorId: 1234567890-12345',
      );
    case 'status':
      return ownWords(fault);
    case 'delay':
    case 'stall':
    case 'cut':
    case 'lose':
    case 'drop':
      return undefined;
  }
}

function ownWords({ status, body }: Fault): StandIn {
  if (typeof body === 'string') return page(status, body);
  return body === undefined || body === null
    ? rest(status, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred.')
    : json(status, body);
}
