import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SpoiltDoor } from '../testing/spoilt-door.ts';
import { openSpoiltDoor } from '../testing/spoilt-door.ts';

let door: SpoiltDoor;
beforeEach(async () => {
  door = await openSpoiltDoor();
});
afterEach(() => door.close());

const DATA = '/services/data/v62.0';
const seen = async (path = `${DATA}/query?q=SELECT+Id+FROM+Account`): Promise<{ status: number; body: unknown }> => {
  const answer = await door.get(path);
  return { status: answer.status, body: await answer.json() };
};

describe('refusals', () => {
  test.each([
    ['session', 401, 'INVALID_SESSION_ID', 'Session expired or invalid'],
    ['session-for-rest', 401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API'],
    ['daily', 403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'],
    ['concurrent', 403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'],
    ['long-running', 500, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.'],
  ] as const)('%s answers %i once, before any work, and then all is well', async (kind, status, errorCode, message) => {
    door.faults.order({ kind });
    expect(await seen()).toEqual({ status, body: [{ message, errorCode }] });
    expect(door.worked).toEqual([]);
    expect((await seen()).status).toBe(201);
  });

  test('an error after the work: done, and yet refused', async () => {
    door.faults.order({ kind: 'error', when: 'after' });
    const answer = await door.get(`${DATA}/sobjects/Account/1`, { method: 'PATCH' });
    expect([answer.status, answer.headers.get('x-org')]).toEqual([500, null]);
    expect(await answer.json()).toMatchObject([{ errorCode: 'UNKNOWN_EXCEPTION' }]);
    expect(door.worked).toEqual([`PATCH ${DATA}/sobjects/Account/1`]);
  });

  test('maintenance is a page whose content type is text/html and nothing more', async () => {
    door.faults.order({ kind: 'maintenance' });
    const answer = await door.get(`${DATA}/query?q=x`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/html']);
    expect(await answer.text()).toContain('maintenance');
  });

  test('any status with any body', async () => {
    door.faults.order({ kind: 'status', status: 420, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'm' }] });
    expect(await seen()).toEqual({ status: 420, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'm' }] });
  });

  test('the login rate is a refusal of the token endpoint only', async () => {
    door.faults.order({ kind: 'login-rate' });
    expect((await seen()).status).toBe(201);
    expect(await seen('/services/oauth2/token')).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'login rate exceeded' },
    });
  });
});

describe('which calls', () => {
  test('so many, after so many others, for ever until cleared', async () => {
    door.faults.order({ kind: 'session', skip: 1, count: 2 });
    const statuses = [];
    for (let call = 0; call < 5; call += 1) statuses.push((await seen()).status);
    expect(statuses).toEqual([201, 401, 401, 201, 201]);
    door.faults.order({ kind: 'session', count: 'forever' });
    for (let call = 0; call < 3; call += 1) expect((await seen()).status).toBe(401);
    door.faults.clear();
    expect((await seen()).status).toBe(201);
  });

  test('of one kind, one object, one path', async () => {
    door.faults.order({ kind: 'error', calls: 'upload', count: 'forever' });
    door.faults.order({ kind: 'daily', object: 'account', count: 'forever' });
    door.faults.order({ kind: 'session', path: '/describe', count: 'forever' });
    const post = (path: string): Promise<Response> => door.get(DATA + path, { method: 'POST' });
    expect((await post('/sobjects/ContentVersion')).status).toBe(500);
    expect((await post('/sobjects/Contact')).status).toBe(201);
    expect((await post('/sobjects/Account')).status).toBe(403);
    expect((await seen(`${DATA}/query?q=${encodeURIComponent('SELECT Id FROM Account')}`)).status).toBe(403);
    expect((await seen(`${DATA}/sobjects/Contact/describe`)).status).toBe(401);
  });

  test('writes are meant as a group, and the token endpoint only when named', async () => {
    door.faults.order({ kind: 'error', calls: 'write', count: 'forever' });
    expect((await seen()).status).toBe(201);
    for (const [method, path] of [
      ['POST', '/composite'],
      ['PATCH', '/composite/sobjects'],
      ['DELETE', '/sobjects/Account/1'],
    ] as const) {
      expect((await door.get(DATA + path, { method })).status).toBe(500);
    }
    door.faults.clear();
    door.faults.order({ kind: 'error', count: 'forever' });
    expect((await seen('/services/oauth2/token')).status).toBe(201);
    door.faults.order({ kind: 'maintenance', calls: 'token' });
    expect((await door.get('/services/oauth2/token')).status).toBe(503);
  });
});

describe('transport', () => {
  test('a delay keeps the answer back, and it is right', async () => {
    door.faults.order({ kind: 'delay', ms: 120 });
    const started = performance.now();
    expect((await seen()).status).toBe(201);
    expect(performance.now() - started).toBeGreaterThan(110);
  });

  test('cut sends half of a body it announced, then closes', async () => {
    door.faults.order({ kind: 'cut' });
    const answer = await door.get(`${DATA}/query?q=x`);
    expect(answer.status).toBe(201);
    await expect(answer.text()).rejects.toThrow();
    expect(door.worked).toHaveLength(1);
  });

  test('an answer without a body can be cut, too', async () => {
    await door.close();
    door = await openSpoiltDoor((response) => void response.status(204).end());
    door.faults.order({ kind: 'cut' });
    await expect(door.get(`${DATA}/query?q=x`).then((answer) => answer.text())).rejects.toThrow();
    expect(door.worked).toHaveLength(1);
  });

  test('stall sends the head and half of the body, then nothing', async () => {
    door.faults.order({ kind: 'stall' });
    const answer = await door.get(`${DATA}/query?q=x`, { signal: AbortSignal.timeout(300) });
    expect(answer.status).toBe(201);
    await expect(answer.text()).rejects.toThrow(/timeout/i);
  });

  test('lose does the work and never answers; drop does neither', async () => {
    door.faults.order({ kind: 'lose' });
    await expect(door.get(`${DATA}/sobjects/ContentVersion`, { method: 'POST', body: 'x' })).rejects.toThrow();
    expect(door.worked).toHaveLength(1);
    door.faults.order({ kind: 'drop' });
    await expect(door.get(`${DATA}/sobjects/ContentVersion`, { method: 'POST', body: 'x' })).rejects.toThrow();
    expect(door.worked).toHaveLength(1);
  });

  test('an answer written in pieces is cut and delayed as well', async () => {
    await door.close();
    door = await openSpoiltDoor((response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write('first ');
      setTimeout(() => response.end('second'), 5);
    });
    door.faults.order({ kind: 'delay', ms: 1, when: 'after' });
    const answer = await door.get(`${DATA}/query?q=x`);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/plain',
      'first second',
    ]);
    door.faults.order({ kind: 'cut' });
    await expect((await door.get(`${DATA}/query?q=x`)).text()).rejects.toThrow();
  });
});

describe('row locks', () => {
  test('the n-th write of a record is refused, whichever form its id has', () => {
    door.faults.orderLock({ record: 'a0SHs00000Appt1MAA', nth: 2 });
    expect(door.faults.lockRow(['a0SHs00000Appt1'])).toBeUndefined();
    expect(door.faults.lockRow(['a0SHs00000Other'])).toBeUndefined();
    expect(door.faults.lockRow(['a0SHs00000Appt1MAA'])).toEqual({
      errorCode: 'UNABLE_TO_LOCK_ROW',
      message: 'unable to obtain exclusive access to this record or 1 records: a0SHs00000Appt1MAA',
      fields: [],
    });
    expect(door.faults.lockRow(['a0SHs00000Appt1MAA'])).toBeUndefined();
    expect(door.faults.active().locks).toEqual([]);
  });

  test('without a record every record counts for itself', () => {
    door.faults.orderLock({ nth: 2, count: 'forever' });
    expect([door.faults.lockRow(['a']), door.faults.lockRow(['b'])]).toEqual([undefined, undefined]);
    expect(door.faults.lockRow(['b'])?.errorCode).toBe('UNABLE_TO_LOCK_ROW');
    door.faults.clear();
    expect(door.faults.lockRow(['b'])).toBeUndefined();
  });
});

describe('call log', () => {
  test('holds method, path, object, SOQL and status, and nothing secret', async () => {
    await seen(`${DATA}/query?q=${encodeURIComponent('SELECT Id, (SELECT Id FROM Contacts) FROM Account')}`);
    await seen('/services/data/v62.0/sobjects/Account/updated/?start=1&oauth_token=secret');
    expect(door.faults.calls.last()).toMatchObject([
      {
        number: 1,
        at: '2026-11-20T12:00:00.000Z',
        kind: 'query',
        object: 'Account',
        soql: 'SELECT Id, (SELECT Id FROM Contacts) FROM Account',
        status: 201,
        bytesOut: 28,
        fault: null,
      },
      { kind: 'read', object: 'Account', query: 'start=1' },
    ]);
    expect(JSON.stringify(door.faults.calls.last())).not.toContain('secret');
  });

  test('says what a call met, and that a lost one had no answer', async () => {
    door.faults.order({ kind: 'lose', calls: 'upload' });
    await door.get(`${DATA}/sobjects/ContentVersion`, { method: 'POST', body: 'four' }).catch(() => undefined);
    await expect.poll(() => door.faults.calls.counts().upload).toEqual({ calls: 1, failed: 1 });
    expect(door.faults.calls.last({ kind: 'upload' })).toMatchObject([
      { status: null, fault: 'lose after', bytesIn: 4 },
    ]);
  });

  test('is bounded; its counts are not', async () => {
    for (let call = 0; call < 11; call += 1) await seen();
    expect(door.faults.calls.last().map((call) => call.number)).toEqual([8, 9, 10, 11]);
    expect(door.faults.calls.counts().query).toEqual({ calls: 11, failed: 0 });
  });
});
