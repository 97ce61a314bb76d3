import { authorize, beginConsent, consentCookie, describeProvider, disconnect, listRuns } from '@occ-hub/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { ConsentHub, callbackUrl, failureOf, newBrowser } from '../testing/consent-hub.ts';

let world: ConsentHub;
beforeAll(async () => {
  const [kafkaBrokers, natsUrl, mongoUrl] = [inject('kafkaBrokers'), inject('natsUrl'), inject('mongoUrl')];
  world = await ConsentHub.open({ kafkaBrokers, natsUrl, mongoUrl });
});
afterAll(() => world.close());
beforeEach(() => world.fresh());

describe('a provider where a person consents', () => {
  it('says so, and which callback to register', async () => {
    const described = await world.hub.ask(describeProvider, {});
    expect(described).toMatchObject({ authorization: 'consent', callback_url: callbackUrl });
  });

  it('is connected by a person who allows it: healthy, polled at once, and proved by the test of the connection', async () => {
    expect(await world.state()).toBe('draft');
    const { url, expires_at: expiresAt, cookie } = await world.begin();
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(9 * 60_000);
    const page = new URL(url).searchParams;
    expect(Object.fromEntries(page)).toMatchObject({
      response_type: 'code',
      client_id: world.server.app.id,
      redirect_uri: callbackUrl,
      scope: 'api refresh_token',
      code_challenge_method: 'S256',
    });
    const ended = await world.come(world.server.allow(url), cookie, { at: 1 });
    expect(ended).toMatchObject({ status: 200, heading: 'One Click Contractor is connected to Consent CRM' });
    expect(ended.text).toContain('href="https://app.example.test/integrations"');
    expect(await world.state()).toBe('healthy');
    const { runs } = await world.hub.ask(listRuns, world.which);
    expect(runs.map(({ reason }) => reason)).toContain('authorized');
    expect(await world.hub.ask(authorize, world.which)).toMatchObject({ state: 'healthy' });
  });

  it('answers with pages that no cache keeps, that load nothing, and that tell no other site of themselves', async () => {
    const { url, cookie } = await world.begin();
    const { headers, text } = await world.come(world.server.deny(url), cookie);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';style-src 'sha256-[^;]+';/);
    expect(text).not.toContain('<script');
  });

  it('leaves no code, state, secret or token in the log', async () => {
    const { url, cookie } = await world.begin();
    const back = world.server.allow(url);
    await world.come(back, cookie);
    const secrets = [
      ...[
        back.searchParams.get('code')!,
        back.searchParams.get('state')!,
        world.server.app.secret,
        cookie.split('=').at(-1)!,
      ],
    ];
    const lines = world.replicas.flatMap(({ captured }) => captured.lines).join('\n');
    expect(lines).toContain('/auth/consent-crm/callback');
    for (const secret of secrets) {
      expect(lines).not.toContain(secret);
      expect(lines).not.toContain(encodeURIComponent(secret));
    }
  });

  it('works without a proof key where the settings say so', async () => {
    await world.save({ pkce: false });
    const { url, cookie } = await world.begin();
    expect(new URL(url).searchParams.has('code_challenge')).toBe(false);
    expect((await world.come(world.server.allow(url), cookie)).status).toBe(200);
  });
});

describe('an authorization that does not end well', () => {
  it('was denied: the page says how to go on, and nothing has changed', async () => {
    const { url, cookie } = await world.begin();
    const ended = await world.come(world.server.deny(url), cookie);
    expect(ended).toMatchObject({ status: 403, heading: 'Consent CRM was not connected' });
    expect(ended.text).toMatch(/Start again from One Click Contractor/);
    expect(await world.state()).toBe('draft');
  });

  it('is refused in another browser, with or without a secret of its own, and uses nothing up there', async () => {
    for (const stranger of [undefined, newBrowser().cookie, `${consentCookie}=`]) {
      const { url, cookie } = await world.begin();
      const back = world.server.allow(url);
      expect(await world.come(back, stranger)).toMatchObject({
        status: 403,
        heading: 'This browser did not start this authorization',
      });
      expect(await world.state()).not.toBe('healthy');
      expect((await world.come(back, cookie)).status).toBe(200);
      await world.hub.ask(disconnect, world.which);
      await world.save({});
    }
  });

  it('was finished already: once is enough, also over two replicas at the same moment', async () => {
    const { url, cookie } = await world.begin();
    const back = world.server.allow(url);
    const ended = await Promise.all([world.come(back, cookie, { at: 0 }), world.come(back, cookie, { at: 1 })]);
    expect(ended.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect((await world.come(back, cookie)).heading).toBe('This authorization was used already or is too old');
    expect(await world.state()).toBe('healthy');
  });

  it('took too long', async () => {
    const { url, cookie } = await world.begin();
    world.later(10 * 60_000 + 1_000);
    expect(await world.come(world.server.allow(url), cookie)).toMatchObject({
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
    const { url, cookie } = await world.begin();
    const back = world.server.allow(url);
    back.search = change(back.searchParams);
    expect(await world.come(back, cookie)).toMatchObject({
      status: 400,
      heading: 'This address belongs to no authorization',
    });
  });

  it('is not used up by anything but a GET', async () => {
    const { url, cookie } = await world.begin();
    const back = world.server.allow(url);
    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE']) {
      const { status, headers } = await world.come(back, cookie, { method });
      expect([status, headers.get('allow')]).toEqual([405, 'GET']);
    }
    expect((await world.come(back, cookie)).status).toBe(200);
  });

  it('shows what a vendor says as text, though it be a script', async () => {
    const { url, cookie } = await world.begin();
    const back = world.server.deny(url);
    back.searchParams.set('error', 'server_error');
    back.searchParams.set('error_description', '<script>alert(1)</script>');
    const { status, text } = await world.come(back, cookie);
    expect(status).toBe(400);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>');
  });

  it('meets a wrong secret: the page names it, and what to do', async () => {
    await world.save({ app_secret: 'wrong' });
    const { url, cookie } = await world.begin();
    const { status, text } = await world.come(world.server.allow(url), cookie);
    expect(status).toBe(400);
    expect(text).toMatch(/does not accept the app&#39;s secret/);
    expect(await world.state()).toBe('draft');
  });

  it('brings a code that the vendor gave to somebody else, or that is too old', async () => {
    const { url, cookie } = await world.begin();
    const back = world.server.allow(url);
    back.searchParams.set('code', 'another-code==');
    const { status, text } = await world.come(back, cookie);
    expect(status).toBe(400);
    expect(text).toMatch(/used, ended or too old/);
  });

  it('meets a vendor that is away', async () => {
    const { url, cookie } = await world.begin();
    world.server.mood.broken = { status: 503, body: '' };
    expect(await world.come(world.server.allow(url), cookie)).toMatchObject({
      status: 502,
      heading: 'Consent CRM did not answer',
    });
  });

  it('gives access only for a while', async () => {
    const { url, cookie } = await world.begin();
    world.server.mood.offline = false;
    expect(await world.come(world.server.allow(url), cookie)).toMatchObject({
      status: 502,
      heading: 'Consent CRM gave access only for a while',
    });
    expect(await world.state()).toBe('draft');
  });

  it('was begun for another app than the settings name by now', async () => {
    const { url, cookie } = await world.begin();
    const back = world.server.allow(url);
    await world.save({ key: 'another-key' });
    expect(await world.come(back, cookie)).toMatchObject({
      status: 400,
      heading: 'The settings were changed meanwhile',
    });
  });
});

describe('before a person leaves for the page of the vendor', () => {
  it('is said that the callback is not registered, and which to register', async () => {
    world.server.callbacks.delete(callbackUrl);
    const error = await failureOf(world.begin()).finally(() => world.server.callbacks.add(callbackUrl));
    expect(error).toMatchObject({ kind: 'rejected', code: 'consent-crm.consent.redirect-uri-mismatch' });
    expect(error.message).toContain(callbackUrl);
  });

  it('is said that the vendor does not know the app', async () => {
    await world.save({ key: 'mistyped' });
    expect((await failureOf(world.begin())).code).toBe('consent-crm.consent.invalid-client-id');
  });

  it('is said that the settings have to be saved first', async () => {
    world.connection = `${world.connection}-new`;
    expect(await failureOf(world.begin())).toMatchObject({ kind: 'rejected', code: 'connection.unknown' });
  });

  it('is nothing said to another org', async () => {
    const ask = { ...world.which, org: 'org-of-others', browser: newBrowser().digest };
    expect((await failureOf(world.hub.ask(beginConsent, ask))).code).toBe('connection.unknown');
    expect((await failureOf(world.hub.ask(disconnect, { ...world.which, org: 'org-of-others' }))).code).toBe(
      'connection.unknown',
    );
  });
});

describe('a connection that nobody has consented to', () => {
  it('stays a draft when it is tested', async () => {
    expect(await failureOf(world.hub.ask(authorize, world.which))).toMatchObject({ code: 'consent-crm.grant.none' });
    expect(await world.state()).toBe('draft');
  });
});
