import { createHash } from 'node:crypto';
import { consentCookie } from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectionChanged } from '../testing/connection-changed.ts';
import { startConsentProvider } from '../testing/consent-provider.ts';
import { startExampleProvider } from '../testing/example-provider.ts';
import { eventually } from '../testing/eventually.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { ConnectionDetail, ConnectionView, ConsentBegun } from './connection.ts';

let core: TestCore;
let seeded: SeededOrg;
let consenting: Awaited<ReturnType<typeof startConsentProvider>>;
let entering: Awaited<ReturnType<typeof startExampleProvider>>;
let base: string;
let connection: string;

beforeAll(async () => {
  core = await startTestCore({}, { PUBLIC_URL: 'https://hub.example.com' });
  seeded = await seedOrg(core, 'acc-org');
  consenting = await startConsentProvider(core);
  entering = await startExampleProvider(core);
  connection = await make('consent-crm');
  base = `/v1/orgs/acc-org/connections/${connection}`;
});
afterAll(async () => {
  await Promise.all([entering.stop(), consenting.stop()]);
  await core.stop();
});

async function make(provider: string): Promise<string> {
  const made = await core.call('POST', '/v1/orgs/acc-org/connections', { token: seeded.admin, body: { provider } });
  return made.as(ConnectionView).id;
}
const admin = (method: string, path: string, body?: unknown) =>
  core.call(method, base + path, { token: seeded.admin, ...(body === undefined ? {} : { body }) });

describe("a person's consent", () => {
  it('is for providers that say so, with the callback to enter at the vendor', async () => {
    const { body } = await core.call('GET', '/v1/providers', { token: seeded.admin });
    expect(body).toMatchObject({
      items: [
        { id: 'consent-crm', authorization: 'consent', callback_url: 'https://hub.example.com/auth/consent-crm' },
        { id: 'example-crm', authorization: 'credentials' },
      ],
    });
  });

  it('is begun with a secret that the browser alone has, another one each time', async () => {
    const replies = [await admin('POST', '/consent'), await admin('POST', '/consent')];
    expect(replies.map((reply) => reply.as(ConsentBegun).url)).toEqual(
      Array.from({ length: 2 }, () => 'https://login.vendor.example.com/authorize?state=s'),
    );
    const cookies = replies.map(({ headers }) => headers.getSetCookie()[0] ?? '');
    for (const cookie of cookies) {
      expect(cookie.split('; ')).toEqual(
        expect.arrayContaining(['Max-Age=600', 'Path=/auth', 'HttpOnly', 'Secure', 'SameSite=Lax']),
      );
    }
    const secrets = cookies.map((cookie) => new RegExp(`^${consentCookie}=([\\w-]{43});`).exec(cookie)?.[1] ?? '');
    expect(new Set(secrets).size).toBe(2);
    expect(consenting.browsers).toEqual(secrets.map((secret) => createHash('sha256').update(secret).digest('hex')));
    for (const [index, reply] of replies.entries()) expect(JSON.stringify(reply.body)).not.toContain(secrets[index]);
  });

  it('is not for a provider whose credentials are entered: the refusal says what to do', async () => {
    const id = await make('example-crm');
    const path = `/v1/orgs/acc-org/connections/${id}/consent`;
    const reply = await core.call('POST', path, { token: seeded.admin });
    expect(reply.body).toMatchObject({ status: 422, code: 'core.connection.no-consent' });
    expect((reply.body as { detail: string }).detail).toContain('Save them, then authorize');
    expect(reply.headers.getSetCookie()).toEqual([]);
  });

  it('is what authorizing asks for where nobody has consented', async () => {
    const reply = await admin('POST', '/authorize');
    expect(reply.body).toMatchObject({ status: 424, code: 'consent-crm.consent.missing' });
  });
});

describe('disconnecting', () => {
  it("forgets that secrets are set, follows the provider's state and says what a person still has to do", async () => {
    expect((await admin('PUT', '/settings', { settings: { name: 'x' } })).as(ConnectionView).secrets).toHaveLength(1);
    const reply = await admin('POST', '/disconnect');
    const { connection: view, note } = reply.as(z.object({ connection: ConnectionView, note: z.string() }));
    expect([view.secrets, view.state, view.settings]).toEqual([[], 'draft', { name: 'x' }]);
    expect(note).toBe('Remove the app at the vendor too.');
    expect(consenting.connected.has(connection)).toBe(false);
  });
});

describe('the state of a connection', () => {
  const source = () => ({ org: 'acc-org', provider: 'consent-crm', connection });
  const stored = async () => {
    const { body } = await core.call('GET', '/v1/orgs/acc-org/connections', { token: seeded.admin });
    return (body as { items: ConnectionView[] }).items.find(({ id }) => id === connection);
  };

  it('follows what the provider tells; what is older than that changes nothing', async () => {
    const needs = 'needs-reauthorization';
    await core.publisher.publish([
      connectionChanged(source(), { before: 'draft', state: 'healthy' }, '2030-01-01T00:01:00.000Z'),
    ]);
    await eventually(stored, (view) => view?.state === 'healthy');
    await core.publisher.publish([
      connectionChanged(source(), { before: 'healthy', state: needs }, '2030-01-01T00:03:00.000Z'),
      connectionChanged(source(), { before: 'healthy', state: 'retrying' }, '2030-01-01T00:02:00.000Z'),
      connectionChanged(
        { ...source(), org: 'other-org' },
        { before: needs, state: 'healthy' },
        '2031-01-01T00:00:00.000Z',
      ),
    ]);
    const followed = await eventually(stored, (view) => view?.state_at === '2030-01-01T00:03:00.000Z');
    expect(followed?.state).toBe(needs);
    // What comes after the late one on the same partition shows that it has been read.
    await core.publisher.publish([
      connectionChanged(source(), { before: needs, state: needs }, '2030-01-01T00:02:30.000Z'),
      connectionChanged(source(), { before: needs, state: 'paused' }, '2030-01-01T00:04:00.000Z'),
    ]);
    expect((await eventually(stored, (view) => view?.state === 'paused'))?.state_at).toBe('2030-01-01T00:04:00.000Z');
  });
});

describe('the health of a connection', () => {
  it('says how many calls the vendor counted, where it counts', async () => {
    const { health } = (await admin('GET', '')).as(ConnectionDetail);
    expect(health.calls).toEqual({ used: 12_000, limit: 15_000, at: '2030-01-01T00:00:00.000Z' });
  });
});
