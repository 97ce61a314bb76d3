import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HandedTokens } from './access/access-control.ts';
import type { SalesforceSimulator } from './simulator.ts';
import { DEFAULT_APP } from './settings.ts';
import { startSalesforceSimulator } from './simulator.ts';

let simulator: SalesforceSimulator;
let tokens: HandedTokens;
beforeEach(async () => {
  simulator = await startSalesforceSimulator();
  tokens = simulator.control.token();
});
afterEach(() => simulator.stop());

const OPPORTUNITY = 'i360core__Sales_Opportunity__c';
const call = async (
  method: string,
  path: string,
  { body, at = simulator.url }: { body?: unknown; at?: string } = {},
): Promise<{ status: number; body: unknown; headers: Headers }> => {
  const answer = await fetch(`${at}/services/data/v62.0${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens.accessToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null, headers: answer.headers };
};
const count = (): ReturnType<typeof call> => call('GET', '/query?q=SELECT+COUNT()+FROM+Account');
const opportunity = (): string => simulator.control.create(OPPORTUNITY, { i360core__Result__c: 'Open' }).Id;
const sold = { i360core__Result__c: 'Sold', i360core__Result_Detail__c: null };

describe('the whole org, broken', () => {
  test('every answer tells the use of the daily limit, and the last call is followed by 403', async () => {
    simulator.control.setLimits({ used: 0, max: 2 });
    expect((await count()).headers.get('sforce-limit-info')).toBe('api-usage=1/2');
    expect((await count()).headers.get('sforce-limit-info')).toBe('api-usage=2/2');
    const refused = await count();
    expect([refused.status, refused.body]).toEqual([
      403,
      [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ]);
    simulator.control.advance(25 * 3_600_000);
    tokens = simulator.control.token();
    expect((await count()).status).toBe(200);
  });

  test('an org that has moved answers at its new address only', async () => {
    const moved = simulator.control.moveInstance().current;
    expect(moved).not.toBe(simulator.url);
    expect(await count()).toMatchObject({ status: 401, body: [{ errorCode: 'INVALID_SESSION_ID' }] });
    expect((await call('GET', '/query?q=SELECT+COUNT()+FROM+Account', { at: moved })).status).toBe(200);
    simulator.control.moveInstance({ answer: 404 });
    expect((await count()).status).toBe(200);
    expect((await call('GET', '/sobjects', { at: moved })).status).toBe(404);
  });

  test('a lock refuses one write and leaves the record as it was, alone and in a composite call', async () => {
    const id = opportunity();
    const path = `/sobjects/${OPPORTUNITY}/${id}`;
    simulator.control.lockRow({ record: id });
    expect(await call('PATCH', path, { body: sold })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'UNABLE_TO_LOCK_ROW', fields: [] }],
    });
    expect(simulator.control.record(OPPORTUNITY, id)['i360core__Result__c']).toBe('Open');
    simulator.control.lockRow();
    const compositeRequest = [{ method: 'PATCH', url: `/services/data/v62.0${path}`, referenceId: 'one', body: sold }];
    expect((await call('POST', '/composite', { body: { compositeRequest } })).body).toMatchObject({
      compositeResponse: [{ httpStatusCode: 400, body: [{ errorCode: 'UNABLE_TO_LOCK_ROW' }] }],
    });
    expect((await call('PATCH', path, { body: sold })).status).toBe(204);
    const calls = simulator.control.calls();
    expect(calls.map((one) => [one.kind, one.status, one.within])).toEqual([
      ['update', 400, null],
      ['composite', 200, null],
      ['update', 400, 2],
      ['update', 204, null],
    ]);
  });

  test('a write whose answer is lost is done, and done again when it is repeated blindly', async () => {
    const id = opportunity();
    const sales = (): number =>
      simulator.control.records('i360core__Sale__c').filter((one) => one[OPPORTUNITY] === id).length;
    simulator.control.fault({ kind: 'lose', calls: 'update', object: OPPORTUNITY });
    await expect(call('PATCH', `/sobjects/${OPPORTUNITY}/${id}`, { body: sold })).rejects.toThrow();
    expect([simulator.control.record(OPPORTUNITY, id)['i360core__Result__c'], sales()]).toEqual(['Sold', 1]);
    await call('PATCH', `/sobjects/${OPPORTUNITY}/${id}`, { body: sold });
    expect(sales()).toBe(2);
  });

  test('a refresh whose answer is lost has spent its token: trying again with it ends the approval', async () => {
    const refresh = (): Promise<Response> =>
      fetch(`${simulator.url}/services/oauth2/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: tokens.refreshToken ?? '',
          client_id: DEFAULT_APP.key,
          client_secret: DEFAULT_APP.secret,
        }),
      });
    simulator.control.fault({ kind: 'lose', calls: 'token' });
    await expect(refresh()).rejects.toThrow();
    expect(simulator.control.approvals()).toMatchObject([{ refreshes: 1, ended: null }]);
    expect((await refresh()).status).toBe(400);
    expect(simulator.control.approvals()).toMatchObject([{ ended: 'a replaced refresh token was used again' }]);
  });

  test('an upload whose answer is lost has left its file', async () => {
    const id = opportunity();
    simulator.control.fault({ kind: 'lose', calls: 'upload' });
    const body = {
      Title: 'Agreement',
      PathOnClient: 'agreement.pdf',
      VersionData: Buffer.from('%PDF-1.4 invented').toString('base64'),
      FirstPublishLocationId: id,
    };
    await expect(call('POST', '/sobjects/ContentVersion', { body })).rejects.toThrow();
    expect(simulator.control.files({ linkedTo: id })).toMatchObject([{ title: 'Agreement', size: 17 }]);
    expect(simulator.control.calls({ kind: 'upload' })).toMatchObject([{ status: null, fault: 'lose after' }]);
  });

  test('an answer of many rows is cut and stalls in the middle', async () => {
    const path = '/query?q=SELECT+Id,Name+FROM+i360core__Sales_Appointment__c';
    simulator.control.fault({ kind: 'cut', calls: 'query' });
    await expect(call('GET', path)).rejects.toThrow();
    simulator.control.fault({ kind: 'stall', calls: 'query' });
    const stalled = await fetch(`${simulator.url}/services/data/v62.0${path}`, {
      headers: { authorization: `Bearer ${tokens.accessToken}` },
      signal: AbortSignal.timeout(300),
    });
    await expect(stalled.text()).rejects.toThrow(/timeout/i);
    expect((await call('GET', path)).status).toBe(200);
  });

  test('a hidden field fails the whole query that names it', async () => {
    simulator.control.hideField('i360core__Staff__c', 'i360core__Email__c');
    const path = '/query?q=SELECT+Id,i360core__Email__c+FROM+i360core__Staff__c';
    expect(await call('GET', path)).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
    simulator.control.showField('i360core__Staff__c', 'i360core__Email__c');
    expect((await call('GET', path)).status).toBe(200);
  });

  test('an expired locator refuses the next page', async () => {
    simulator.control.configure({ pageSize: 5 });
    const first = await call('GET', '/query?q=SELECT+Id+FROM+i360core__Sales_Appointment__c');
    const next = String((first.body as { nextRecordsUrl: string }).nextRecordsUrl).replace('/services/data/v62.0', '');
    simulator.control.expireLocators();
    expect(await call('GET', next)).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] });
  });

  test('stopping does not wait for calls that hang', async () => {
    simulator.control.fault({ kind: 'stall', calls: 'query' });
    simulator.control.fault({ kind: 'delay', ms: 60_000, calls: 'describe' });
    const hanging = [count(), call('GET', '/sobjects')].map((one) => one.catch(() => 'ended'));
    await expect.poll(() => simulator.control.calls().length).toBe(2);
    await simulator.stop();
    expect(await Promise.all(hanging)).toEqual(['ended', 'ended']);
  });
});
