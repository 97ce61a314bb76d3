import type { Switches } from '../settings.ts';

/** What SingleOps decides to say. */
export interface Answer {
  status: number;
  contentType: 'application/json; charset=utf-8' | 'text/html; charset=utf-8';
  headers: Record<string, string>;
  body: string;
  /** Why it was refused; null when it was not. */
  error: string | null;
  /** The lead that was made; null for none. */
  leadId: number | null;
}

export function json(status: number, body: unknown, more: Partial<Answer> = {}): Answer {
  const contentType = 'application/json; charset=utf-8';
  return { status, contentType, headers: {}, body: JSON.stringify(body), error: null, leadId: null, ...more };
}

export function page(status: number, title: string, headers: Record<string, string> = {}): Answer {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, contentType: 'text/html; charset=utf-8', headers, body, error: title, leadId: null };
}

/** `success: false`, in the form in force. */
export function failure(errors: readonly string[], { errorAs, failureStatus }: Switches): Answer {
  const text = errors.join(', ');
  const error = errorAs === 'text' ? text : errorAs === 'list' ? errors : { base: errors };
  return json(failureStatus, { success: false, error, id: null }, { error: text });
}

export const UNAUTHORIZED = json(
  401,
  { error: 'You need to sign in or sign up before continuing.' },
  { error: 'not signed in' },
);
export const FORBIDDEN = json(
  403,
  { error: 'API access is not part of your plan.' },
  { error: 'no API in the price tier' },
);
export const BAD_REQUEST = json(400, { status: 400, error: 'Bad Request' }, { error: 'the body is not JSON' });
export const NOT_FOUND = json(404, { status: 404, error: 'Not Found' }, { error: 'no such address' });
