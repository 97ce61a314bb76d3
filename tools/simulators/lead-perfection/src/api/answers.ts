/** What an action decided: the answer, and whether the company was changed by it. */
export interface Answer {
  status: number;
  body: string | Buffer;
  applied: boolean;
  /** Why it failed, in the words of the answer; absent when it did not. */
  error?: string;
}

/** The constant LeadPerfection answers to most writes: a bare JSON string. */
export const UPDATED: Answer = { status: 200, body: '"UPDATED SUCCESSFULLY!"', applied: true };

/** ASP.NET Web API's own error object, for everything that fails outside the business logic. */
export function webApiError(status: number, message: string, more: Record<string, string> = {}): Answer {
  return { status, body: JSON.stringify({ Message: message, ...more }), applied: false, error: message };
}

export const DENIED = webApiError(401, 'Authorization has been denied for this request.');

/** A call that the account or its app key has no right to; refreshing the token does not cure it. */
export function notPermitted(action: string, more = ''): Answer {
  return webApiError(403, `User does not have permission to execute action '${action}'${more}`);
}

/** Envelope 1: HTTP 200 although it failed. */
export function refused(error: string, message = 'Exception Occured'): Answer {
  return { status: 200, body: JSON.stringify({ message, status: 'ERROR', error }), applied: false, error };
}

/** LeadPerfection's words for a body it could not bind, base64 among them. */
export function missingColumn(name: string): Answer {
  return refused(`Column '${name}' does not belong to table .`);
}

/** Envelope 1, when it went well. */
export function accepted(message: string): Answer {
  return { status: 200, body: JSON.stringify({ message, status: 'OK', error: null }), applied: true };
}

/** Envelope 2: HTTP 200 either way, an array of one. */
export function result(good: boolean, message: string): Answer {
  const body = JSON.stringify([{ Result: good ? 1 : 0, Message: message }]);
  return { status: 200, body, applied: good, ...(good ? {} : { error: message }) };
}
