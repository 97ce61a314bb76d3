import { coreSubject, describeProvider, listUserLinks, progressSubject } from '@occ-hub/contracts';
import { publishJson } from '@occ-hub/bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectExample, type ExampleProvider } from '../testing/connect-example.ts';
import { exampleRun } from '../testing/example-provider.ts';
import { eventually } from '../testing/eventually.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { CrmUserRow } from '../user-links/crm-user-list.ts';
import { ConnectionDetail, ConnectionView, SyncStarted } from './connection.ts';

let core: TestCore;
let seeded: SeededOrg;
let provider: ExampleProvider;
let connection: string;
let base: string;

beforeAll(async () => {
  core = await startTestCore();
  seeded = await seedOrg(core, 'con-org');
  ({ provider, connection, base } = await connectExample(core, seeded));
});
afterAll(async () => {
  await provider.stop();
  await core.stop();
});

const admin = (method: string, path: string, body?: unknown) =>
  core.call(method, base + path, { token: seeded.admin, ...(body === undefined ? {} : { body }) });
const put = (body: unknown) => admin('PUT', '/user-links/rep-7', body);
const syncsAsked = () => provider.asked.filter(({ command }) => command === 'sync.now');

describe('setting a connection up', () => {
  it('offers the providers that are running', async () => {
    const reply = await core.call('GET', '/v1/providers', { token: seeded.admin });
    const { items } = reply.as(z.object({ items: z.array(describeProvider.answer) }));
    expect(items).toMatchObject([{ id: 'example-crm', title: 'Example CRM' }]);
  });

  it('refuses a provider that is not running, and a second connection to one', async () => {
    const make = (id: string) =>
      core.call('POST', '/v1/orgs/con-org/connections', { token: seeded.admin, body: { provider: id } });
    expect((await make('nobody-crm')).body).toMatchObject({ code: 'core.provider.unknown', status: 422 });
    expect((await make('example-crm')).status).toBe(409);
  });

  it('hands secrets to the provider and keeps none', async () => {
    const settings = { user: 'OneClick', password: 'planted-secret-4711' };
    const saved = await admin('PUT', '/settings', { settings });
    expect(saved.as(ConnectionView)).toMatchObject({ settings: { user: 'OneClick' }, secrets: ['password'] });
    const asked = provider.asked.find(({ command }) => command === 'settings.save');
    expect(asked?.question).toMatchObject({ settings, org: 'con-org', connection });
    const collections = await core.database.listCollections();
    const everything = await Promise.all(
      collections.map(({ name }) => core.database.collection(name).find().toArray()),
    );
    expect(JSON.stringify(everything)).toContain('OneClick');
    expect(JSON.stringify(everything)).not.toContain('planted-secret');
  });

  it("tells the provider's faults by field", async () => {
    const reply = await admin('PUT', '/settings', { settings: { user: '' } });
    expect(reply.body).toMatchObject({ status: 422, errors: [{ pointer: '/settings/user' }] });
  });

  it('says when the CRM refuses the credentials, and brings users and lists when it takes them', async () => {
    provider.held.refuseCredentials = true;
    const refused = await admin('POST', '/authorize');
    expect(refused.body).toMatchObject({ status: 424, code: 'example-crm.login.refused' });
    provider.held.refuseCredentials = false;
    const taken = await admin('POST', '/authorize');
    const { connection: view, sync } = taken.as(z.object({ connection: ConnectionView, sync: SyncStarted }));
    expect(view).toMatchObject({
      state: 'healthy',
      crm_user_count: 2,
      lookups: { appointment_results: [{ id: 'SALE' }, { id: 'DNS' }] },
    });
    expect(sync).toMatchObject({ started: false, note: expect.stringMatching(/^Link users first/) as string });
  });

  it('asks nobody to link users where no appointments come in from the other side', async () => {
    provider.held.polls = false;
    const { sync } = (await admin('POST', '/authorize')).as(z.object({ sync: SyncStarted }));
    provider.held.polls = true;
    expect(sync).toEqual({
      started: false,
      note: 'No appointments come in from this side: users need no links.',
    });
  });

  it('asks nobody to link users where the other side has none', async () => {
    const users = provider.held.users;
    provider.held.users = [];
    const { sync } = (await admin('POST', '/authorize')).as(z.object({ sync: SyncStarted }));
    expect(sync).toEqual({ started: false, note: 'The other side named no users: there are none to link.' });
    provider.held.users = users;
    await admin('POST', '/authorize');
  });
});

describe('user links', () => {
  it('show who needs one, with a suggestion by name and what was skipped', async () => {
    const reps = [{ crm_user_id: 'rep-8', name: 'Nobody, Norbert', count: 3 }];
    provider.held.runs = [exampleRun({ connection, state: 'done', skipped_reps: reps })];
    const rows = (await admin('GET', '/crm-users')).as(z.object({ items: z.array(CrmUserRow) })).items;
    expect(rows).toMatchObject([
      { crm_id: 'rep-8', skipped: 3, listed: true },
      { crm_id: 'rep-7', skipped: 0, suggestion: { id: 'con-org-user', name: 'Uma User' } },
    ]);
    expect(rows[0]?.suggestion).toBeUndefined();
  });

  it('start a sync when made and when made active again, not when nothing opens', async () => {
    const shape = z.object({ sync: SyncStarted.optional() });
    expect((await put({ member: 'con-org-user' })).as(shape).sync).toMatchObject({ started: true, run: 'run-1' });
    expect((await put({ member: 'con-org-user' })).as(shape).sync).toBeUndefined();
    expect((await admin('DELETE', '/user-links/rep-7')).status).toBe(200);
    expect((await put({ member: 'con-org-user' })).as(shape).sync?.started).toBe(true);
    expect(syncsAsked()).toHaveLength(2);
    expect(syncsAsked()[0]?.question).toMatchObject({ reason: 'link-made', connection });
  });

  it('are answered to the provider while active, and an unknown connection is an error, not an empty list', async () => {
    const ask = (org: string, id: string) =>
      core.ask(coreSubject(listUserLinks), listUserLinks, { org, connection: id });
    expect(await ask('con-org', connection)).toEqual({ crm_user_ids: ['rep-7'] });
    await admin('DELETE', '/user-links/rep-7');
    expect(await ask('con-org', connection)).toEqual({ crm_user_ids: [] });
    await expect(ask('other-org', connection)).rejects.toMatchObject({ code: 'core.connection.unknown' });
    await put({ member: 'con-org-user' });
  });

  it('refuse who is no member of the org', async () => {
    expect((await put({ member: 'somebody-else' })).body).toMatchObject({ code: 'core.user-link.member-unknown' });
  });

  it('show the member on appointments and jobs of that rep', async () => {
    const records = { connection };
    await core.database.collection('appointments').updateMany({ org: 'con-org' }, { $set: records });
    const job = await core.call('GET', seeded.path, { token: seeded.user });
    const uma = { id: 'con-org-user', name: 'Uma User' };
    expect(job.body).toMatchObject({ assigned_member: uma, appointments: [{ assigned_member: uma }] });
    const mine = await core.call('GET', '/v1/orgs/con-org/appointments?member=con-org-user', { token: seeded.user });
    expect(mine.body).toMatchObject({ items: [{ external_id: 'a-1001', assigned_member: uma }] });
    const others = await core.call('GET', '/v1/orgs/con-org/appointments?member=con-org-admin', { token: seeded.user });
    expect(others.body).toEqual({ items: [] });
  });
});

describe('results', () => {
  it("must be on the CRM's list, by id or description, unless the person insists", async () => {
    await core.database.collection('appointments').updateMany({ org: 'con-org' }, { $set: { connection } });
    const give = (body: unknown) =>
      core.call('POST', `/v1/orgs/con-org/appointments/${seeded.appointment}/result`, { token: seeded.user, body });
    expect((await give({ result: 'Unheard of' })).body).toMatchObject({ status: 422, code: 'core.result.unlisted' });
    expect((await give({ result: 'sale' })).body).toMatchObject({ result: 'SALE', crm_status: { status: 'pending' } });
    expect((await give({ result: 'Unheard of', allow_unlisted: true })).body).toMatchObject({ result: 'Unheard of' });
  });
});

describe('a connection at work', () => {
  it('is shown with its health now, and as last known when the provider is gone', async () => {
    const live = (await admin('GET', '')).as(ConnectionDetail);
    expect(live.health).toMatchObject({ live: true, state: 'healthy', parked: 1 });
    await core.database
      .collection<{ _id: string }>('connections')
      .updateOne({ _id: connection }, { $set: { provider: 'gone-crm' } });
    const gone = (await admin('GET', '')).as(ConnectionDetail);
    expect(gone.health).toMatchObject({ live: false, state: 'healthy' });
    expect(gone.health.note).toContain('not running');
    expect((await admin('POST', '/syncs')).body).toMatchObject({
      status: 503,
      code: 'bus.no-responder',
      retryable: true,
    });
    await core.database
      .collection<{ _id: string }>('connections')
      .updateOne({ _id: connection }, { $set: { provider: 'example-crm' } });
  });

  it('pauses and resumes', async () => {
    expect((await admin('POST', '/pause')).body).toEqual({ state: 'paused' });
    expect((await admin('GET', '')).as(ConnectionDetail)).toMatchObject({
      state: 'paused',
      health: { state: 'paused' },
    });
    expect((await admin('POST', '/resume')).body).toEqual({ state: 'healthy' });
  });
});

describe('the progress of a run', () => {
  const open = async (run: string) => {
    const response = await fetch(`${core.url}${base}/syncs/${run}/events`, {
      headers: { authorization: `Bearer ${seeded.admin}` },
    });
    let text = '';
    const whole = (async () => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8');
      return text;
    })();
    return { response, whole, sofar: () => text };
  };
  const publish = (run: ReturnType<typeof exampleRun>) =>
    publishJson(core.nats, core.subjectOf(progressSubject(run.id)), run);

  it('starts a run and streams it until it is done', async () => {
    expect((await admin('POST', '/syncs')).as(z.object({ run: z.string() }))).toEqual({ run: 'run-1' });
    const run = exampleRun({ connection, fetched: 1 });
    provider.held.runs = [run];
    const stream = await open('run-1');
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
    await eventually(
      async () => stream.sofar(),
      (text) => text.includes('"fetched":1'),
    );
    await publish({ ...run, connection: 'another', fetched: 666 });
    await publish({ ...run, fetched: 50 });
    await publish({ ...run, fetched: 80, state: 'done' });
    const text = await stream.whole;
    const counts = [...text.matchAll(/"fetched":(\d+)/g)].map(([, count]) => count);
    expect(counts).toEqual(['1', '50', '80']);
  });

  it('ends at once for a run that is over, and is not found for one that never was', async () => {
    provider.held.runs = [exampleRun({ connection, state: 'failed' })];
    const over = await open('run-1');
    expect(await over.whole).toContain('"state":"failed"');
    expect((await open('run-2')).response.status).toBe(404);
  });

  it('does not hold core up when it stops', async () => {
    provider.held.runs = [exampleRun({ connection })];
    const stream = await open('run-1');
    await eventually(
      async () => stream.sofar(),
      (text) => text.includes('running'),
    );
    const reading = stream.whole.catch(() => 'cut');
    const begun = performance.now();
    await core.stopCore();
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect(await reading).toContain('running');
  });
});
