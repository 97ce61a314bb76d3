import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NoteView } from '../notes/note.ts';
import { OrgView } from '../orgs/org.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { keyId } from './idempotency.ts';

let core: TestCore;
let seeded: SeededOrg;
let now = Date.now();

beforeAll(async () => {
  core = await startTestCore({ clock: () => now });
  seeded = await seedOrg(core, 'key-org');
});
afterAll(() => core.stop());

const write = (note: string, key: string, token = seeded.user) =>
  core.call('POST', `${seeded.path}/notes`, { token, body: { note }, key });

const notes = (note: string) => core.database.collection('notes').countDocuments({ note });
const keys = () => core.database.collection<{ _id: string }>('idempotency_keys');

describe('an Idempotency-Key', () => {
  it('gives the stored reply to the same request, also when many come at once', async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => write('once', 'k-1')));
    const made = replies.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map((reply) => reply.as(NoteView).id)).size).toBe(1);
    expect(replies.filter(({ status }) => status !== 201).every(({ status }) => status === 409)).toBe(true);
    expect((await write('once', 'k-1')).as(NoteView)).toEqual(made[0]?.as(NoteView));
    expect(await notes('once')).toBe(1);
  });

  it('refuses another request under the same key', async () => {
    await write('first text', 'k-2');
    const other = await write('second text', 'k-2');
    expect([other.status, other.body]).toMatchObject([422, { code: 'core.idempotency.other-request' }]);
    expect(await notes('second text')).toBe(0);
  });

  it('belongs to one org and one route', async () => {
    const other = await seedOrg(core, 'key-other');
    await write('mine', 'k-3');
    const theirs = await core.call('POST', `${other.path}/notes`, {
      token: other.user,
      body: { note: 'theirs' },
      key: 'k-3',
    });
    expect(theirs.status).toBe(201);
    const org = { id: 'key-made', name: 'Made', time_zone: 'UTC' };
    const made = await core.call('POST', '/v1/orgs', { token: seeded.operator, body: org, key: 'k-3' });
    expect(made.as(OrgView).id).toBe('key-made');
  });

  it('answers 409 while the first request runs, and makes no second note after a crash in the middle', async () => {
    expect((await write('crashed', 'k-4')).status).toBe(201);
    const id = keyId({ org: 'key-org', route: 'post /v1/orgs/{org}/jobs/{job}/notes', key: 'k-4' });
    // As a crash between the note and the reply leaves it.
    await keys().updateOne({ _id: id }, { $set: { state: 'running' }, $unset: { body: 1, status: 1 } });
    expect((await write('crashed', 'k-4')).status).toBe(409);
    now += 61_000;
    expect((await write('crashed', 'k-4')).status).toBe(201);
    expect(await notes('crashed')).toBe(1);
  });

  it('is free again after a refusal', async () => {
    expect((await write('   ', 'k-5')).status).toBe(422);
    expect((await write('good now', 'k-5')).status).toBe(201);
  });
});
