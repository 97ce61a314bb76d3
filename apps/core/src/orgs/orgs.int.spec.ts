import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageShape } from '../store/page.ts';
import { MemberView } from '../members/member.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { OrgView } from './org.ts';

let core: TestCore;
let operator: string;

beforeAll(async () => {
  core = await startTestCore();
  operator = await core.token({ sub: 'op-1', role: 'operator' });
});
afterAll(() => core.stop());

describe('orgs and members', () => {
  it('makes an org, its members, and pages through them without losing or repeating one', async () => {
    const facts = { id: 'org-pages', name: 'Example Exteriors', time_zone: 'America/New_York' };
    const org = await core.call('POST', '/v1/orgs', { token: operator, body: facts });
    expect(org.status).toBe(201);
    expect(org.as(OrgView)).toMatchObject(facts);
    for (let index = 0; index < 7; index++) {
      const member = { name: `Member ${index}`, email: `m${index}@example.com`, role: 'org-user' };
      const made = await core.call('POST', '/v1/orgs/org-pages/members', { token: operator, body: member });
      expect(made.status).toBe(201);
    }
    const seen: string[] = [];
    for (let path = '?limit=3'; path !== '';) {
      const page = await core.call('GET', `/v1/orgs/org-pages/members${path}`, { token: operator });
      const { items, next_cursor } = page.as(pageShape(MemberView));
      seen.push(...items.map(({ name }) => name));
      path = next_cursor === undefined ? '' : `?limit=3&cursor=${next_cursor}`;
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `Member ${index}`));
  });

  it('refuses a second org with the same id and a second member with the same address', async () => {
    const facts = { id: 'org-twice', name: 'Twice', time_zone: 'America/Chicago' };
    await core.call('POST', '/v1/orgs', { token: operator, body: facts });
    expect((await core.call('POST', '/v1/orgs', { token: operator, body: facts })).status).toBe(409);
    const member = { name: 'One', email: 'One@example.com', role: 'org-admin' };
    const first = await core.call('POST', '/v1/orgs/org-twice/members', { token: operator, body: member });
    expect(first.as(MemberView).email).toBe('one@example.com');
    const second = await core.call('POST', '/v1/orgs/org-twice/members', { token: operator, body: member });
    expect(second.status).toBe(409);
  });

  it('names every fault of a request by its field', async () => {
    const reply = await core.call('POST', '/v1/orgs', { token: operator, body: { name: '', time_zone: 'Mars/Base' } });
    expect(reply.status).toBe(422);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.body).toMatchObject({ errors: [{ pointer: '/name' }, { pointer: '/time_zone' }], retryable: false });
  });

  it('prints its API and serves the reference page from this machine', async () => {
    const spec = await core.call('GET', '/openapi.json');
    expect(spec.body).toMatchObject({ openapi: '3.1.0', paths: { '/v1/orgs/{org}/jobs': { get: {} } } });
    const page = await core.call('GET', '/docs/');
    expect(page.status).toBe(200);
    expect(String(page.body)).toContain('swagger-ui-bundle.js');
    expect(String(page.body)).not.toMatch(/https?:\/\//);
    expect((await core.call('GET', '/docs/swagger-ui-bundle.js')).status).toBe(200);
  });
});
