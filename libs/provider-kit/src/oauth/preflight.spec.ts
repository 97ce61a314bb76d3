import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import type { VendorAnswer, VendorCall } from '../http/vendor-io.ts';
import { preflight } from './preflight.ts';

const consents = {
  vendor: { id: 'some-crm', title: 'Some CRM' },
  words: ({ error }: { error: string }) => `Words for ${error}.`,
};
const url = 'https://login.example.test/authorize?client_id=k';

function look(answer: Partial<VendorAnswer> | Error) {
  const calls: VendorCall[] = [];
  const send = async (call: VendorCall) => {
    calls.push(call);
    if (answer instanceof Error) throw answer;
    return { status: 200, headers: {}, text: '', ...answer };
  };
  return { calls, done: preflight(consents, { send }, url) };
}

describe('a look at the page of the vendor before a person goes there', () => {
  it.each([
    ['redirect_uri_mismatch', '<html>error=redirect_uri_mismatch&amp;error_description=…</html>'],
    ['redirect_uri_mismatch', '{"error":"redirect_uri_mismatch","error_description":"must match"}'],
    ['invalid_client_id', '{"error":"invalid_client_id","error_description":"client identifier invalid"}'],
    ['invalid_client_id', '<p>client identifier invalid</p>'],
  ])('stops at %s', async (error, text) => {
    await expect(look({ status: 400, text }).done).rejects.toMatchObject({
      kind: 'rejected',
      code: `some-crm.consent.${error.replaceAll('_', '-')}`,
      message: `Words for ${error}.`,
    });
  });

  it.each([
    ['a page to sign in at', { status: 200, text: '<form>' }],
    ['a page that only talks about it', { status: 200, text: 'redirect_uri_mismatch' }],
    ['a redirect', { status: 302 }],
    ['another refusal', { status: 400, text: 'nope' }],
    ['a fault of the server', { status: 503, text: 'redirect_uri_mismatch' }],
    ['no answer', new HubError({ kind: 'transient', code: 'x', message: 'away' })],
  ])('lets the person go on after %s', async (_, answer) => {
    await expect(look(answer).done).resolves.toBeUndefined();
  });

  it('is one call that is given up after five seconds', () => {
    expect(look({}).calls).toEqual([{ method: 'GET', url, writes: false, timeoutMs: 5_000 }]);
  });
});
