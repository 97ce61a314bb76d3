import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import { type Leases, createLeases } from '@occ-hub/store';
import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { gatherExchanges } from '../http/exchanges.ts';
import { createVendorSender } from '../http/vendor-sender.ts';
import { consentCrm } from '../testing/consent-crm.ts';
import { type TestConsentServer, startConsentServer } from '../testing/consent-server.ts';
import type { AnyProvider } from '../provider.ts';
import { readKeyRing } from '../vault/key-ring.ts';
import { createVault } from '../vault/vault.ts';
import { createConsents } from './consents.ts';
import { createGrantStore } from './grant.store.ts';
import { createGrants } from './grants.ts';
import { eventually } from '../testing/eventually.ts';
import { captureLog } from '../testing/captured-log.ts';
import { createTokenWork } from './token-work.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
let server: TestConsentServer;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
});
afterAll(() => opened.forget());

const keyOf = (name: string) => `${name}:${Buffer.alloc(32, name).toString('base64')}`;
const sender = createVendorSender({
  vendor: { id: 'consent-crm', title: 'Consent CRM' },
  clock: Date.now,
  connectionsPerHost: 8,
});
const publicUrl = 'http://hub.example.test';
const callbackUrl = `${publicUrl}/auth/consent-crm/callback`;
let connection = '';

beforeEach(async () => {
  server = await startConsentServer();
  server.callbacks.add(callbackUrl);
  connection = `con-${randomBytes(4).toString('hex')}`;
  return () => server.stop();
});
afterAll(() => sender.stop());

/** A process of the provider: its own keeper over the store that all share. */
function replica({
  keys = keyOf('k1'),
  clock = Date.now as Clock,
  beforeRight = async () => {},
  provider = consentCrm as unknown as AnyProvider,
} = {}) {
  const { take } = createLeases(opened.store, { clock: Date.now, owner: randomBytes(4).toString('hex') });
  const leases: Leases = {
    async take(name, termMs) {
      await beforeRight();
      return take(name, termMs);
    },
  };
  const grants = createGrants(createGrantStore(opened.store), createVault(readKeyRing(keys)));
  const consents = createConsents({
    provider,
    env: { CONSENT_URL: server.url },
    ...{ publicUrl, sender, grants, leases, clock, work: createTokenWork(), log: captureLog('consent-crm').log },
  })!;
  const settings = { key: server.app.id, app_secret: server.app.secret, pkce: false };
  const app = consents.appOf(settings);
  return {
    grants,
    keeper: () => consents.keeperOf(connection, settings),
    /** A person consents, and the grant is kept; gives its access token. */
    async consent(): Promise<string> {
      const page = new URL(`${server.url}/authorize`);
      page.searchParams.set('client_id', app.id);
      page.searchParams.set('redirect_uri', callbackUrl);
      page.searchParams.set('state', 's');
      const code = server.allow(page.href).searchParams.get('code')!;
      const came = new URL(`${callbackUrl}?${new URLSearchParams({ code, state: 's' }).toString()}`);
      const answer = await consents.callsOf(app).exchange(came, { state: 's', verifier: undefined });
      if (!('tokens' in answer)) throw new Error(answer.fault.error);
      await grants.keep(connection, { ...answer.tokens, refreshToken: answer.tokens.refreshToken! }, app.key);
      return answer.tokens.accessToken;
    },
    /** Makes the access token of the store older than the vendor could refuse it for. */
    async aged() {
      await opened.store
        .collection('grants')
        .updateOne({ _id: connection as never }, { $inc: { refreshedAt: -3_600_000 } });
    },
  };
}

async function agedGrant() {
  const one = replica();
  await one.consent();
  await one.aged();
  server.expireAccess();
  return { one, two: replica() };
}

/** Lets a person consent after the vendor has decided about the next token call, and before it answers. */
function consentMeanwhile({ consent }: ReturnType<typeof replica>): { token: string | undefined } {
  const consented: { token: string | undefined } = { token: undefined };
  server.mood.beforeAnswer = async () => {
    server.mood.beforeAnswer = undefined;
    consented.token = await consent();
  };
  return consented;
}

const refreshes = () => server.calls.filter((kind) => kind === 'refresh_token').length;
const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the grant of a connection', () => {
  it('is what a person consented to, with the facts that the provider keeps', async () => {
    const one = replica();
    await one.consent();
    const grant = await one.keeper().current();
    expect(server.accepts(grant.accessToken)).toBe(true);
    expect(grant.facts).toEqual({ instance_url: `${server.url}/api`, company: 'company-1' });
    expect(Object.keys(grant)).toEqual(['accessToken', 'facts']);
  });

  it('lies in the store sealed, with nothing to be read of it', async () => {
    const one = replica();
    await one.consent();
    const { accessToken } = await one.keeper().current();
    const document = await opened.store.collection('grants').findOne({ _id: connection as never });
    expect(JSON.stringify(document)).not.toContain(accessToken);
    expect(JSON.stringify(document)).not.toContain(server.app.id);
  });

  it('is refreshed once by two replicas and many askers that meet a refusal together', async () => {
    const { one, two } = await agedGrant();
    server.mood.takes = () => sleep(150);
    const keepers = [one.keeper(), two.keeper()] as const;
    const refused = await keepers[0].current();
    const asked = Array.from({ length: 20 }, (_, n) => keepers[n % 2]!.replacementFor(refused));
    const tokens = new Set((await Promise.all(asked)).map(({ accessToken }) => accessToken));
    expect(tokens.size).toBe(1);
    expect(server.accepts([...tokens][0]!)).toBe(true);
    expect(refreshes()).toBe(1);
  });

  it('is not refreshed by whoever gets the right to it just after somebody else has done it', async () => {
    const { one } = await agedGrant();
    const keeper = one.keeper();
    const refused = await keeper.current();
    const late = replica({ beforeRight: async () => void (await keeper.replacementFor(refused)) }).keeper();
    const given = await late.replacementFor(refused);
    expect(given.accessToken).toBe((await keeper.current()).accessToken);
    expect(refreshes()).toBe(1);
  });

  it('is refreshed again and again with a vendor that gives a new refresh token each time', async () => {
    server.mood.rotates = true;
    const { one, two } = await agedGrant();
    for (const { keeper } of [one, two, one]) {
      const used = keeper();
      const next = await used.replacementFor(await used.current());
      expect(server.accepts(next.accessToken)).toBe(true);
      await one.aged();
      server.expireAccess();
    }
    expect(refreshes()).toBe(3);
  });

  it('keeps a rotated refresh token over the end of the process that had stored it', async () => {
    server.mood.rotates = true;
    const { one } = await agedGrant();
    const keeper = one.keeper();
    await keeper.replacementFor(await keeper.current());
    await one.aged();
    server.expireAccess();
    const reborn = replica().keeper();
    expect(server.accepts((await reborn.replacementFor(await reborn.current())).accessToken)).toBe(true);
  });

  it('is stored by the time that anybody is given a refreshed token', async () => {
    server.mood.rotates = true;
    const { one, two } = await agedGrant();
    const keeper = one.keeper();
    const given = await keeper.replacementFor(await keeper.current());
    expect((await two.keeper().current()).accessToken).toBe(given.accessToken);
  });

  it('leaves of its refresh, in the history of whoever asked, that it was made and nothing that is secret', async () => {
    const { one } = await agedGrant();
    const keeper = one.keeper();
    const refused = await keeper.current();
    const before = (await one.grants.read(connection))!;
    const exchanges: Exchange[] = [];
    const given = await gatherExchanges(() => keeper.replacementFor(refused), exchanges);
    expect(exchanges).toMatchObject([
      { method: 'POST', path: '/token', request: 'grant_type=refresh_token', status: 200 },
    ]);
    for (const secret of [before.refreshToken, given.accessToken, server.app.secret])
      expect(JSON.stringify(exchanges)).not.toContain(secret);
  });

  it('is over when the vendor has ended it, and then nobody asks the vendor again until a person consents', async () => {
    const { one, two } = await agedGrant();
    server.endGrants();
    const keeper = one.keeper();
    const refused = await keeper.current();
    const error = await errorOf(keeper.replacementFor(refused));
    expect(isHubError(error, 'credential') && error.code).toBe('consent-crm.grant.ended');
    expect((error as Error).message).toMatch(/Authorize again/);
    for (const each of [keeper, two.keeper()]) {
      expect(await errorOf(each.current())).toMatchObject({ code: 'consent-crm.grant.ended' });
      expect(await errorOf(each.replacementFor(refused))).toMatchObject({ code: 'consent-crm.grant.ended' });
    }
    expect(refreshes()).toBe(1);
    await two.consent();
    expect(server.accepts((await keeper.current()).accessToken)).toBe(true);
  });

  it('is kept where the vendor refuses in words that end no grant, by what the provider knows', async () => {
    const { one } = await agedGrant();
    const { consent } = consentCrm;
    const ends = ({ description }: { description: string }) => !/from here/.test(description);
    const provider = { ...consentCrm, consent: { ...consent, ends } } as unknown as AnyProvider;
    const keeper = replica({ provider }).keeper();
    const refused = await keeper.current();
    server.mood.broken = {
      status: 400,
      body: '{"error":"invalid_grant","error_description":"no calls from here"}',
    };
    const error = await errorOf(keeper.replacementFor(refused));
    expect(error).toMatchObject({ kind: 'credential', code: 'consent-crm.grant.refused' });
    server.mood.broken = undefined;
    expect(server.accepts((await one.keeper().replacementFor(refused)).accessToken)).toBe(true);
  });

  it('is kept in memory with its rotated token while the store is away, however long, and stored then', async () => {
    server.mood.rotates = true;
    const { one, two } = await agedGrant();
    const keeper = one.keeper();
    const refused = await keeper.current();
    const replace = one.grants.replace.bind(one.grants);
    let away = true;
    let tries = 0;
    one.grants.replace = async (...facts) => {
      tries += 1;
      if (away) throw new Error('the store is away');
      return replace(...facts);
    };
    const refreshing = keeper.replacementFor(refused);
    await eventually(
      () => tries,
      (count) => count > 5,
      10_000,
    );
    away = false;
    const { accessToken } = await refreshing;
    expect([server.accepts(accessToken), refreshes()]).toEqual([true, 1]);
    expect((await two.keeper().current()).accessToken).toBe(accessToken);
  });

  it('that a consent has overtaken is given back with the token that its refresh brought', async () => {
    server.mood.rotates = true;
    const { one, two } = await agedGrant();
    const consented = consentMeanwhile(two);
    const keeper = one.keeper();
    const given = await keeper.replacementFor(await keeper.current());
    expect(given.accessToken).toBe(consented.token);
    expect(server.accepts(given.accessToken)).toBe(true);
    expect(server.calls).toEqual(['authorization_code', 'refresh_token', 'authorization_code', 'revoke']);
  });

  it('is kept where the vendor refuses for another reason, such as a wrong secret', async () => {
    const { one } = await agedGrant();
    server.app.secret = 'another secret';
    const keeper = one.keeper();
    const refused = await keeper.current();
    const error = await errorOf(keeper.replacementFor(refused));
    expect(error).toMatchObject({ kind: 'credential', code: 'consent-crm.grant.refused' });
    expect((error as Error).message).toMatch(/secret/);
    const mended = replica().keeper();
    expect(server.accepts((await mended.replacementFor(refused)).accessToken)).toBe(true);
  });

  it('is waited for where somebody outside the hub refreshes at that moment', async () => {
    const { one } = await agedGrant();
    const keeper = one.keeper();
    const refused = await keeper.current();
    const { refreshToken } = (await one.grants.read(connection))!;
    const [begun, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    server.mood.takes = () => (begun.resolve(), answered.promise);
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: server.app.id,
      client_secret: server.app.secret,
      refresh_token: refreshToken,
    });
    const elsewhere = sender.send({
      method: 'POST',
      url: `${server.url}/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
      writes: false,
      timeoutMs: 5_000,
    });
    await begun.promise;
    expect(await errorOf(keeper.replacementFor(refused))).toMatchObject({
      kind: 'transient',
      code: 'consent-crm.grant.busy',
    });
    answered.resolve();
    await elsewhere;
    expect(server.accepts((await keeper.replacementFor(refused)).accessToken)).toBe(true);
  });

  const brokenAnswers: readonly (readonly [what: string, broken: { status: number; body: string }])[] = [
    ['fails on its side', { status: 503, body: 'down' }],
    ['answers with a page', { status: 400, body: '<html>Maintenance</html>' }],
    ['answers with success and nothing in it', { status: 200, body: '{}' }],
    ['is unavailable for a while', { status: 400, body: '{"error":"temporarily_unavailable"}' }],
    ['says that the fault is its own', { status: 400, body: '{"error":"server_error"}' }],
    ['does not know what happened', { status: 400, body: '{"error":"unknown_error","error_description":"retry"}' }],
    ['wants fewer calls', { status: 429, body: '{"error":"invalid_grant"}' }],
  ];
  it.each(brokenAnswers)('outlasts a vendor that %s', async (_, broken) => {
    const { one } = await agedGrant();
    const keeper = one.keeper();
    const refused = await keeper.current();
    server.mood.broken = broken;
    expect(await errorOf(keeper.replacementFor(refused))).toMatchObject({ kind: 'transient' });
    server.mood.broken = undefined;
    expect(server.accepts((await keeper.replacementFor(refused)).accessToken)).toBe(true);
  });

  it('outlasts a vendor that cannot be reached', async () => {
    const { one } = await agedGrant();
    const keeper = one.keeper();
    const refused = await keeper.current();
    await server.stop();
    expect(await errorOf(keeper.replacementFor(refused))).toMatchObject({
      kind: 'transient',
      code: 'consent-crm.unreachable',
    });
  });

  it('is not refreshed again where the token of a refresh is refused that has only just come', async () => {
    const one = replica();
    await one.consent();
    server.expireAccess();
    const keeper = one.keeper();
    const refreshed = await keeper.replacementFor(await keeper.current());
    server.expireAccess();
    expect(await errorOf(keeper.replacementFor(refreshed))).toMatchObject({
      kind: 'credential',
      code: 'consent-crm.grant.useless',
    });
    expect(refreshes()).toBe(1);
  });

  it('is found ended where a person took it back right after they gave it', async () => {
    const one = replica();
    await one.consent();
    server.endGrants();
    const keeper = one.keeper();
    expect(await errorOf(keeper.replacementFor(await keeper.current()))).toMatchObject({
      code: 'consent-crm.grant.ended',
    });
  });

  it('is that of a consent which ended while an older one was being refreshed', async () => {
    const { one, two } = await agedGrant();
    const consented = consentMeanwhile(two);
    const keeper = one.keeper();
    const given = await keeper.replacementFor(await keeper.current());
    const kept = await two.keeper().current();
    expect([given.accessToken, kept.accessToken]).toEqual([consented.token, consented.token]);
    expect(server.calls).toEqual(['authorization_code', 'refresh_token', 'authorization_code']);
  });

  it('is that of a consent which ended while the vendor was ending the older one', async () => {
    const { one, two } = await agedGrant();
    const keeper = one.keeper();
    const refused = await keeper.current();
    server.endGrants();
    const consented = consentMeanwhile(two);
    expect((await keeper.replacementFor(refused)).accessToken).toBe(consented.token);
    expect((await two.keeper().current()).accessToken).toBe(consented.token);
  });

  it('is none for anybody a few seconds after it was forgotten', async () => {
    let now = Date.now();
    const one = replica({ clock: () => now });
    await one.consent();
    const keeper = one.keeper();
    await keeper.current();
    await one.grants.forget(connection);
    expect(await errorOf(replica().keeper().current())).toMatchObject({ code: 'consent-crm.grant.none' });
    now += 5_000;
    expect(await errorOf(keeper.current())).toMatchObject({ code: 'consent-crm.grant.none' });
  });

  it('does not come back when it is forgotten while it is being refreshed', async () => {
    const { one, two } = await agedGrant();
    server.mood.beforeAnswer = () => two.grants.forget(connection);
    const keeper = one.keeper();
    expect(await errorOf(keeper.replacementFor(await keeper.current()))).toMatchObject({
      code: 'consent-crm.grant.none',
    });
    expect(await one.grants.read(connection)).toBeUndefined();
  });

  it('is sealed anew after a change of the key, and a refresh that was decided before still comes through', async () => {
    const { one } = await agedGrant();
    const known = (await one.grants.read(connection))!;
    const next = replica({ keys: `${keyOf('k2')},${keyOf('k1')}` });
    expect([(await next.grants.reseal()) > 0, await next.grants.reseal()]).toEqual([true, 0]);
    const last = replica({ keys: keyOf('k2') });
    expect((await last.grants.read(connection))?.refreshToken).toBe(known.refreshToken);
    expect(await next.grants.replace(connection, known, { ...known, accessToken: 'refreshed' })).toBe(true);
    expect((await last.grants.read(connection))?.accessToken).toBe('refreshed');
  });
});
