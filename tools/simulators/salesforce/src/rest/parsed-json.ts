import { SalesforceError } from '../records/salesforce-error.ts';

/** Throws JSON_PARSER_ERROR. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new SalesforceError('JSON_PARSER_ERROR', `Unexpected input: ${reason}`);
  }
}
