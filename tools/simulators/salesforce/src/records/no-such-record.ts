import { id18 } from '../ids.ts';
import { SalesforceError } from './salesforce-error.ts';

/** The refusal for an id that nothing belongs to. */
export function noSuchRecord(id: string): SalesforceError {
  if (id18(id) === undefined) return new SalesforceError('MALFORMED_ID', `malformed id ${id}`);
  return new SalesforceError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${id}`, {
    status: 404,
  });
}
