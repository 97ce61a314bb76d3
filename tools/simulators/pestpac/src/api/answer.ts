import type { Value } from '../records/value.ts';

/** What PestPac says. A body of undefined is an empty one; `type` is for what is no JSON. */
export interface Answer {
  status: number;
  body?: Value;
  text?: { type: string; content: string };
  /** Whether anything was changed. */
  applied: boolean;
  error?: string;
}

/** 200 with what was asked for. */
export function found(body: Value): Answer {
  return { status: 200, body, applied: false };
}

/** 200 with the whole record, as every create and change answers. */
export function done(body?: Value): Answer {
  return { status: 200, ...(body === undefined ? {} : { body }), applied: true };
}

/** A sentence as text, as unknown numbers are answered. */
export function said(status: number, content: string): Answer {
  return { status, text: { type: 'text/plain; charset=utf-8', content }, applied: false, error: content };
}

/** As the gateway before PestPac refuses. */
export function gatewayFault(status: number, faultstring: string, errorcode: string): Answer {
  return { status, body: { fault: { faultstring, detail: { errorcode } } }, applied: false, error: faultstring };
}

/** The one sign of a used-up contract: 401, and the word quota. */
export const QUOTA: Answer = gatewayFault(
  401,
  'Rate limit quota violation. Quota limit exceeded for this API key.',
  'policies.ratelimit.QuotaViolation',
);
