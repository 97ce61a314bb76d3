import type { Query } from '@jetstreamapp/soql-parser-js';
import { parseQuery } from '@jetstreamapp/soql-parser-js';
import { soqlError } from './soql-error.ts';
import { SalesforceError } from '../records/salesforce-error.ts';

const LONGEST_STATEMENT = 100_000;

/** The statement as a tree. Throws MALFORMED_QUERY with an extract and the place. */
export function parseSoql(soql: string): Query & { sObject: string } {
  if (soql.length > LONGEST_STATEMENT) {
    throw new SalesforceError('MALFORMED_QUERY', 'SOQL statements cannot be longer than 100000 characters.');
  }
  const parsed = attempt(soql);
  if (parsed.sObject === undefined) throw unexpected(soql, '');
  return { ...parsed, sObject: parsed.sObject };
}

function attempt(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const offset = /at offset: (\d+)/.exec(text)?.[1];
    if (offset !== undefined) {
      const at = Number(offset);
      throw soqlError(
        'MALFORMED_QUERY',
        { soql, at },
        `line 1:${at} no viable alternative at character '${soql.charAt(at)}'`,
      );
    }
    throw unexpected(soql, /found:?\s*(?:-->\s*)?'([^']*)'/.exec(text)?.[1] ?? '');
  }
}

function unexpected(soql: string, token: string): SalesforceError {
  const at = token === '' ? soql.length : soql.lastIndexOf(token);
  return soqlError('MALFORMED_QUERY', { soql, at }, `unexpected token: ${token === '' ? '<EOF>' : `'${token}'`}`);
}
