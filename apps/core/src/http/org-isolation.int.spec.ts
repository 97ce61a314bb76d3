import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeTable } from '../routes.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { Role } from './caller.ts';
import type { Route } from './route.ts';

let core: TestCore;
let seeded: SeededOrg;
let other: SeededOrg;
let strangers: Readonly<Record<Role, string>>;

beforeAll(async () => {
  core = await startTestCore();
  seeded = await seedOrg(core, 'iso-org');
  other = await seedOrg(core, 'iso-strange');
  strangers = {
    'org-admin': await core.token({ sub: 'stranger', role: 'org-admin', org: 'iso-strange' }),
    'org-user': await core.token({ sub: 'stranger', role: 'org-user', org: 'iso-strange' }),
    operator: await core.token({ sub: 'op-1', role: 'operator' }),
  };
});
afterAll(() => core.stop());

/** A real path of the seeded org: what is there is named, so that only the check can refuse. */
function realPath(route: Route): string {
  const names: Readonly<Record<string, string>> = {
    org: 'iso-org',
    job: seeded.job,
    appointment: seeded.appointment,
    member: 'iso-org-user',
    connection: 'con-iso-org',
  };
  return route.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => names[name] ?? 'some-id');
}

/** Everything the org holds, and the audit, as text: what changes nothing leaves it as it was. */
async function everything(): Promise<string> {
  const names = [
    ...['orgs', 'members', 'connections', 'user_links', 'alert_settings', 'alerts', 'audit'],
    ...['jobs', 'appointments', 'opportunity_results', 'notes', 'documents', 'leads', 'lead_feedback'],
  ];
  const kept = names.map((name) =>
    core.database
      .collection(name)
      .find({}, { projection: { outbox: 0 } })
      .sort({ _id: 1 })
      .toArray(),
  );
  return JSON.stringify(await Promise.all(kept));
}

const guarded = routeTable().filter(({ access }) => access !== 'open');
const ofAnOrg = guarded.filter(({ path }) => path.includes('{org}'));
const named = (routes: readonly Route[]) => routes.map((route) => [`${route.method} ${route.path}`, route] as const);

it('has routes of an org to check', () => {
  expect(ofAnOrg.length).toBeGreaterThan(30);
});

describe.each(named(ofAnOrg))('%s', (_name, route) => {
  it("is not there for another org's people, and changes nothing", async () => {
    const before = await everything();
    for (const role of Role.options.filter((role) => role !== 'operator' && route.access.includes(role))) {
      const options = { token: strangers[role], ...(route.method === 'get' ? {} : { body: {} }) };
      const reply = await core.call(route.method.toUpperCase(), realPath(route), options);
      expect([403, 404]).toContain(reply.status);
      expect(reply.body).toMatchObject({ code: 'core.org.unknown' });
    }
    expect(await everything()).toBe(before);
  });
});

describe.each(named(guarded))('%s', (_name, route) => {
  const ask = (token?: string) =>
    core.call(route.method.toUpperCase(), realPath(route), {
      ...(token === undefined ? {} : { token }),
      ...(route.method === 'get' ? {} : { body: {} }),
    });

  it('wants a token that is good', async () => {
    expect((await ask()).status).toBe(401);
    const forged = strangers.operator.replace(/\.[^.]+$/, '.AAAA');
    expect((await ask(forged)).status).toBe(401);
  });

  it('refuses other roles', async () => {
    const own = { 'org-admin': seeded.admin, 'org-user': seeded.user, operator: strangers.operator };
    for (const role of Role.options.filter((role) => !route.access.includes(role))) {
      const reply = await ask(own[role]);
      expect([reply.status, reply.body]).toMatchObject([403, { code: 'core.role.refused' }]);
    }
  });
});

describe('an id of another org under the own org', () => {
  it.each([
    ['get', (id: SeededOrg) => `jobs/${id.job}`],
    ['get', (id: SeededOrg) => `jobs/${id.job}/notes`],
    ['post', (id: SeededOrg) => `jobs/${id.job}/notes`],
    ['get', (id: SeededOrg) => `jobs/${id.job}/documents`],
    ['get', (id: SeededOrg) => `appointments/${id.appointment}`],
    ['post', (id: SeededOrg) => `appointments/${id.appointment}/result`],
    ['get', (id: SeededOrg) => `appointments/${id.appointment}/result-options`],
    ['get', (id: SeededOrg) => `members/${id.org}-user`],
  ])('%s is not found', async (method, path) => {
    const body = method === 'get' ? {} : { body: { note: 'x', result: 'Sale' } };
    const own = await core.call(method, `/v1/orgs/iso-org/${path(seeded)}`, { token: seeded.user, ...body });
    expect(own.status).toBeLessThan(300);
    const before = await everything();
    const foreign = await core.call(method, `/v1/orgs/iso-org/${path(other)}`, { token: seeded.user, ...body });
    expect(foreign.status).toBe(404);
    expect(await everything()).toBe(before);
  });
});
