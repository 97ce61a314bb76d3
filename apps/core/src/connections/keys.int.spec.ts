import { createKey, describeProvider } from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectExample, type ExampleProvider } from '../testing/connect-example.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { pageShape } from '../store/page.ts';

let core: TestCore;
let seeded: SeededOrg;
let provider: ExampleProvider;
let path: string;

beforeAll(async () => {
  core = await startTestCore();
  seeded = await seedOrg(core, 'key-org');
  const connected = await connectExample(core, seeded);
  provider = connected.provider;
  path = `${connected.base}/keys`;
});
afterAll(async () => {
  await provider.stop();
  await core.stop();
});

const make = (body: object, token = seeded.admin) => core.call('POST', path, { token, body, key: 'one-and-the-same' });
const list = () => core.call('GET', path, { token: seeded.admin });

describe("the keys of a provider's endpoints", () => {
  it('show what they are for among the providers', async () => {
    const reply = await core.call('GET', '/v1/providers', { token: seeded.user });
    const { items } = reply.as(pageShape(describeProvider.answer));
    expect(items[0]?.endpoints).toEqual([{ path: '/lead', methods: ['POST'], scope: 'leads' }]);
  });

  it('are made with a text that is shown once and that core keeps nowhere, whoever repeats the request', async () => {
    const reply = await make({ name: 'Lead source', scopes: ['leads'] });
    expect([reply.status, reply.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { key, text } = reply.as(createKey.answer);
    expect(key).toMatchObject({ name: 'Lead source', scopes: ['leads'], created_by: 'key-org-admin' });
    expect((await make({ name: 'Lead source', scopes: ['leads'] })).as(createKey.answer).text).not.toBe(text);
    const listed = JSON.stringify((await list()).body);
    expect(listed).toContain(key.id);
    expect(listed).not.toContain(text);
    const kept = (await core.database.listCollections()).map(({ name }) =>
      core.database.collection(name).find().toArray(),
    );
    expect(JSON.stringify(await Promise.all(kept))).not.toContain(text);
  });

  it('are refused with the field where the provider offers no such scope, or where a name is missing', async () => {
    const refused = await make({ name: 'Lead source', scopes: ['everything'] });
    expect(refused.body).toMatchObject({ status: 422, code: 'key.scope-unknown', errors: [{ pointer: '/scopes' }] });
    expect((await make({ scopes: ['leads'] })).status).toBe(422);
  });

  it('are ended by an admin, once; another is not found', async () => {
    const { key } = (await make({ name: 'Old', scopes: ['leads'] })).as(createKey.answer);
    const end = () => core.call('DELETE', `${path}/${key.id}`, { token: seeded.admin });
    expect((await end()).body).toEqual({ revoked: true });
    expect((await end()).body).toMatchObject({ status: 404, code: 'core.key.unknown' });
    expect(JSON.stringify((await list()).body)).not.toContain(key.id);
    expect((await make({ name: 'User', scopes: ['leads'] }, seeded.user)).status).toBe(403);
  });
});
