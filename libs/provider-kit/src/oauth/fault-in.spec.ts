import { describe, expect, it } from 'vitest';
import { faultIn } from './fault-in.ts';

const invalid = { error: 'invalid_grant', description: 'expired access/refresh token' };

describe('faultIn', () => {
  it.each([
    ['JSON', '{"error":"invalid_grant","error_description":"expired access/refresh token"}'],
    ['a form', 'error=invalid_grant&error_description=expired+access%2Frefresh+token'],
  ])('reads a refusal in %s', (_, text) => {
    expect(faultIn({ status: 400, text })).toEqual(invalid);
    expect(faultIn({ status: 401, text })).toEqual(invalid);
  });

  it('takes a refusal without a description', () => {
    expect(faultIn({ status: 400, text: '{"error":"invalid_client"}' })).toEqual({
      error: 'invalid_client',
      description: '',
    });
  });

  it.each([
    ['a fault of the server', 503, '{"error":"invalid_grant"}'],
    ['too many calls', 429, '{"error":"rate_limit_exceeded"}'],
    ['a call that came too late', 408, '{"error":"invalid_grant"}'],
    ['success', 200, '{"error":"invalid_grant"}'],
    ['a page', 400, '<html>error=invalid_grant</html>'],
    ['nothing', 400, ''],
    ['a list', 400, '["error"]'],
    ['null', 400, 'null'],
    ['an error that is no code', 400, '{"error":"<b>no</b>"}'],
    ['an error that is no text', 400, '{"error":{"code":1}}'],
  ])('does not take %s for a refusal', (_, status, text) => {
    expect(faultIn({ status, text })).toBeUndefined();
  });
});
