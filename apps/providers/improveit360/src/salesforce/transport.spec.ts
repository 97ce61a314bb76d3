import { isHubError } from '@occ-hub/errors';
import type { VendorAnswer, VendorCall, VendorIo } from '@occ-hub/provider-kit';
import { Connection } from 'jsforce';
import { describe, expect, it } from 'vitest';
import { SessionExpired } from './answers.ts';
import { sendTo, transportOver } from './transport.ts';

const call: VendorCall = { method: 'GET', url: 'https://c.example.test/x', writes: false, timeoutMs: 1_000 };

/** Salesforce behind the kit's io; what it was sent, told of usage and asked for rest. */
function world(given: Partial<VendorAnswer>) {
  const sent: VendorCall[] = [];
  const used: object[] = [];
  const rests: number[] = [];
  const io = {
    send: async (one: VendorCall) => {
      sent.push(one);
      return { status: 200, headers: { 'content-type': 'application/json' }, text: '{}', ...given };
    },
    usage: (calls: object) => void used.push(calls),
    rest: (ms: number) => void rests.push(ms),
  } as unknown as VendorIo;
  return { send: sendTo(io), sent, used, rests };
}
const ending = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isHubError(error) ? error : expect.fail(`ended with ${String(error)}`);
};
const refusal = (errorCode: string, message: string) => JSON.stringify([{ errorCode, message }]);

describe('sendTo', () => {
  it('gives a good answer as it is, an empty one too', async () => {
    expect((await world({ text: '{"id":"1"}', status: 201 }).send(call)).text).toBe('{"id":"1"}');
    expect((await world({ text: '', status: 204 }).send(call)).text).toBe('');
  });

  it('tells how many calls Salesforce has counted, whether it served or refused', async () => {
    const headers = { 'sforce-limit-info': 'api-usage=4180/15000' };
    const served = world({ headers });
    await served.send(call);
    const refused = world({ headers, status: 503, text: '' });
    await ending(refused.send(call));
    for (const { used } of [served, refused]) expect(used).toEqual([{ used: 4180, limit: 15_000 }]);
  });

  it('tells nothing where Salesforce says nothing that it knows', async () => {
    for (const headers of [{}, { 'sforce-limit-info': 'per-app-api-usage=17' }]) {
      const silent = world({ headers });
      await silent.send(call);
      expect(silent.used).toEqual([]);
    }
  });

  it('asks for a rest where a limit is reached, and for none elsewhere', async () => {
    const text = refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    const full = world({ status: 403, text });
    expect((await ending(full.send(call))).code).toBe('improveit360.limit.daily');
    expect(full.rests).toEqual([15 * 60_000]);
    const failing = world({ status: 500, text: '' });
    await ending(failing.send(call));
    expect(failing.rests).toEqual([]);
  });

  it.each(['{"done":true,"records":[{"Id":"a0S', '<html>Maintenance</html>', '[{]'])(
    'takes %s with HTTP 200 for an answer that was cut, and for a write that may have applied',
    async (text) => {
      const read = await ending(world({ text }).send(call));
      expect(read).toMatchObject({ kind: 'transient', code: 'improveit360.answer-unreadable', mayHaveApplied: false });
      const write = await ending(world({ text }).send({ ...call, method: 'PATCH', writes: true }));
      expect(write.mayHaveApplied).toBe(true);
      // JSON.parse quotes what it could not read.
      expect(write.message).not.toContain('a0S');
    },
  );

  it('says apart that the token ran out', async () => {
    const { send } = world({ status: 401, text: refusal('INVALID_SESSION_ID', 'Session expired or invalid') });
    await expect(send(call)).rejects.toBeInstanceOf(SessionExpired);
  });
});

/** A connection of jsforce whose network is the test. */
function jsforceOver(given: Partial<VendorAnswer>) {
  const { send, sent } = world(given);
  const connection = new Connection({ version: '66.0', instanceUrl: 'https://c.example.test', accessToken: 'token-1' });
  connection._transport = transportOver(send);
  return { connection, sent };
}

describe('jsforce over transportOver', () => {
  it('reads through the hub, with the token, shown without values', async () => {
    const { connection, sent } = jsforceOver({ text: '{"done":true,"records":[]}' });
    const soql = "SELECT Id FROM Account WHERE Name = 'Dana Whitfield' AND City = 'O\\'Fallon'";
    expect(await connection.request(`/query?q=${encodeURIComponent(soql)}`)).toEqual({ done: true, records: [] });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ method: 'GET', writes: false, timeoutMs: 120_000 });
    expect(sent[0]?.url).toMatch(/^https:\/\/c\.example\.test\/services\/data\/v66\.0\/query\?q=SELECT/);
    expect(sent[0]?.headers).toMatchObject({ Authorization: 'Bearer token-1' });
    expect(sent[0]?.shown).toMatch(/^SELECT Id FROM Account WHERE Name = •/);
    expect(sent[0]?.shown).not.toMatch(/Dana|Whitfield|Fallon/);
  });

  it('writes through the hub, shown by names of fields alone', async () => {
    const { connection, sent } = jsforceOver({ status: 204, text: '' });
    await connection.request({
      ...{ method: 'PATCH', url: '/sobjects/X/1', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ i360core__Result__c: 'Sold', i360core__Result_Detail__c: null }),
    });
    expect(sent[0]).toMatchObject({
      ...{ method: 'PATCH', writes: true, timeoutMs: 30_000, body: expect.stringContaining('Sold') as string },
      shown: 'i360core__Result__c, i360core__Result_Detail__c',
    });
  });

  it('repeats nothing by itself, whatever jsforce would do', async () => {
    for (const status of [420, 429, 500, 502, 503, 504]) {
      const { connection, sent } = jsforceOver({ status, text: '' });
      await ending(connection.request('/sobjects'));
      expect(sent).toHaveLength(1);
    }
  });

  it('ends a cut answer as an error, which jsforce alone does not', async () => {
    const { connection } = jsforceOver({ text: '{"fields":[{"na', headers: { 'content-type': 'application/json' } });
    expect((await ending(connection.describe('Account'))).code).toBe('improveit360.answer-unreadable');
  });
});
