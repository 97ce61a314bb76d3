import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FrontDoor } from '../testing/front-door.ts';
import { APP, ASKED, NOON, openFrontDoor } from '../testing/front-door.ts';

let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor();
});
afterEach(() => door.close());

const reopen = async (options: Parameters<typeof openFrontDoor>[0]): Promise<void> => {
  await door.close();
  door = await openFrontDoor(options);
};
const exchange = (code: string, more: Record<string, string> = {}): ReturnType<FrontDoor['token']> =>
  door.token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: ASKED.redirect_uri,
    client_id: APP.key,
    client_secret: APP.secret,
    ...more,
  });
const allowedCode = async (query: Record<string, string> = {}): Promise<string> =>
  (await door.press('allow', query)).get('code') ?? '';
const expiredCode = { error: 'invalid_grant', error_description: 'expired authorization code' };

describe('authorize', () => {
  test('shows a page that names the app and the user, and Allow sends code and state to the callback', async () => {
    const page = await door.authorize({ state: 'a b&c' });
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('OCC is asking to');
    expect(text).toContain('value="admin@harborline.example.com"');
    const told = await door.press('allow', { state: 'a b&c' });
    expect(told.get('state')).toBe('a b&c');
    expect(told.get('code')).toMatch(/^aPrx.+==$/);
  });

  test('Deny tells the callback so, in the words of the real page', async () => {
    const told = await door.press('deny', { state: 's1' });
    expect(Object.fromEntries(told)).toEqual({
      error: 'access_denied',
      error_description: 'end-user denied authorization',
      state: 's1',
    });
  });

  test('an unknown key or a callback that is not registered is a page, never a redirect', async () => {
    const unknown = await door.authorize({ client_id: 'other' });
    expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('invalid_client_id')]);
    const callback = await door.authorize({ redirect_uri: `${ASKED.redirect_uri}/` });
    expect(callback.status).toBe(400);
    expect(callback.headers.get('location')).toBeNull();
    expect(await callback.text()).toContain('redirect_uri_mismatch');
  });

  test('a callback with a query of its own keeps it', async () => {
    const redirectUri = APP.callbacks[1] ?? '';
    const told = await door.press('allow', { redirect_uri: redirectUri });
    expect(told.get('org')).toBe('7');
    expect((await exchange(told.get('code') ?? '', { redirect_uri: redirectUri })).status).toBe(200);
  });

  test('a wrong response type and a scope beyond the registered ones go back to the callback', async () => {
    const location = async (query: Record<string, string>): Promise<URLSearchParams> =>
      new URL((await door.authorize(query)).headers.get('location') ?? '').searchParams;
    expect((await location({ response_type: 'token' })).get('error')).toBe('unsupported_response_type');
    expect((await location({ scope: 'full openid' })).get('error')).toBe('invalid_scope');
  });

  test('an app that was just made does not work before its time', async () => {
    await reopen({ apps: [{ ...APP, activeAfterSeconds: 600 }] });
    expect((await door.authorize()).status).toBe(400);
    door.clock.advance(600_000);
    expect((await door.authorize()).status).toBe(200);
  });

  test('a person who is not of the org or inactive is shown the page again', async () => {
    await reopen({
      users: [
        { username: 'a@org.example.com', displayName: 'A', email: 'a@example.com' },
        { username: 'gone@org.example.com', displayName: 'G', email: 'g@example.com', active: false },
      ],
    });
    const page = await (await door.authorize()).text();
    const ticket = /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const consent = async (username: string): Promise<Response> =>
      fetch(`${door.url}/_consent`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ ticket, username, decision: 'allow' }),
      });
    expect(await (await consent('nobody@org.example.com')).text()).toContain('no such user');
    expect(await (await consent('gone@org.example.com')).text()).toContain('inactive');
    expect((await consent('A@org.example.com')).status).toBe(302);
    expect((await consent('A@org.example.com')).status).toBe(400);
  });

  test('the switch approves or denies without a page', async () => {
    door.access.configureAccess({ consent: 'allow' });
    const answer = await door.authorize({ state: 'x' });
    expect(answer.status).toBe(302);
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect((await exchange(code)).status).toBe(200);
    door.access.configureAccess({ consent: 'deny' });
    expect((await door.authorize()).headers.get('location')).toContain('error=access_denied');
  });
});

describe('code exchange', () => {
  test('gives tokens, the instance, an https identity and a signature; and no expires_in', async () => {
    const { status, body } = await exchange(await allowedCode());
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^00DHs000002Occ1![\w-]+$/),
      refresh_token: expect.stringMatching(/^5Aep861/),
      instance_url: door.url,
      id: 'https://login.salesforce.com/id/00DHs000002Occ1MAC/' + door.access.users()[0]?.id,
      token_type: 'Bearer',
      issued_at: String(NOON),
      signature: createHmac('sha256', APP.secret).update(`${body['id']}${NOON}`).digest('base64'),
      scope: 'refresh_token full',
    });
  });

  test('without the refresh scope there is no refresh token', async () => {
    const { body } = await exchange(await allowedCode({ scope: 'full' }));
    expect([body['scope'], body['refresh_token']]).toEqual(['full', undefined]);
  });

  test('a code works once', async () => {
    const code = await allowedCode();
    expect((await exchange(code)).status).toBe(200);
    expect(await exchange(code)).toEqual({ status: 400, body: expiredCode });
  });

  test('a code lives ten minutes', async () => {
    const [early, late] = [await allowedCode(), await allowedCode()];
    door.clock.advance(599_000);
    expect((await exchange(early)).status).toBe(200);
    door.clock.advance(1000);
    expect((await exchange(late)).body).toEqual(expiredCode);
  });

  test('a code belongs to its app and its callback', async () => {
    const other = { ...APP, key: 'other.key' };
    await reopen({ apps: [APP, other] });
    expect((await exchange(await allowedCode(), { client_id: other.key })).body).toEqual(expiredCode);
    const { status, body } = await exchange(await allowedCode(), { redirect_uri: APP.callbacks[1] ?? '' });
    expect([status, body['error']]).toEqual([400, 'redirect_uri_mismatch']);
  });

  test('the client is known by its form or by a Basic header', async () => {
    const form = { grant_type: 'authorization_code', redirect_uri: ASKED.redirect_uri };
    const raw = Buffer.from(`${APP.key}:${encodeURIComponent(APP.secret)}`).toString('base64');
    const byHeader = await door.token({ ...form, code: await allowedCode() }, { authorization: `Basic ${raw}` });
    expect(byHeader.status).toBe(200);
  });

  test('a wrong key, a wrong secret and a missing one are told apart from a bad code', async () => {
    const unknown = await exchange(await allowedCode(), { client_id: 'other' });
    expect(unknown).toEqual({
      status: 400,
      body: { error: 'invalid_client_id', error_description: 'client identifier invalid' },
    });
    for (const client_secret of ['wrong', '']) {
      expect(await exchange(await allowedCode(), { client_secret })).toEqual({
        status: 400,
        body: { error: 'invalid_client', error_description: 'invalid client credentials' },
      });
    }
  });

  test('an app that requires no secret takes none, but no wrong one', async () => {
    await reopen({ apps: [{ ...APP, requireSecretWeb: false }] });
    expect((await exchange(await allowedCode(), { client_secret: 'wrong' })).status).toBe(400);
    expect((await exchange(await allowedCode(), { client_secret: '' })).status).toBe(200);
  });

  test('another grant type is not supported', async () => {
    for (const grant_type of ['password', 'constructor', '']) {
      expect(await door.token({ grant_type, client_id: APP.key })).toEqual({
        status: 400,
        body: { error: 'unsupported_grant_type', error_description: 'grant type not supported' },
      });
    }
  });

  test('inactive users and orgs are refused by name', async () => {
    const code = await allowedCode();
    door.access.configureAccess({ orgActive: false });
    expect((await exchange(code)).body['error']).toBe('inactive_org');
    door.access.configureAccess({ orgActive: true });
    door.access.changeUser('admin@harborline.example.com', { active: false });
    expect((await exchange(code)).body['error']).toBe('inactive_user');
  });
});

describe('PKCE', () => {
  const verifier = 'a-verifier-of-at-least-forty-three-characters-0123';
  const challenge = { code_challenge: createHash('sha256').update(verifier).digest('base64url') };

  test('the verifier of the challenge opens, with the method named or not', async () => {
    for (const method of [{}, { code_challenge_method: 'S256' }] as Record<string, string>[]) {
      const code = await allowedCode({ ...challenge, ...method });
      expect((await exchange(code, { code_verifier: verifier })).status).toBe(200);
    }
  });

  test('a missing verifier and a wrong one are different errors', async () => {
    expect((await exchange(await allowedCode(challenge))).body['error']).toBe('invalid_grant');
    const wrong = await exchange(await allowedCode(challenge), { code_verifier: 'another' });
    expect(wrong.body['error']).toBe('invalid_request');
  });

  test('the plain method is refused, and an app may require a challenge', async () => {
    const plain = await door.authorize({ ...challenge, code_challenge_method: 'plain' });
    expect(plain.headers.get('location')).toContain('error=invalid_request');
    await reopen({ apps: [{ ...APP, requirePkce: true }] });
    expect((await door.authorize()).headers.get('location')).toContain('error=invalid_request');
    expect((await door.authorize(challenge)).status).toBe(200);
  });
});
