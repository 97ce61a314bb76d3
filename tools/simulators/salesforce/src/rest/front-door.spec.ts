import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SalesforceSimulator } from '../simulator.ts';
import type { Caller } from '../testing/caller.ts';
import { startSalesforceSimulator } from '../simulator.ts';
import { callerOf, TUESDAY } from '../testing/caller.ts';

let simulator: SalesforceSimulator;
let caller: Caller;

beforeEach(async () => {
  simulator = await startSalesforceSimulator({ appointments: 30, now: () => TUESDAY });
  caller = callerOf(simulator);
});

afterEach(() => simulator.stop());

/** Status and body of a call with a path, and a header, as long as asked. */
const long = (pathBytes: number, headerBytes: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const { accessToken } = simulator.control.token();
    const start = '/services/data/v62.0/query?q=';
    const path = start + 'x'.repeat(pathBytes - start.length);
    const headers = { authorization: `Bearer ${accessToken}`, 'x-filler': 'y'.repeat(headerBytes) };
    request({ host: '127.0.0.1', port: simulator.port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .once('error', reject)
      .end();
  });

describe('the front door', () => {
  it('tells its versions to anybody, and everything else only to callers it knows', async () => {
    const versions = await fetch(`${simulator.url}/services/data`);
    expect(await versions.json()).toContainEqual({ label: "Spring '26", url: '/services/data/v66.0', version: '66.0' });
    expect(versions.headers.get('sforce-limit-info')).toBeNull();
    const stranger = await fetch(`${simulator.url}/services/data/v62.0/sobjects`);
    expect(stranger.status).toBe(401);
    expect(await stranger.json()).toMatchObject([{ errorCode: 'INVALID_SESSION_ID' }]);
  });

  it('counts every call and tells so, also when it refuses', async () => {
    const good = await caller.get('/sobjects');
    const bad = await caller.get('/query?q=nonsense');
    expect([good, bad].map((answer) => answer.headers.get('sforce-limit-info'))).toEqual([
      'api-usage=1/100000',
      'api-usage=2/100000',
    ]);
  });

  it('tells the time of the org', async () => {
    simulator.control.advance(3_600_000);
    expect((await caller.get('/sobjects')).headers.get('date')).toBe('Tue, 24 Nov 2026 16:00:00 GMT');
  });

  it.each([
    ['GET', '/services/data/v49.0/sobjects', 410, 'UNSUPPORTED_API_VERSION'],
    ['GET', '/services/data/v68.0/sobjects', 404, 'NOT_FOUND'],
    ['GET', '/services/data/v62.0/nowhere', 404, 'NOT_FOUND'],
    ['GET', '/services/data/v62.0/sobjects/Nowhere__c/describe', 404, 'NOT_FOUND'],
    ['GET', '/services/data/v62.0/sobjects/Account/001Hs000000ZZZZ', 404, 'NOT_FOUND'],
    ['GET', '/services/data/v62.0/sobjects/Account/nonsense', 400, 'MALFORMED_ID'],
    ['PUT', '/services/data/v62.0/sobjects/Account', 405, 'METHOD_NOT_ALLOWED'],
    ['POST', '/services/data/v62.0/query', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/services/data/v62.0/query/01gHs0000009999IAA-2000', 400, 'INVALID_QUERY_LOCATOR'],
    [
      'GET',
      '/services/data/v62.0/sobjects/Account/updated/?start=2026-11-24T10:00:00Z&end=2026-11-24T09:00:00Z',
      400,
      'INVALID_REPLICATION_DATE',
    ],
    [
      'GET',
      '/services/data/v62.0/sobjects/Account/updated/?start=2026-10-24T10:00:00Z&end=2026-11-24T09:00:00Z',
      400,
      'INVALID_REPLICATION_DATE',
    ],
    [
      'GET',
      '/services/data/v62.0/sobjects/Account/deleted/?start=2026-11-08T10:00:00Z&end=2026-11-24T09:00:00Z',
      400,
      'INVALID_REPLICATION_DATE',
    ],
  ])('answers %s %s with %i %s', async (method, path, status, errorCode) => {
    const answer = await caller.call(method, path);
    expect([answer.status, (answer.json() as { errorCode: string }[])[0]?.errorCode]).toEqual([status, errorCode]);
  });

  it('refuses bodies it cannot read', async () => {
    const send = async (body: string, type: string): Promise<unknown> => {
      const answer = await caller.call('POST', '/sobjects/Account', { body, headers: { 'content-type': type } });
      return [answer.status, (answer.json() as { errorCode: string }[])[0]?.errorCode];
    };
    expect(await send('{"Name":', 'application/json')).toEqual([400, 'JSON_PARSER_ERROR']);
    expect(await send('[1]', 'application/json')).toEqual([400, 'JSON_PARSER_ERROR']);
    expect(await send('Name=x', 'application/x-www-form-urlencoded')).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('measures addresses and headers in bytes', async () => {
    expect(await long(16_384, 10)).toBe(431);
    expect(await long(16_385, 10)).toBe(414);
    expect(await long(10_000, 7000)).toBe(431);
    expect(await long(10_000, 5000)).toBe(400);
  });

  it('reads what has no place in an address from the body of a composite call', async () => {
    const soql = `SELECT Id FROM Account WHERE Name IN (${Array.from({ length: 2000 }, (_, at) => `'name ${at}'`).join(',')})`;
    const url = `/services/data/v62.0/query?q=${encodeURIComponent(soql)}`;
    expect((await caller.get(url)).status).toBe(414);
    const body = { compositeRequest: [{ method: 'GET', url, referenceId: 'q' }] };
    const answer = (await caller.call('POST', '/composite', { body })).json();
    expect(answer).toMatchObject({ compositeResponse: [{ httpStatusCode: 200, body: { totalSize: 0, done: true } }] });
  });
});

describe('pages', () => {
  it('count children as rows, and give every row once', async () => {
    simulator.control.configure({ pageSize: 7 });
    const soql =
      'SELECT Id, (SELECT Id FROM i360core__Sales_Appointment_Opportunities__r) FROM i360core__Sales_Appointment__c ORDER BY Id';
    let page = await caller.query(soql);
    const seen: unknown[] = [];
    for (;;) {
      const weights = page.records.map((record) => {
        const children = record['i360core__Sales_Appointment_Opportunities__r'] as { records: unknown[] } | null;
        return 1 + (children?.records.length ?? 0);
      });
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(7);
      seen.push(...page.records.map((record) => record['Id']));
      if (page.nextRecordsUrl === undefined) break;
      page = (await caller.get(page.nextRecordsUrl)).json() as typeof page;
    }
    expect(page.done).toBe(true);
    expect(new Set(seen).size).toBe(page.totalSize);
    expect(seen).toHaveLength(page.totalSize);
  });

  it('of children have addresses of their own', async () => {
    simulator.control.configure({ childPageSize: 2 });
    const account = simulator.control.create('Account', { Name: 'Crowd' });
    for (const LastName of ['a', 'b', 'c', 'd', 'e'])
      simulator.control.create('Contact', { LastName, AccountId: account.Id });
    const { records } = await caller.query(
      `SELECT (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account WHERE Id = '${account.Id}'`,
    );
    const names: unknown[] = [];
    let list = records[0]?.['Contacts'] as {
      totalSize: number;
      records: { LastName: string }[];
      nextRecordsUrl?: string;
    };
    expect(list.totalSize).toBe(5);
    for (;;) {
      names.push(list.records.map((record) => record.LastName).join(''));
      if (list.nextRecordsUrl === undefined) break;
      list = (await caller.get(list.nextRecordsUrl)).json() as typeof list;
    }
    expect(names).toEqual(['ab', 'cd', 'e']);
  });

  it('can be asked to be smaller, between 200 and 2,000', async () => {
    for (let at = 0; at < 250; at += 1) simulator.control.create('Contact', { LastName: `n${at}` });
    const asked = { 'sforce-query-options': 'batchSize=10' };
    expect((await caller.query('SELECT Id FROM Contact', asked)).records).toHaveLength(200);
    expect((await caller.query('SELECT Id FROM Contact')).done).toBe(true);
  });

  it('end after two days, and when the org says so', async () => {
    simulator.control.configure({ pageSize: 5 });
    const pageOf = async (): Promise<string> => (await caller.query('SELECT Id FROM Contact')).nextRecordsUrl ?? '';
    const old = await pageOf();
    simulator.control.expireLocators();
    const young = await pageOf();
    expect([(await caller.get(old)).status, (await caller.get(young)).status]).toEqual([400, 200]);
    simulator.control.advance(48 * 3_600_000 + 1);
    const later = callerOf(simulator);
    expect((await later.get(young)).json()).toMatchObject([{ errorCode: 'INVALID_QUERY_LOCATOR' }]);
  });
});

describe('change detection', () => {
  it('covers no more than the org has worked off', async () => {
    simulator.control.lagUpdatedBy(2 * 3_600_000);
    const { latestDateCovered } = (
      await caller.get('/sobjects/Account/updated/?start=2026-11-24T10:00:00Z&end=2026-11-24T15:00:00%2B00:00')
    ).json() as { latestDateCovered: string };
    expect(latestDateCovered).toBe('2026-11-24T13:00:00.000+0000');
  });
});
