import { HubError } from '@occ-hub/errors';
import type { Login, VendorIo } from '@occ-hub/provider-kit';
import { bodyOf, isQuotaUsed, quotaRestMs, quotaUsed } from './answers.ts';
import type { Env } from './env.ts';
import { type Settings, secretsOf } from './settings.ts';

/** Where WorkWave does not say how long a token lives: shorter than any that was seen. */
const assumedLifeMs = 10 * 60_000;

/** A login with the user's password. The refresh grant is not used: whoever holds it has the password as well, and a token less is stored. */
export async function login(settings: Settings, io: VendorIo, env: Env): Promise<Login> {
  const { client_id: id, client_secret: secret, username, password } = settings;
  const url = new URL(env.PESTPAC_TOKEN_URL);
  url.searchParams.set('scope', 'openid');
  const answer = await io.send({
    ...{ method: 'POST', url: url.href, writes: false, timeoutMs: 30_000, shown: 'grant_type=password' },
    secrets: secretsOf(settings),
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'password', username, password }).toString(),
  });
  if (isQuotaUsed(answer)) {
    io.rest(quotaRestMs);
    throw quotaUsed();
  }
  if (answer.status === 401) throw loginRefused('client', 'the client ID and the client secret');
  if (answer.status === 400) throw loginRefused('user', 'the user name and the password');
  const { access_token: token, expires_in: seconds } = (bodyOf(answer, {
    writes: false,
    hidden: secretsOf(settings),
  }) ?? {}) as Partial<Record<string, unknown>>;
  if (typeof token !== 'string' || token === '') throw noToken();
  const lives = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : assumedLifeMs;
  return { token, expiresInMs: lives };
}

function loginRefused(what: 'client' | 'user', check: string): HubError {
  const message = `WorkWave refused the login. Check ${check}, save them and authorize again.`;
  return new HubError({ kind: 'credential', code: `pestpac.${what}-refused`, message });
}

function noToken(): HubError {
  const message = 'WorkWave accepted the login but gave no token. The hub tries again by itself.';
  return new HubError({ kind: 'transient', code: 'pestpac.no-token', message });
}
