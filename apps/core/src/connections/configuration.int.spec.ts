import { ConfigurationState, ConfigurationVersion } from '@occ-hub/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pageShape } from '../store/page.ts';
import { connectExample, type ExampleProvider } from '../testing/connect-example.ts';
import { provideConfiguration } from '../testing/example-configuration.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';

let core: TestCore;
let seeded: SeededOrg;
let provider: ExampleProvider;
let base: string;
let asked: unknown[];

beforeAll(async () => {
  core = await startTestCore();
  seeded = await seedOrg(core, 'cfg-org');
  const connected = await connectExample(core, seeded);
  provider = connected.provider;
  base = connected.base;
  asked = (await provideConfiguration(core)).asked;
});
afterAll(async () => {
  await provider.stop();
  await core.stop();
});
beforeEach(() => void asked.splice(0));

const call = (method: string, path: string, body?: object) =>
  core.call(method, `${base}/${path}`, { token: seeded.admin, key: 'one-and-the-same', ...(body ? { body } : {}) });
const words = (method: string, more = '', body?: object) => call(method, `configuration/words${more}`, body);
const standing = async () => (await words('GET')).as(ConfigurationState);

describe('the configuration of a connection', () => {
  it('is read as it stands, with what may be chosen where that is asked for', async () => {
    expect(await standing()).toMatchObject({ version: 0, value: { begin: 'Note' }, faults: [] });
    expect((await words('GET', '?offers=true')).body).toMatchObject({ offers: ['Note', 'Memo'] });
    expect(asked).toMatchObject([{ offers: false }, { offers: true }]);
  });

  it('is saved by name of who saves, upon the version that was looked at', async () => {
    const saved = await words('PUT', '', { value: { begin: 'Memo' }, version: 0 });
    expect(saved.body).toMatchObject({ version: 1, value: { begin: 'Memo' }, saved_by: 'cfg-org-admin' });
    const late = await words('PUT', '', { value: { begin: 'Late' }, version: 0 });
    expect(late.body).toMatchObject({ status: 409, code: 'configuration.changed' });
    expect((await words('GET', '?version=1')).body).toMatchObject({ value: { begin: 'Memo' } });
  });

  it('is refused with the pointers of the provider, and without a value or a version', async () => {
    const { version } = await standing();
    const refused = await words('PUT', '', { value: 'nonsense', version });
    expect(refused.body).toMatchObject({ status: 422, code: 'configuration.invalid', errors: [{ pointer: '/begin' }] });
    expect((await words('PUT', '', { value: {} })).body).toMatchObject({ status: 422, code: 'http.input' });
    expect((await words('PUT', '', { version })).body).toMatchObject({ status: 422, code: 'http.input' });
  });

  it('comes back as a version or as the defaults, and every version is listed by pages', async () => {
    const { version } = await standing();
    const restored = await words('POST', '/restore', { to: 'defaults', version });
    expect(restored.body).toMatchObject({ version: version + 1, value: { begin: 'Note' } });
    const again = await words('POST', '/restore', { to: 1, version: version + 1 });
    expect(again.body).toMatchObject({ version: version + 2, value: { begin: 'Memo' } });
    const seen: number[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page = await words('GET', `/versions?limit=2${cursor && `&cursor=${cursor}`}`);
      const { items, next_cursor } = page.as(pageShape(ConfigurationVersion));
      seen.push(...items.map((item) => item.version));
      cursor = next_cursor;
    }
    expect(seen).toEqual(Array.from({ length: version + 2 }, (_, n) => version + 2 - n));
  });

  it('is not found where the provider has no such part or version, or the path is none', async () => {
    const unknown = await call('GET', 'configuration/other');
    expect(unknown.body).toMatchObject({ status: 404, code: 'configuration.unknown' });
    const never = await words('GET', '?version=99');
    expect(never.body).toMatchObject({ status: 404, code: 'configuration.version-unknown' });
    expect((await call('GET', 'configuration/Words!')).status).toBe(422);
  });

  it("is none of another connection, and no org-user's to see or to change", async () => {
    const foreign = await core.call('GET', `/v1/orgs/cfg-org/connections/con-other/configuration/words`, {
      token: seeded.admin,
    });
    expect(foreign.body).toMatchObject({ status: 404, code: 'core.connection.unknown' });
    expect((await core.call('GET', `${base}/configuration/words`, { token: seeded.user })).status).toBe(403);
    expect(asked).toEqual([]);
  });
});

describe('a preview', () => {
  it('shows what the provider would send, and is kept by nobody on the way', async () => {
    const shown = await call('POST', 'preview', { sample: { name: 'Pat' } });
    expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(shown.body).toEqual({ preview: { would_send: { name: 'Pat' } } });
  });
});

describe('a card number', () => {
  // Well known for tests of card forms; they are nobody's.
  const number = '4111111111111111';

  it.each([
    ['in a value', 'PUT', 'configuration/words', { value: { begin: `Card 4111-1111 1111 1111` }, version: 0 }],
    ['as a number', 'PUT', 'configuration/words', { value: [{ of: Number(number) }], version: 0 }],
    ['as a name', 'PUT', 'configuration/words', { value: { [number]: 'x' }, version: 0 }],
    ['beside the value', 'PUT', 'configuration/words', { value: {}, version: 0, note: number }],
    ['in a sample', 'POST', 'preview', { sample: { fields: { Notes: `pays with ${number}` } } }],
  ])('%s is refused before anybody is asked, and is not repeated or kept', async (_where, method, path, body) => {
    const refused = await call(method, path, body);
    expect(refused.body).toMatchObject({ status: 422, code: 'card-number.refused' });
    expect(JSON.stringify(refused.body).replaceAll(/\D/g, '')).not.toContain(number);
    expect(asked).toEqual([]);
    const names = (await core.database.listCollections()).map(({ name }) => name);
    const kept = await Promise.all(names.map((name) => core.database.collection(name).find().toArray()));
    expect(JSON.stringify(kept)).not.toMatch(/4111/);
  });

  it('of nineteen digits is seen in the text, though no number of the language holds it', async () => {
    const sent = await fetch(`${core.url}${base}/preview`, {
      method: 'POST',
      headers: { authorization: `Bearer ${seeded.admin}`, 'content-type': 'application/json' },
      body: '{"sample":6304900177402924416}',
    });
    expect(await sent.json()).toMatchObject({ status: 422, code: 'card-number.refused' });
    expect(asked).toEqual([]);
  });
});
