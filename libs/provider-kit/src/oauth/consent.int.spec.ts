import { createHash, randomBytes } from 'node:crypto';
import {
  authorize,
  beginConsent,
  connectionHealth,
  consentCookie,
  describeProvider,
  disconnect,
  listRuns,
  pauseConnection,
  saveSettings,
} from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { consentCrm } from '../testing/consent-crm.ts';
import { type TestConsentServer, startConsentServer } from '../testing/consent-server.ts';
import { eventually } from '../testing/eventually.ts';
import { type Started, type TestHub, openTestHub } from '../testing/test-hub.ts';

const publicUrl = 'http://hub.example.test/crm';
const callbackUrl = `${publicUrl}/auth/consent-crm/callback`;
let server: TestConsentServer;
let hub: TestHub;
let replicas: readonly Started[];
let connection = '';
/** How far the clock of the hub is ahead. */
let aheadMs = 0;

beforeAll(async () => {
  server = await startConsentServer();
  server.callbacks.add(callbackUrl);
  hub = await openTestHub(consentCrm, {
    servers: {
      kafkaBrokers: inject('kafkaBrokers'),
      natsUrl: inject('natsUrl'),
      mongoUrl: inject('mongoUrl'),
    },
    env: { CONSENT_URL: server.url, PUBLIC_URL: `${publicUrl}/`, APP_URL: 'https://app.example.test/integrations' },
    clock: () => Date.now() + aheadMs,
  });
  replicas = [await hub.start(), await hub.start()];
});
afterAll(async () => {
  await hub.close();
  await server.stop();
});
beforeEach(async () => {
  aheadMs = 0;
  Object.assign(server.mood, { rotates: false, tokenMs: 0, broken: undefined, offline: true, revokeFails: false });
  connection = `${hub.connection}-${randomBytes(3).toString('hex')}`;
  await hub.ask(saveSettings, { ...which(), settings: settings() });
});

const which = () => ({ org: hub.org, connection });
const settings = () => ({ key: server.app.id, app_secret: server.app.secret });

/** A browser with a secret of its own. */
function browser() {
  const secret = randomBytes(32).toString('base64url');
  return {
    cookie: `theme=dark; ${consentCookie}=${secret}`,
    digest: createHash('sha256').update(secret).digest('hex'),
  };
}

async function begun(from = browser()) {
  return { ...(await hub.ask(beginConsent, { ...which(), browser: from.digest })), ...from };
}

/** Opens the callback at one of the replicas, as the vendor's redirect would. */
async function come(back: URL, cookie?: string, { method = 'GET', at = 0 } = {}) {
  const response = await fetch(`${replicas[at]!.url}/auth/consent-crm/callback${back.search}`, {
    method,
    headers: cookie === undefined ? {} : { cookie },
  });
  const text = await response.text();
  return {
    status: response.status,
    heading: /<h1>(.*?)<\/h1>/.exec(text)?.[1],
    ...{ text, headers: response.headers },
  };
}

async function connected() {
  const { url, cookie } = await begun();
  expect(await come(server.allow(url), cookie)).toMatchObject({ status: 200 });
}

const stateOf = async () => (await hub.ask(connectionHealth, which())).state;
const failure = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isHubError(error)) throw new Error('It did not fail as it should.', { cause: error });
  return error;
};

describe('a provider where a person consents', () => {
  it('says so, and which callback to register', async () => {
    const described = await hub.ask(describeProvider, {});
    expect(described).toMatchObject({ authorization: 'consent', callback_url: callbackUrl });
  });

  it('is connected by a person who allows it: healthy, polled at once, and proved by the test of the connection', async () => {
    expect(await stateOf()).toBe('draft');
    const { url, expires_at: expiresAt, cookie } = await begun();
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(9 * 60_000);
    const page = new URL(url).searchParams;
    expect(Object.fromEntries(page)).toMatchObject({
      response_type: 'code',
      client_id: server.app.id,
      redirect_uri: callbackUrl,
      scope: 'api refresh_token',
      code_challenge_method: 'S256',
    });
    const ended = await come(server.allow(url), cookie, { at: 1 });
    expect(ended).toMatchObject({ status: 200, heading: 'One Click Contractor is connected to Consent CRM' });
    expect(ended.text).toContain('href="https://app.example.test/integrations"');
    expect(await stateOf()).toBe('healthy');
    const { runs } = await hub.ask(listRuns, which());
    expect(runs.map(({ reason }) => reason)).toContain('authorized');
    expect(await hub.ask(authorize, which())).toMatchObject({ state: 'healthy' });
  });

  it('answers with pages that no cache keeps, that load nothing, and that tell no other site of themselves', async () => {
    const { url, cookie } = await begun();
    const { headers, text } = await come(server.deny(url), cookie);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';style-src 'sha256-[^;]+';/);
    expect(text).not.toContain('<script');
  });

  it('leaves no code, state, secret or token in the log', async () => {
    const { url, cookie } = await begun();
    const back = server.allow(url);
    await come(back, cookie);
    const secrets = [
      ...[
        back.searchParams.get('code')!,
        back.searchParams.get('state')!,
        server.app.secret,
        cookie.split('=').at(-1)!,
      ],
    ];
    const lines = replicas.flatMap(({ captured }) => captured.lines).join('\n');
    expect(lines).toContain('/auth/consent-crm/callback');
    for (const secret of secrets) {
      expect(lines).not.toContain(secret);
      expect(lines).not.toContain(encodeURIComponent(secret));
    }
  });

  it('works without a proof key where the settings say so', async () => {
    await hub.ask(saveSettings, { ...which(), settings: { ...settings(), pkce: false } });
    const { url, cookie } = await begun();
    expect(new URL(url).searchParams.has('code_challenge')).toBe(false);
    expect((await come(server.allow(url), cookie)).status).toBe(200);
  });
});

describe('an authorization that does not end well', () => {
  it('was denied: the page says how to go on, and nothing has changed', async () => {
    const { url, cookie } = await begun();
    const ended = await come(server.deny(url), cookie);
    expect(ended).toMatchObject({ status: 403, heading: 'Consent CRM was not connected' });
    expect(ended.text).toMatch(/Start again from One Click Contractor/);
    expect(await stateOf()).toBe('draft');
  });

  it('is refused in another browser, with or without a secret of its own, and cannot be finished any more', async () => {
    for (const stranger of [undefined, browser().cookie, `${consentCookie}=`]) {
      const { url, cookie } = await begun();
      const back = server.allow(url);
      expect(await come(back, stranger)).toMatchObject({
        status: 403,
        heading: 'This browser did not start this authorization',
      });
      expect(await come(back, cookie)).toMatchObject({ status: 400 });
    }
    expect(await stateOf()).toBe('draft');
  });

  it('was finished already: once is enough, also over two replicas at the same moment', async () => {
    const { url, cookie } = await begun();
    const back = server.allow(url);
    const ended = await Promise.all([come(back, cookie, { at: 0 }), come(back, cookie, { at: 1 })]);
    expect(ended.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect((await come(back, cookie)).heading).toBe('This authorization was used already or is too old');
    expect(await stateOf()).toBe('healthy');
  });

  it('took too long', async () => {
    const { url, cookie } = await begun();
    aheadMs = 10 * 60_000 + 1_000;
    expect(await come(server.allow(url), cookie)).toMatchObject({
      status: 400,
      heading: 'This authorization took too long',
    });
  });

  it.each([
    ['no state', () => ''],
    ['two states', (search: URLSearchParams) => `${search.toString()}&state=another`],
    ['a changed state', (search: URLSearchParams) => `code=c&state=${search.get('state')!.slice(0, -4)}AAAA`],
    ['no code', (search: URLSearchParams) => `state=${search.get('state')!}`],
  ])('came with %s', async (_, change) => {
    const { url, cookie } = await begun();
    const back = server.allow(url);
    back.search = change(back.searchParams);
    expect(await come(back, cookie)).toMatchObject({
      status: 400,
      heading: 'This address belongs to no authorization',
    });
  });

  it('is not used up by anything but a GET', async () => {
    const { url, cookie } = await begun();
    const back = server.allow(url);
    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE']) {
      const { status, headers } = await come(back, cookie, { method });
      expect([status, headers.get('allow')]).toEqual([405, 'GET']);
    }
    expect((await come(back, cookie)).status).toBe(200);
  });

  it('shows what a vendor says as text, though it be a script', async () => {
    const { url, cookie } = await begun();
    const back = server.deny(url);
    back.searchParams.set('error', 'server_error');
    back.searchParams.set('error_description', '<script>alert(1)</script>');
    const { status, text } = await come(back, cookie);
    expect(status).toBe(400);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>');
  });

  it('meets a wrong secret: the page names it, and what to do', async () => {
    await hub.ask(saveSettings, { ...which(), settings: { ...settings(), app_secret: 'wrong' } });
    const { url, cookie } = await begun();
    const { status, text } = await come(server.allow(url), cookie);
    expect(status).toBe(400);
    expect(text).toMatch(/does not accept the app&#39;s secret/);
    expect(await stateOf()).toBe('draft');
  });

  it('brings a code that the vendor gave to somebody else, or that is too old', async () => {
    const { url, cookie } = await begun();
    const back = server.allow(url);
    back.searchParams.set('code', 'another-code==');
    const { status, text } = await come(back, cookie);
    expect(status).toBe(400);
    expect(text).toMatch(/used, ended or too old/);
  });

  it('meets a vendor that is away', async () => {
    const { url, cookie } = await begun();
    server.mood.broken = { status: 503, body: '' };
    expect(await come(server.allow(url), cookie)).toMatchObject({ status: 502, heading: 'Consent CRM did not answer' });
  });

  it('gives access only for a while', async () => {
    const { url, cookie } = await begun();
    server.mood.offline = false;
    expect(await come(server.allow(url), cookie)).toMatchObject({
      status: 502,
      heading: 'Consent CRM gave access only for a while',
    });
    expect(await stateOf()).toBe('draft');
  });

  it('was begun for another app than the settings name by now', async () => {
    const { url, cookie } = await begun();
    const back = server.allow(url);
    await hub.ask(saveSettings, { ...which(), settings: { ...settings(), key: 'another-key' } });
    expect(await come(back, cookie)).toMatchObject({ status: 400, heading: 'The settings were changed meanwhile' });
  });
});

describe('before a person leaves for the page of the vendor', () => {
  it('is said that the callback is not registered, and which to register', async () => {
    server.callbacks.delete(callbackUrl);
    const error = await failure(begun()).finally(() => server.callbacks.add(callbackUrl));
    expect(error).toMatchObject({ kind: 'rejected', code: 'consent-crm.consent.redirect-uri-mismatch' });
    expect(error.message).toContain(callbackUrl);
  });

  it('is said that the vendor does not know the app', async () => {
    await hub.ask(saveSettings, { ...which(), settings: { ...settings(), key: 'mistyped' } });
    expect((await failure(begun())).code).toBe('consent-crm.consent.invalid-client-id');
  });

  it('is said that the settings have to be saved first', async () => {
    connection = `${connection}-new`;
    expect(await failure(begun())).toMatchObject({ kind: 'rejected', code: 'connection.unknown' });
  });

  it('is nothing said to another org', async () => {
    const ask = { org: 'org-of-others', connection, browser: browser().digest };
    expect((await failure(hub.ask(beginConsent, ask))).code).toBe('connection.unknown');
    expect((await failure(hub.ask(disconnect, { org: 'org-of-others', connection }))).code).toBe('connection.unknown');
  });
});

describe('a connection that nobody has consented to', () => {
  it('stays a draft when it is tested', async () => {
    expect(await failure(hub.ask(authorize, which()))).toMatchObject({ code: 'consent-crm.grant.none' });
    expect(await stateOf()).toBe('draft');
  });
});

describe('a connection that is authorized again', () => {
  it('works again after the vendor had ended its access', async () => {
    await connected();
    server.endGrants();
    await hub.database.collection('grants').updateMany({}, { $inc: { obtainedAt: -3_600_000 } });
    expect(await failure(hub.ask(authorize, which()))).toMatchObject({ code: 'consent-crm.grant.ended' });
    expect(await hub.ask(connectionHealth, which())).toMatchObject({
      state: 'needs-reauthorization',
      reason: expect.stringMatching(/Authorize again/) as string,
    });
    await connected();
    expect(await hub.ask(authorize, which())).toMatchObject({ state: 'healthy' });
  });

  it('stays paused when a person had paused it, and the page says so', async () => {
    await hub.ask(pauseConnection, { ...which(), paused: true });
    const { url, cookie } = await begun();
    const { status, text } = await come(server.allow(url), cookie);
    expect(status).toBe(200);
    expect(text).toMatch(/still paused/);
    expect(await stateOf()).toBe('paused');
  });
});

describe('settings that are saved over an authorized connection', () => {
  it('end the access where they name another app', async () => {
    await connected();
    const saved = await hub.ask(saveSettings, { ...which(), settings: { ...settings(), key: 'another-key' } });
    expect(saved.state).toBe('draft');
    expect((await failure(hub.ask(authorize, which()))).code).toBe('consent-crm.grant.none');
    // Neither does it come back with the app of before.
    await hub.ask(saveSettings, { ...which(), settings: settings() });
    expect((await failure(hub.ask(authorize, which()))).code).toBe('consent-crm.grant.none');
  });

  it('leave it as it is where they name the same app', async () => {
    await connected();
    expect((await hub.ask(saveSettings, { ...which(), settings: { ...settings(), pkce: false } })).state).toBe(
      'healthy',
    );
    expect(await hub.ask(authorize, which())).toMatchObject({ state: 'healthy' });
  });
});

describe('a connection that is disconnected', () => {
  it('has given its access back, has forgotten its secrets, and is a draft', async () => {
    await connected();
    const before = server.calls.length;
    expect(await hub.ask(disconnect, which())).toEqual({ state: 'draft' });
    expect(server.calls.slice(before)).toEqual(['revoke']);
    expect(await hub.ask(connectionHealth, which())).toMatchObject({
      state: 'draft',
      reason: expect.stringMatching(/^Disconnected\./) as string,
    });
    const document = await hub.database.collection('connections').findOne({ _id: connection as never });
    expect(document).toMatchObject({ secrets: null, settings: { key: server.app.id } });
    expect(await hub.database.collection('grants').findOne({ _id: connection as never })).toMatchObject({
      sealed: null,
    });
    expect((await failure(hub.ask(authorize, which()))).code).toBe('connection.no-settings');
    const { key } = settings();
    expect((await failure(hub.ask(saveSettings, { ...which(), settings: { key } }))).code).toBe('settings.invalid');
  });

  it('is connected again by entering the secrets and consenting', async () => {
    await connected();
    await hub.ask(disconnect, which());
    expect((await hub.ask(saveSettings, { ...which(), settings: settings() })).state).toBe('draft');
    await connected();
    expect(await hub.ask(authorize, which())).toMatchObject({ state: 'healthy' });
  });

  it('is so, too, when the vendor is away: then a person is told what to remove there', async () => {
    await connected();
    server.mood.revokeFails = true;
    const { state, note } = await hub.ask(disconnect, which());
    expect(state).toBe('draft');
    expect(note).toMatch(/Consent CRM could not be told.*remove/);
    expect(await hub.database.collection('grants').findOne({ _id: connection as never })).toMatchObject({
      sealed: null,
    });
  });

  it('is so without a word where the vendor has forgotten the access already, or nobody ever consented', async () => {
    expect(await hub.ask(disconnect, which())).toEqual({ state: 'draft' });
    await hub.ask(saveSettings, { ...which(), settings: settings() });
    await connected();
    server.endGrants();
    expect(await hub.ask(disconnect, which())).toEqual({ state: 'draft' });
  });

  it('cannot be connected by an authorization that was begun before', async () => {
    const { url, cookie } = await begun();
    const back = server.allow(url);
    await hub.ask(disconnect, which());
    expect((await come(back, cookie)).status).toBe(400);
    expect(await stateOf()).toBe('draft');
  });

  it('is paused no longer', async () => {
    await connected();
    await hub.ask(pauseConnection, { ...which(), paused: true });
    expect((await hub.ask(disconnect, which())).state).toBe('draft');
  });

  it('is told on the topic of changes', async () => {
    await connected();
    await hub.ask(disconnect, which());
    const told = () =>
      hub.heardOf('occ.connection.changed.v1').filter((each) => each.attributes.connectionid === connection);
    const all = await eventually(told, (heard) => heard.length >= 2);
    expect(all.map(({ data }) => (data as { state: string }).state)).toEqual(['healthy', 'draft']);
  });
});
