import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from './testing/caller.ts';
import type { PestPacSimulator } from './simulator.ts';
import { startPestPacSimulator } from './simulator.ts';
import { askToken, callerOf } from './testing/caller.ts';

let simulator: PestPacSimulator;
let call: Caller;
beforeEach(async () => {
  simulator = await startPestPacSimulator({ now: () => Date.parse('2026-04-02T16:00:00Z') });
  call = await callerOf(simulator);
});
afterEach(() => simulator.stop());

describe('tokens', () => {
  test('a password gives a token, a refresh token and an id token, and a refresh token works once', async () => {
    const first = (await askToken(simulator)).json();
    expect(first).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid' });
    expect(first['id_token']).toBeTypeOf('string');
    const form = { grant_type: 'refresh_token', refresh_token: String(first['refresh_token']) };
    expect((await askToken(simulator, { form })).status).toBe(200);
    const again = await askToken(simulator, { form });
    expect([again.status, again.json()['error']]).toEqual([400, 'invalid_grant']);
  });

  test('a wrong client is 401, a wrong password 400, a client by Bearer only as the switch says', async () => {
    expect((await askToken(simulator, { authorization: 'Basic bm8=' })).json()['error']).toBe('invalid_client');
    const wrong = await askToken(simulator, { form: { password: 'no' } });
    expect([wrong.status, wrong.json()['error']]).toEqual([400, 'invalid_grant']);
    const { clientId, clientSecret } = simulator.credentials;
    const authorization = `Bearer ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    expect((await askToken(simulator, { authorization })).status).toBe(200);
    simulator.control.configure({ bearerClient: false });
    expect((await askToken(simulator, { authorization })).status).toBe(401);
  });

  test('tokens end after their time and when they are expired by hand', async () => {
    expect((await call('GET', '/lookups/Branches')).status).toBe(200);
    simulator.control.setClock('2026-04-02T17:00:01Z');
    expect((await call('GET', '/lookups/Branches')).status).toBe(401);
    const fresh = await callerOf(simulator);
    simulator.control.expireTokens();
    expect((await fresh('GET', '/lookups/Branches')).status).toBe(401);
  });

  test('with singleToken a new token ends the one before', async () => {
    simulator.control.configure({ singleToken: true });
    await callerOf(simulator);
    expect((await call('GET', '/BillTos')).status).toBe(401);
  });
});

describe('the gateway', () => {
  test.each<Record<string, string>>([{ apikey: 'no' }, { 'tenant-id': '999999' }, { authorization: 'Bearer no' }])(
    'refuses %o with 401',
    async (headers) => {
      expect((await call('GET', '/BillTos', undefined, headers)).status).toBe(401);
      expect(simulator.control.callsToday()).toBe(0);
    },
  );

  test('a used-up day is 401 with the word quota, and the next day works again', async () => {
    simulator.control.configure({ dailyQuota: 2, expiresIn: 1_000_000 });
    const lasting = await callerOf(simulator);
    for (const status of [200, 200, 401]) expect((await lasting('GET', '/BillTos?q=Oka')).status).toBe(status);
    expect((await lasting('GET', '/BillTos?q=Oka')).text.toLowerCase()).toContain('quota');
    simulator.control.setClock('2026-04-03T04:30:00Z');
    expect((await lasting('GET', '/BillTos?q=Oka')).status).toBe(200);
  });

  test('too many calls in a while are quota, too, until the while is over', async () => {
    simulator.control.configure({ burstLimit: 1, burstSeconds: 60 });
    expect((await call('GET', '/BillTos')).status).toBe(200);
    expect((await call('GET', '/BillTos')).text).toContain('quota');
    simulator.control.setClock('2026-04-02T16:01:01Z');
    expect((await call('GET', '/BillTos')).status).toBe(200);
  });

  test('paths are matched in any case; unknown ones are 404, unknown methods 405, unknown types 415', async () => {
    expect((await call('GET', '/billtos?Q=Okafor')).json<unknown[]>()).toHaveLength(1);
    expect((await call('GET', '/LocationTypes')).status).toBe(404);
    expect((await call('DELETE', '/BillTos')).status).toBe(405);
    expect((await call('POST', '/Tasks', {}, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await call('POST', '/Tasks', {}, { 'content-type': 'application/json-patch+json' })).status).toBe(200);
  });
});
