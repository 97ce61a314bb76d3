import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FrontDoor } from '../testing/front-door.ts';
import { APP, openFrontDoor } from '../testing/front-door.ts';

let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor();
});
afterEach(() => door.close());

const reopen = async (options: Parameters<typeof openFrontDoor>[0]): Promise<void> => {
  await door.close();
  door = await openFrontDoor(options);
};
const expiredToken = { error: 'invalid_grant', error_description: 'expired access/refresh token' };
const isGood = (accessToken: string | undefined): boolean => 'user' in door.access.bearer(`Bearer ${accessToken}`);
const post = (path: string, form: Record<string, string>): Promise<Response> =>
  fetch(`${door.url}${path}`, { method: 'POST', body: new URLSearchParams(form) });

describe('refresh', () => {
  test('with rotation every refresh gives a new refresh token', async () => {
    const first = await door.login();
    const second = await door.refresh(first['refresh_token'] ?? '');
    expect(second.status).toBe(200);
    expect(second.body['refresh_token']).toMatch(/^5Aep861/);
    expect(second.body['refresh_token']).not.toBe(first['refresh_token']);
    expect((await door.refresh(second.body['refresh_token'] ?? '')).status).toBe(200);
  });

  test('a replaced refresh token used again ends the approval with all its tokens', async () => {
    const first = await door.login();
    const second = (await door.refresh(first['refresh_token'] ?? '')).body;
    expect(isGood(second['access_token'])).toBe(true);
    expect(await door.refresh(first['refresh_token'] ?? '')).toEqual({ status: 400, body: expiredToken });
    expect(isGood(second['access_token'])).toBe(false);
    expect((await door.refresh(second['refresh_token'] ?? '')).body).toEqual(expiredToken);
  });

  test('without rotation the refresh token stays and is not sent again', async () => {
    await reopen({ apps: [{ ...APP, rotation: false }] });
    const first = await door.login();
    for (let round = 0; round < 3; round += 1) {
      const { status, body } = await door.refresh(first['refresh_token'] ?? '');
      expect([status, body['refresh_token']]).toEqual([200, undefined]);
    }
  });

  test('two refreshes at once: one wins, the other is told that it is being processed', async () => {
    await reopen({ refreshTakesMs: 150 });
    const token = (await door.login())['refresh_token'] ?? '';
    const answers = await Promise.all([door.refresh(token), door.refresh(token)]);
    expect(answers.map((one) => one.status).sort()).toEqual([200, 400]);
    expect(answers.find((one) => one.status === 400)?.body).toEqual({
      error: 'invalid_grant',
      error_description: 'token request is already being processed',
    });
    const winner = answers.find((one) => one.status === 200)?.body;
    expect((await door.refresh(winner?.['refresh_token'] ?? '')).status).toBe(200);
  });

  test('a refresh token ends by the policy of the app: unused, or after its time', async () => {
    door.access.configureAccess({ refreshExpiry: { unusedForMs: 1000 } });
    let token = (await door.login())['refresh_token'] ?? '';
    for (let round = 0; round < 3; round += 1) {
      door.clock.advance(999);
      token = (await door.refresh(token)).body['refresh_token'] ?? '';
    }
    door.clock.advance(1000);
    expect((await door.refresh(token)).body).toEqual(expiredToken);
    door.access.configureAccess({ refreshExpiry: { afterMs: 0 } });
    expect((await door.refresh((await door.login())['refresh_token'] ?? '')).body).toEqual(expiredToken);
  });

  test('another app cannot use it, and an app that requires no secret needs none', async () => {
    await reopen({
      apps: [
        { ...APP, requireSecretRefresh: false },
        { ...APP, key: 'other.key' },
      ],
    });
    const token = (await door.login())['refresh_token'] ?? '';
    const form = { grant_type: 'refresh_token', refresh_token: token };
    expect((await door.token({ ...form, client_id: 'other.key', client_secret: APP.secret })).body).toEqual(
      expiredToken,
    );
    expect((await door.token({ ...form, client_id: APP.key })).status).toBe(200);
  });

  test('a new secret of the app ends every token of it', async () => {
    const first = await door.login();
    door.access.changeApp(APP.key, { secret: 'a new secret' });
    expect(isGood(first['access_token'])).toBe(false);
    expect((await door.refresh(first['refresh_token'] ?? '')).body['error']).toBe('invalid_client');
  });

  test('the instance may be another one after a refresh', async () => {
    door.access.instances.open([door.url, 'http://127.0.0.1:4999']);
    const first = await door.login();
    expect(first['instance_url']).toBe(door.url);
    door.access.instances.moveAtRefresh(404);
    expect(door.access.instances.refusal(Number(new URL(door.url).port))).toBeUndefined();
    const { body } = await door.refresh(first['refresh_token'] ?? '');
    expect(body['instance_url']).toBe('http://127.0.0.1:4999');
    expect(door.access.instances.refusal(Number(new URL(door.url).port))).toMatchObject({ status: 404 });
    expect(door.access.instances.refusal(4999)).toBeUndefined();
  });
});

describe('access tokens', () => {
  test('end after two hours without use; each use starts the time again', async () => {
    const { access_token: token } = await door.login();
    for (let round = 0; round < 3; round += 1) {
      door.clock.advance(119 * 60_000);
      expect(isGood(token)).toBe(true);
    }
    door.clock.advance(120 * 60_000);
    expect(door.access.bearer(`Bearer ${token}`)).toEqual({
      refusal: { status: 401, body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }] },
    });
  });

  test('work with the older scheme, too, and not without one', async () => {
    const { access_token: token } = await door.login();
    expect(door.access.bearer(`OAuth ${token}`)).toMatchObject({ user: { username: 'admin@harborline.example.com' } });
    expect(door.access.bearer(token)).toMatchObject({ refusal: { status: 401 } });
    expect(door.access.bearer(undefined)).toMatchObject({ refusal: { status: 401 } });
  });

  test('a user without the right to the API gets 403', async () => {
    const { access_token: token } = await door.login();
    door.access.changeUser('ADMIN@harborline.example.com', { apiEnabled: false });
    expect(door.access.bearer(`Bearer ${token}`)).toMatchObject({
      refusal: { status: 403, body: [{ errorCode: 'API_CURRENTLY_DISABLED' }] },
    });
  });

  test('a sixth approval ends the oldest one of the same user and app', async () => {
    const logins = [];
    for (let round = 0; round < 6; round += 1) logins.push(await door.login());
    expect(logins.map((one) => isGood(one['access_token']))).toEqual([false, true, true, true, true, true]);
    expect((await door.refresh(logins[0]?.['refresh_token'] ?? '')).body).toEqual(expiredToken);
  });
});

describe('revoke', () => {
  test('a refresh token takes its access tokens with it', async () => {
    const { access_token: access, refresh_token: refresh = '' } = await door.login();
    const answer = await post('/services/oauth2/revoke', { token: refresh });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(isGood(access)).toBe(false);
    expect((await door.refresh(refresh)).body).toEqual(expiredToken);
  });

  test('an access token goes alone', async () => {
    const { access_token: access = '', refresh_token: refresh = '' } = await door.login();
    expect((await post('/services/oauth2/revoke', { token: access })).status).toBe(200);
    expect(isGood(access)).toBe(false);
    expect((await door.refresh(refresh)).status).toBe(200);
  });

  test('an unknown token is a form-encoded error', async () => {
    const answer = await post('/services/oauth2/revoke', { token: 'nothing' });
    expect(answer.status).toBe(400);
    expect(new URLSearchParams(await answer.text()).get('error')).toBe('invalid_token');
  });
});

describe('introspection and identity', () => {
  const client = { client_id: APP.key, client_secret: APP.secret };

  test('introspection tells a good token from a bad one and is no use of it', async () => {
    const { access_token: token = '' } = await door.login();
    const ask = async (): Promise<unknown> => (await post('/services/oauth2/introspect', { token, ...client })).json();
    expect(await ask()).toMatchObject({ active: true, client_id: APP.key, token_type: 'access_token' });
    door.clock.advance(119 * 60_000);
    await ask();
    door.clock.advance(60_000);
    expect(await ask()).toEqual({ active: false });
    expect((await post('/services/oauth2/introspect', { token, client_id: APP.key })).status).toBe(401);
  });

  test('the identity says who the token speaks for; the token may be in the query', async () => {
    const { access_token: token = '', id = '' } = await door.login();
    const path = new URL(id).pathname;
    const byHeader = await fetch(door.url + path, { headers: { authorization: `Bearer ${token}` } });
    expect(await byHeader.json()).toMatchObject({
      user_id: door.access.users()[0]?.id,
      organization_id: '00DHs000002Occ1MAC',
      username: 'admin@harborline.example.com',
      email: 'ada.harbor@example.com',
    });
    const byQuery = await fetch(`${door.url}${path}?oauth_token=${encodeURIComponent(token)}`);
    expect(byQuery.status).toBe(200);
    expect((await fetch(door.url + path)).status).toBe(403);
    expect((await fetch(`${door.url}${path}?oauth_token=x`)).status).toBe(403);
  });
});
