import { describe, expect, it } from 'vitest';
import { consent } from './consent.ts';
import { Settings } from './settings.ts';

const settings = (more: object = {}) =>
  Settings.parse({ ...{ consumer_key: 'key-1', consumer_secret: 'secret-1', time_zone: 'America/New_York' }, ...more });
const callbackUrl = 'https://hub.example.test/auth/improveit360/callback';
const said = (error: string, description = '') => consent.sentence({ error, description }, { callbackUrl });

describe('consent', () => {
  it('is asked for at the login host of the connection', () => {
    for (const host of ['login.salesforce.com', 'test.salesforce.com', 'acme.my.salesforce.com']) {
      const base = `https://${host}/services/oauth2`;
      expect(consent.server(settings({ login_host: host }), {})).toEqual({
        ...{ issuer: `https://${host}`, authorizeUrl: `${base}/authorize` },
        ...{ tokenUrl: `${base}/token`, revokeUrl: `${base}/revoke` },
      });
    }
  });

  it('is asked for at the simulator where there is one, whatever the connection says', () => {
    for (const url of ['http://127.0.0.1:4080', 'http://127.0.0.1:4080/'])
      expect(
        consent.server(settings({ login_host: 'test.salesforce.com' }), { IMPROVEIT360_LOGIN_URL: url }),
      ).toMatchObject({
        ...{ issuer: 'http://127.0.0.1:4080', tokenUrl: 'http://127.0.0.1:4080/services/oauth2/token' },
      });
  });

  it('is for the app of the company, whole and lasting', () => {
    expect(consent.app(settings())).toEqual({ id: 'key-1', secret: 'secret-1' });
    expect(consent.scope.split(' ').sort()).toEqual(['full', 'refresh_token']);
    expect(consent.keep).toEqual(['instance_url', 'id']);
  });

  it('has a proof key unless the company cannot take one', () => {
    expect(consent.pkce(settings())).toBe(true);
    expect(consent.pkce(settings({ pkce: false }))).toBe(false);
  });
});

describe('the company that a grant belongs to', () => {
  const companyOf = (id?: string) => consent.company!(id === undefined ? {} : { id });

  it('is in the address of the identity, in either length of its id', () => {
    for (const company of ['00DHs000002Occ1EAC', '00DHs000002Occ1'])
      for (const host of ['https://login.salesforce.com', 'https://test.salesforce.com', 'http://127.0.0.1:4080'])
        expect(companyOf(`${host}/id/${company}/005Hs00000AdmnQIAR`)).toBe('00DHs000002Occ1');
    expect(companyOf('https://login.salesforce.com/id/00DHs000002Occ1/005Hs00000AdmnQ')).not.toBe(
      companyOf('https://login.salesforce.com/id/00DHs000002occ1/005Hs00000AdmnQ'),
    );
  });

  it('is not known where the address is another one', () => {
    for (const id of [undefined, '', 'https://login.salesforce.com/id/', 'https://example.com/00DHs000002Occ1/x'])
      expect(companyOf(id)).toBeUndefined();
  });
});

describe('a refusal to refresh', () => {
  const ends = (error: string, description: string) => consent.ends!({ error, description });

  it.each(['expired access/refresh token', 'token was revoked', 'authentication failure', ''])(
    'ends the grant: "%s"',
    (description) => {
      expect(ends('invalid_grant', description)).toBe(true);
    },
  );

  it.each(['ip restricted', 'ip restricted or invalid login hours', 'restricted IP address', 'invalid login hours'])(
    'does not end the grant where it is about where or when the hub asks: "%s"',
    (description) => {
      expect(ends('invalid_grant', description)).toBe(false);
      expect(said('invalid_grant', description)).toMatch(/address or at this hour.*administrator.*by itself/);
    },
  );

  it.each(['invalid_client', 'inactive_user', 'unsupported_grant_type'])('does not end the grant by %s', (error) => {
    expect(ends(error, 'x')).toBe(false);
  });
});

describe('a refusal of the token call', () => {
  it.each(['token request is already being processed', 'login rate exceeded', 'Login Rate Exceeded'])(
    'passes by itself: %s',
    (description) => {
      expect(consent.passes({ error: 'invalid_grant', description })).toBe(true);
    },
  );

  it.each(['expired access/refresh token', 'expired authorization code', 'authentication failure', ''])(
    'does not pass by itself: "%s"',
    (description) => {
      expect(consent.passes({ error: 'invalid_grant', description })).toBe(false);
    },
  );

  it.each([
    ['access_denied', 'end-user denied authorization', /Deny was pressed.*press Allow there/],
    // One of the vendor's samples has it with a dash.
    ['access-denied', 'end-user denied authorization', /Deny was pressed/],
    [
      'redirect_uri_mismatch',
      'redirect_uri must match configuration',
      /enter exactly https:\/\/hub\.example\.test\/auth\/improveit360\/callback as Callback URL/,
    ],
    [
      'invalid_client_id',
      'client identifier invalid',
      /does not know this consumer key.*Manage Consumer Details.*10 minutes/,
    ],
    ['invalid_client', 'invalid client credentials', /does not accept the consumer secret/],
    ['invalid_grant', 'expired authorization code', /used already or is too old.*Start again/],
    ['invalid_grant', 'invalid code verifier', /PKCE.*Turn PKCE off/],
    ['invalid_request', 'missing required code challenge', /PKCE/],
    ['inactive_user', 'user is inactive', /inactive.*administrator/],
    ['inactive_org', 'organization is inactive', /inactive.*administrator/],
    ['invalid_grant', 'expired access/refresh token', /revoked, unused for too long.*Authorize again/],
    ['invalid_grant', 'authentication failure', /Authorize again/],
  ])('%s "%s" is said in words that help', (error, description, words) => {
    expect(said(error, description)).toMatch(words);
  });

  it('takes the key for unknown, not the secret for wrong, where Salesforce says so', () => {
    expect(said('invalid_client_id', 'client identifier invalid')).not.toMatch(/secret/);
    expect(said('invalid_client', 'invalid client credentials')).not.toMatch(/consumer key/);
  });

  it('is left to the words of everybody where Salesforce says something else', () => {
    for (const error of ['unsupported_grant_type', 'server_error', 'invalid_scope', ''])
      expect(said(error)).toBeUndefined();
  });
});
