import { coreSubject, keepCrmLists, keepCrmUsers, type Lookups } from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConnectionView } from '../connections/connection.ts';
import { connectExample, type ExampleProvider } from '../testing/connect-example.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { UserLinkView } from '../user-links/user-link.ts';
import { KeptLookups } from './kept-lookups.ts';

let core: TestCore;
let seeded: SeededOrg;
let provider: ExampleProvider;
let connection: string;
let base: string;

beforeAll(async () => {
  core = await startTestCore();
  seeded = await seedOrg(core, 'kept-org');
  ({ provider, connection, base } = await connectExample(core, seeded));
});
afterAll(async () => {
  await provider.stop();
  await core.stop();
});

const admin = (method: string, path: string, body?: unknown) =>
  core.call(method, base + path, { token: seeded.admin, ...(body === undefined ? {} : { body }) });
const linksNow = async () => {
  const { items } = (await admin('GET', '/user-links')).as(z.object({ items: z.array(UserLinkView) }));
  return Object.fromEntries(items.map((link) => [link.crm_id, link]));
};
const uma = { crm_id: 'rep-7', name: 'User, Uma', email: ' USER@Example.com' };
const ada = { crm_id: 'rep-1', name: 'Admin, Ada', email: 'admin@example.com' };
const nobody = { crm_id: 'rep-8', name: 'Nobody, Norbert' };
const results = (...ids: string[]): Lookups => ({
  appointment_results: ids.map((id, position) => ({ id, description: `The ${id}`, position })),
});
const keep = (users: z.input<typeof keepCrmLists.ask>['users'], lookups: Lookups, id = connection) =>
  core.ask(coreSubject(keepCrmLists), keepCrmLists, { org: 'kept-org', connection: id, users, lookups });

describe("what a run read of the CRM's users and lists", () => {
  it('is kept, links by e-mail whom nobody doubts, and is answered by who is linked', async () => {
    expect(await keep([uma, nobody], results('a', 'b'))).toEqual({ crm_user_ids: ['rep-7'] });
    expect(await linksNow()).toMatchObject({
      'rep-7': { member: { id: 'kept-org-user' }, active: true, changed_by: 'hub' },
    });
    const view = (await admin('GET', '')).as(ConnectionView);
    expect(view).toMatchObject({ crm_user_count: 2, lookups: { appointment_results: [{ id: 'a' }, { id: 'b' }] } });
    expect(view.read_at).toBeDefined();
    expect(provider.asked.filter(({ command }) => command === 'sync.now')).toEqual([]);
  });

  it('never makes a link active again that a person made inactive', async () => {
    await admin('DELETE', '/user-links/rep-7');
    expect(await keep([uma], {})).toEqual({ crm_user_ids: [] });
    expect((await linksNow())['rep-7']).toMatchObject({ active: false, changed_by: 'kept-org-admin' });
    await admin('PUT', '/user-links/rep-7', { member: 'kept-org-user' });
  });

  it('links each user once when many runs and an admin come at the same time', async () => {
    const many = Array.from({ length: 8 }, () => keep([uma, ada], results('a')));
    const refreshed = admin('POST', '/crm-users/refresh');
    const answers = await Promise.all(many);
    await refreshed;
    for (const { crm_user_ids } of answers) expect(crm_user_ids.toSorted()).toEqual(['rep-1', 'rep-7']);
    const stored = await core.database.collection('user_links').find({ connection }).toArray();
    expect(stored.map((link) => [link['crm_id'], link['changed_by']])).toEqual(
      expect.arrayContaining([
        ['rep-1', 'hub'],
        ['rep-7', 'kept-org-admin'],
      ]),
    );
    expect(stored).toHaveLength(2);
  });

  it('leaves out of the lists nothing that was there: it is shown as gone, and as new when it is back', async () => {
    await keep([uma], results('a', 'b'));
    await keep([uma], results('b'));
    const shown = async () => (await admin('GET', '/lookups')).as(z.object({ lookups: KeptLookups })).lookups;
    expect((await shown())['appointment_results']).toMatchObject([{ id: 'b' }, { id: 'a', gone: true, position: 1 }]);
    provider.held.lookups = results('a', 'b');
    const refreshed = (await admin('POST', '/lookups/refresh')).as(z.object({ lookups: KeptLookups })).lookups;
    expect(refreshed).toEqual(await shown());
    expect(refreshed['appointment_results']?.map(({ id, gone }) => [id, gone])).toEqual([
      ['a', undefined],
      ['b', undefined],
    ]);
  });

  it('may come in parts, and is kept, shown and linked as a whole', async () => {
    await core.database.collection('user_links').deleteMany({ connection });
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({ crm_id: `m-${from + n}`, name: `Person ${from + n}` }));
    const part = (reading: string, from: number, users: (typeof nobody)[]) =>
      core.ask(coreSubject(keepCrmUsers), keepCrmUsers, { org: 'kept-org', connection, reading, from, users });
    const counted = async () => (await admin('GET', '')).as(ConnectionView).crm_user_count;
    const before = await counted();
    await part('rdg-1', 0, [uma, ...many(1, 999)]);
    await part('rdg-1', 1_000, many(1_000, 1_000));
    expect(await counted()).toBe(before);
    // The same address twice, in different parts: doubtful, which only the whole list tells.
    const twin = { ...uma, crm_id: 'rep-twin' };
    const last = { org: 'kept-org', connection, reading: 'rdg-1', users: [twin, ada], lookups: results('b') };
    const { crm_user_ids } = await core.ask(coreSubject(keepCrmLists), keepCrmLists, last);
    expect(crm_user_ids).toEqual(['rep-1']);
    expect(await counted()).toBe(2_002);
    expect(await core.database.collection('connections').countDocuments({ coming: { $exists: true } })).toBe(0);
    await expect(core.ask(coreSubject(keepCrmLists), keepCrmLists, last)).rejects.toMatchObject({ kind: 'transient' });
  });

  it('is refused where a part does not follow, or another reading came between', async () => {
    const part = (reading: string, from: number) => {
      const question = { org: 'kept-org', connection, reading, from, users: [nobody] };
      return core.ask(coreSubject(keepCrmUsers), keepCrmUsers, question);
    };
    await part('rdg-2', 0);
    const refused = { kind: 'transient', code: 'core.crm-lists.contended' };
    await expect(part('rdg-2', 2)).rejects.toMatchObject(refused);
    await part('rdg-3', 0);
    await expect(part('rdg-2', 1)).rejects.toMatchObject(refused);
    await part('rdg-3', 1);
    const last = { org: 'kept-org', connection, reading: 'rdg-2', users: [], lookups: {} };
    await expect(core.ask(coreSubject(keepCrmLists), keepCrmLists, last)).rejects.toMatchObject(refused);
    expect(JSON.stringify((await admin('GET', '')).body)).not.toContain('rdg-3');
  });

  it('of a connection that core does not know is an error, and keeps nothing', async () => {
    await expect(keep([uma], {}, 'con-nowhere')).rejects.toMatchObject({ code: 'core.connection.unknown' });
    expect(await core.database.collection('connections').countDocuments()).toBe(1);
  });
});

describe('authorizing and refreshing', () => {
  it('link by e-mail as a run does', async () => {
    await core.database.collection('user_links').deleteMany({ connection });
    provider.held.users = [ada];
    const { sync } = (await admin('POST', '/authorize')).body as { sync: unknown };
    expect(sync).toMatchObject({ started: true });
    provider.held.users = [ada, uma];
    await admin('POST', '/crm-users/refresh');
    expect(Object.keys(await linksNow())).toEqual(['rep-1', 'rep-7']);
  });
});

it('lists that were stored in an earlier shape do not stand in the way', async () => {
  const lookups = { dispositions: [{ id: 'SALE', label: 'Sale' }] };
  await core.database.collection('connections').updateOne({ org: 'kept-org' }, { $set: { lookups } });
  expect((await admin('GET', '')).as(ConnectionView).lookups).toEqual({});
});
