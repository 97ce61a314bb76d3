import { afterEach, describe, expect, test } from 'vitest';
import type { LeadPerfectionSimulator } from './simulator.ts';
import { startLeadPerfectionSimulator } from './simulator.ts';
import { callerOf, GOOD_LOGIN, NOON } from './testing/caller.ts';

let simulator: LeadPerfectionSimulator;
afterEach(() => simulator.stop());

const LINKS = { rectype: 'ils', recid: '1' };

describe('token', () => {
  test('five fitting fields give a bearer token with its life', async () => {
    simulator = await startLeadPerfectionSimulator({ expiresIn: 120, newToken: () => 'fresh' });
    const caller = await callerOf(simulator);
    expect((await caller.token()).json()).toEqual({ access_token: 'fresh', token_type: 'bearer', expires_in: 120 });
  });

  test.each([
    ['username', 'TwoClick'],
    ['password', 'Secret'],
    ['clientid', 'https://demo1.leadperfection.example'],
    ['clientid', 'demo2'],
    ['appkey', 'other'],
    ['appkey', ''],
  ])('a wrong %s (%s) is an invalid grant', async (field, value) => {
    simulator = await startLeadPerfectionSimulator();
    const answer = await (await callerOf(simulator)).token({ [field]: value });
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ error: 'invalid_grant' });
  });

  test('another grant type, or a JSON body, is not supported', async () => {
    simulator = await startLeadPerfectionSimulator();
    const other = await (await callerOf(simulator)).token({ grant_type: 'client_credentials' });
    expect([other.status, other.json()]).toMatchObject([400, { error: 'unsupported_grant_type' }]);
    const asJson = await fetch(`${simulator.url}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(GOOD_LOGIN),
    });
    expect(asJson.status).toBe(400);
  });

  test('a token stops working when its time has passed, with the body of the Web API', async () => {
    let now = NOON;
    simulator = await startLeadPerfectionSimulator({ now: () => now, expiresIn: 60 });
    const caller = await callerOf(simulator);
    now += 59_999;
    expect((await caller.form('SalesApi/GetLinks', LINKS)).status).toBe(200);
    now += 1;
    const late = await caller.form('SalesApi/GetLinks', LINKS);
    expect(late.status).toBe(401);
    expect(late.json()).toEqual({ Message: 'Authorization has been denied for this request.' });
  });

  test('tokens expired by hand, unknown tokens and no token at all are denied', async () => {
    simulator = await startLeadPerfectionSimulator();
    const caller = await callerOf(simulator);
    simulator.control.expireTokens();
    expect((await caller.form('SalesApi/GetLinks', LINKS)).status).toBe(401);
    const bare = await fetch(`${simulator.url}/api/SalesApi/GetLinks`, { method: 'POST' });
    expect(bare.status).toBe(401);
  });

  test('the company clock does not age tokens', async () => {
    simulator = await startLeadPerfectionSimulator({ expiresIn: 60 });
    const caller = await callerOf(simulator);
    simulator.control.setClock('2031-01-01T12:00:00Z');
    expect((await caller.form('SalesApi/GetLinks', LINKS)).status).toBe(200);
  });

  test('token calls are counted, and no secret is kept of them', async () => {
    simulator = await startLeadPerfectionSimulator();
    const caller = await callerOf(simulator);
    await caller.token({ password: 'wrong-password' });
    expect(simulator.control.counts()['token']).toEqual({ calls: 2, applied: 0, failed: 1 });
    const kept = JSON.stringify(simulator.control.received());
    expect(kept).toContain('OneClick');
    for (const secret of ['"secret"', 'wrong-password', GOOD_LOGIN.appkey]) expect(kept).not.toContain(secret);
  });
});
