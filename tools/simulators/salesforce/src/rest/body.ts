import { SalesforceError } from '../records/salesforce-error.ts';

/** The JSON object of a call. Throws JSON_PARSER_ERROR for anything else. */
export function objectBody(body: unknown): Record<string, unknown> {
  if (isObject(body)) return body;
  throw new SalesforceError('JSON_PARSER_ERROR', 'The HTTP entity body is required and must be a JSON object.');
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of texts out of JSON; whatever else is in it is left out. */
export function textList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
