import { isHubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { SessionExpired, refusalOf, restAfter } from './answers.ts';

const refusal = (errorCode: string, message: string, more: object = {}) =>
  JSON.stringify([{ message, errorCode, ...more }]);
const answer = (status: number, text: string, headers: Record<string, string> = {}) => ({ status, text, headers });
const meaning = (status: number, text: string, writes = false) => {
  const error = refusalOf(answer(status, text), writes);
  return error instanceof SessionExpired ? 'expired' : `${error.kind} ${error.code.replace('improveit360.', '')}`;
};
const errorOf = (status: number, text: string, writes = false) => {
  const error = refusalOf(answer(status, text), writes);
  return isHubError(error) ? error : expect.fail('the session expired');
};

const invalidField =
  "\nSELECT Id,i360core__Foo__c FROM i360core__Staff__c\n          ^\nERROR at Row:1:Column:11\nNo such column 'i360core__Foo__c' on entity 'i360core__Staff__c'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.";
const queryExtract = "SELECT Id FROM Account WHERE ^ ERROR at Row:1:Column:29 unexpected token: '<EOF>'";

/** What the catalogue of Salesforce's errors has, row by row. */
const catalogue: readonly (readonly [status: number, code: string, message: string, meaning: string])[] = [
  [401, 'INVALID_SESSION_ID', 'Session expired or invalid', 'expired'],
  [401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API', 'credential session.no-api'],
  [401, 'INVALID_SESSION_ID', 'Connected app is not attached to Agent', 'credential session.no-api'],
  [403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'transient limit.daily'],
  [
    ...([403, 'REQUEST_LIMIT_EXCEEDED'] as const),
    'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
    'transient limit.concurrent',
  ],
  [503, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded', 'transient limit.concurrent'],
  [500, 'UNKNOWN_EXCEPTION', 'ConcurrentPerOrgLongTxn Limit exceeded', 'transient limit.concurrent'],
  [403, 'API_DISABLED_FOR_ORG', 'API not enabled for org', 'credential api-disabled-for-org'],
  [403, 'API_CURRENTLY_DISABLED', 'API is disabled for this User', 'credential api-currently-disabled'],
  [403, 'INSUFFICIENT_ACCESS', 'insufficient access rights', 'rejected insufficient-access'],
  [400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access', 'rejected insufficient-access-or-readonly'],
  [400, 'MALFORMED_QUERY', queryExtract, 'rejected malformed-query'],
  [400, 'INVALID_FIELD', invalidField, 'transient invalid-field'],
  [400, 'INVALID_TYPE', "sObject type 'i360core__Staff__c' is not supported.", 'rejected invalid-type'],
  [400, 'INVALID_QUERY_LOCATOR', 'invalid query locator', 'transient invalid-query-locator'],
  [
    ...([400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'] as const),
    'transient unable-to-lock-row',
  ],
  [
    ...([
      400,
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Status: bad value for restricted picklist field: Ran',
    ] as const),
    'rejected invalid-or-null-for-restricted-picklist',
  ],
  [
    ...([400, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create/update fields: i360core__Status__c.'] as const),
    'rejected invalid-field-for-insert-update',
  ],
  [
    ...([400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'A sold appointment needs a price'] as const),
    'rejected field-custom-validation-exception',
  ],
  [400, 'CANNOT_EXECUTE_FLOW_TRIGGER', 'The flow failed', 'rejected cannot-execute-flow-trigger'],
  [
    ...([400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'i360core.Trigger: failed'] as const),
    'rejected cannot-insert-update-activate-entity',
  ],
  [400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Title]', 'rejected required-field-missing'],
  [400, 'MALFORMED_ID', 'malformed id', 'rejected malformed-id'],
  [400, 'STRING_TOO_LONG', 'data value too large', 'rejected string-too-long'],
  [400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', 'rejected invalid-cross-reference-key'],
  [400, 'DUPLICATE_VALUE', 'duplicate value found', 'rejected duplicate-value'],
  [400, 'JSON_PARSER_ERROR', 'Unexpected character', 'rejected json-parser-error'],
  [
    ...([400, 'INVALID_MULTIPART_REQUEST', 'Multipart message must include a non-binary part'] as const),
    'rejected invalid-multipart-request',
  ],
  [400, 'INVALID_REPLICATION_DATE', 'startDate before org was created', 'rejected invalid-replication-date'],
  [400, 'EXCEEDED_ID_LIMIT', 'too many ids', 'rejected exceeded-id-limit'],
  [404, 'NOT_FOUND', 'The requested resource does not exist', 'rejected not-found'],
  [404, 'ENTITY_IS_DELETED', 'entity is deleted', 'rejected entity-is-deleted'],
  [400, 'ENTITY_IS_DELETED', 'entity is deleted', 'rejected entity-is-deleted'],
  [405, 'METHOD_NOT_ALLOWED', "HTTP Method 'PUT' not allowed.", 'rejected method-not-allowed'],
  [409, 'CONFLICT', 'conflict', 'rejected conflict'],
  [412, 'PRECONDITION_FAILED', 'precondition failed', 'rejected precondition-failed'],
  [415, 'UNSUPPORTED_MEDIA_TYPE', 'unsupported', 'rejected unsupported-media-type'],
  [410, 'UNSUPPORTED_API_VERSION', 'Invalid version specified', 'rejected api-retired'],
  [414, '', '', 'rejected status-414'],
  [431, '', '', 'rejected status-431'],
  [429, 'TOO_MANY', 'slow down', 'transient rate-limited'],
  [408, 'TIMEOUT', 'timed out', 'transient too-early'],
  [420, 'SERVER_UNAVAILABLE', 'not ready', 'transient status-503'],
  [500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred.', 'transient status-500'],
  [503, 'SERVER_UNAVAILABLE', 'The server is unavailable', 'transient status-503'],
  [503, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access', 'transient unable-to-lock-row'],
];

describe('refusalOf', () => {
  it.each(catalogue)('reads %i %s "%s" as %s', (status, code, message, expected) => {
    expect(meaning(status, code === '' ? '' : refusal(code, message))).toBe(expected);
  });

  it.each([
    [300, JSON.stringify(['/services/data/v66.0/sobjects/X/1', '/services/data/v66.0/sobjects/X/2'])],
    [302, ''],
    [500, '<html><body>Down for maintenance</body></html>'],
    [502, '<html>Bad Gateway</html>'],
    [503, '<!DOCTYPE html><html><title>Salesforce Maintenance</title></html>'],
    [504, ''],
    [503, 'null'],
    [500, '[]'],
    [500, '"words"'],
  ])('tries again after %i with %s: no answer is success', (status, text) => {
    expect(meaning(status, text)).toBe(`transient status-${status}`);
  });

  it.each([
    [404, '<html>no such page</html>', 'rejected not-found'],
    [404, '', 'rejected not-found'],
    [410, '', 'rejected api-retired'],
    [400, '', 'rejected status-400'],
    [403, '<html>blocked by a proxy</html>', 'rejected forbidden'],
    [401, '', 'expired'],
    [401, '<html>', 'expired'],
  ])('reads %i without a code (%s) as %s', (status, text, expected) => {
    expect(meaning(status, text)).toBe(expected);
  });

  it('reads the shape of the OAuth side and of parts of a whole, too', () => {
    expect(meaning(400, JSON.stringify({ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'x' }))).toBe(
      'transient unable-to-lock-row',
    );
  });

  it('says that a write may have applied where the server failed, and never where it refused', () => {
    const applied = catalogue.filter(([status, code, message]) => {
      const error = refusalOf(answer(status, code === '' ? '' : refusal(code, message)), true);
      return isHubError(error) && error.mayHaveApplied;
    });
    expect(applied.map(([status, code]) => `${status} ${code}`)).toEqual([
      ...['420 SERVER_UNAVAILABLE', '500 UNKNOWN_EXCEPTION', '503 SERVER_UNAVAILABLE'],
    ]);
    expect(errorOf(502, '<html>', true).mayHaveApplied).toBe(true);
    expect(errorOf(302, '', true).mayHaveApplied).toBe(true);
    for (const status of [500, 502, 503]) expect(errorOf(status, '', false).mayHaveApplied).toBe(false);
  });

  it('hands on what the company says by its own rule, so that a person can put it right', () => {
    const error = errorOf(400, refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'A sold appointment needs a price'), true);
    expect(error.message).toMatch(/rule of the company.*replay.*A sold appointment needs a price/);
  });

  it('never shows an address, a number of somebody, or a text without end', () => {
    const people = 'Duplicate of dana@example.test, 410-555-0143. ';
    for (const [status, code] of catalogue.filter(([, code]) => code !== '')) {
      const error = refusalOf(answer(status, refusal(code, people + 'x'.repeat(2000))), true);
      expect(error.message).not.toMatch(/dana@|555-0143/);
      expect(error.message.length).toBeLessThan(700);
    }
  });

  it('says of every refusal what to do, and whose business it is', () => {
    const theirs: readonly (readonly [code: string, words: RegExp])[] = [
      ['INVALID_TYPE', /no improveit360 Lightning.*platform/],
      ['INVALID_FIELD_FOR_INSERT_UPDATE', /administrator/],
      ['API_DISABLED_FOR_ORG', /administrator to switch it on/],
      ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', /Refresh the lists/],
      ['ENTITY_IS_DELETED', /restored there, replay/],
    ];
    for (const [code, words] of theirs) expect(errorOf(400, refusal(code, 'x')).message).toMatch(words);
  });

  it('waits as long as a failing server asks', () => {
    const error = refusalOf(answer(503, '', { 'retry-after': '120' }), false);
    expect(isHubError(error) && error.retryAfterMs).toBe(120_000);
  });
});

describe('a limit of another kind', () => {
  it.each([
    ['STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Discount limit exceeded: ask your manager'],
    ['LIMIT_EXCEEDED', 'File size limit exceeded'],
  ])('is a refusal, for waiting does not cure it: %s', (code, message) => {
    expect(meaning(400, refusal(code, message), true)).toBe(`rejected ${code.toLowerCase().replaceAll('_', '-')}`);
  });
});

describe('a limit that is reached', () => {
  const daily = errorOf(403, refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'), true);
  const concurrent = errorOf(403, refusal('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit exceeded.'), true);

  it('gives the connection a rest: a quarter of an hour for the day, some seconds for the moment', () => {
    expect(restAfter(daily)).toBe(15 * 60_000);
    expect(restAfter(concurrent)).toBe(5_000);
  });

  it('is no attempt, applied nothing, and asks nobody to authorize again', () => {
    for (const error of [daily, concurrent])
      expect(error).toMatchObject({ kind: 'transient', untried: true, mayHaveApplied: false });
  });

  it('alone gives a rest', () => {
    expect(restAfter(errorOf(503, '', true))).toBeUndefined();
    expect(restAfter(errorOf(400, refusal('UNABLE_TO_LOCK_ROW', 'x')))).toBeUndefined();
    expect(restAfter(new SessionExpired())).toBeUndefined();
    expect(restAfter(undefined)).toBeUndefined();
  });
});
