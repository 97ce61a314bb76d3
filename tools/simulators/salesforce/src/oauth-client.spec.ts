import { Connection, OAuth2 } from 'jsforce';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SalesforceSimulator } from './simulator.ts';
import { DEFAULT_APP } from './settings.ts';
import { startSalesforceSimulator } from './simulator.ts';

/** A standard client, to show that the OAuth side is one that clients of the real one understand. */
let simulator: SalesforceSimulator;
beforeEach(async () => {
  simulator = await startSalesforceSimulator({ consent: 'allow' });
});
afterEach(() => simulator.stop());

const oauth2 = (useVerifier = false): OAuth2 =>
  new OAuth2({
    loginUrl: simulator.url,
    clientId: DEFAULT_APP.key,
    clientSecret: DEFAULT_APP.secret,
    redirectUri: DEFAULT_APP.callbacks[0] ?? '',
    useVerifier,
  });
const connect = async (auth = oauth2()): Promise<Connection> => {
  const answer = await fetch(auth.getAuthorizationUrl({ scope: 'full refresh_token' }), { redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const connection = new Connection({ oauth2: auth, version: '62.0' });
  await connection.authorize(code);
  return connection;
};

describe('a standard client', () => {
  test('authorizes, knows who it is and reads', async () => {
    const connection = await connect();
    expect(connection.instanceUrl).toBe(simulator.url);
    expect(connection.userInfo?.organizationId).toBe('00DHs000002Occ1MAC');
    const { records } = await connection.query('SELECT Id, Name FROM i360core__Staff__c');
    expect(records.length).toBeGreaterThan(10);
    expect(simulator.control.calls({ kind: 'query' })).toMatchObject([{ object: 'i360core__Staff__c', status: 200 }]);
  });

  test('authorizes with PKCE, sending no challenge method', async () => {
    const connection = await connect(oauth2(true));
    expect(connection.accessToken).toMatch(/^00D/);
  });

  test('refreshes by itself after a 401, once for many calls, and tells the rotated token only by its event', async () => {
    const connection = await connect();
    const before = connection.refreshToken;
    const seen: unknown[] = [];
    connection.on('refresh', (_: string, answer: { refresh_token?: string }) => seen.push(answer.refresh_token));
    simulator.control.expireAccessTokens();
    const counts = await Promise.all([1, 2, 3, 4].map(() => connection.query('SELECT COUNT() FROM Account')));
    expect(new Set(counts.map((one) => one.totalSize)).size).toBe(1);
    expect(seen).toEqual([expect.stringMatching(/^5Aep861/)]);
    expect(seen[0]).not.toBe(before);
    expect(simulator.control.counts().token).toEqual({ calls: 2, failed: 0 });
  });

  test('loses everything when it refreshes with the token it had before', async () => {
    const connection = await connect();
    simulator.control.expireAccessTokens();
    await connection.query('SELECT COUNT() FROM Account');
    simulator.control.expireAccessTokens();
    await expect(connection.query('SELECT COUNT() FROM Account')).rejects.toThrow('expired access/refresh token');
    expect(simulator.control.approvals()).toMatchObject([{ ended: 'a replaced refresh token was used again' }]);
  });

  test('logs out by revoking', async () => {
    const connection = await connect();
    await connection.logout(true);
    expect(simulator.control.approvals()).toMatchObject([{ ended: 'revoked' }]);
  });
});
