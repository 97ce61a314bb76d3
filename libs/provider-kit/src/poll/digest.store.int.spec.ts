import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type DigestStore, createDigestStore } from './digest.store.ts';

let digests: DigestStore;
let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  digests = await createDigestStore(opened.store);
});
afterAll(() => opened.forget());

const now = Date.now();
const day = 86_400_000;
const endsOf = async (connection: string) =>
  (await opened.store.collection('digests').find({ connection }).sort({ slice: 1 }).toArray()).map(({ expiresAt }) =>
    (expiresAt as Date).getTime(),
  );
const owner = (connection: string, fence: number) => ({ connection, source: 'visits', fence, keptUntil: now + day });
const slice = (name: string, ...ids: string[]) => ({
  slice: name,
  entries: ids.map((id) => [id, `hash-${id}`, `job-${id}`] as const),
});

describe('createDigestStore', () => {
  it('gives back what was saved, with the slice each record lies in', async () => {
    await digests.save(owner('con-1', 1), [slice('mon', '1', '2'), slice('tue', '3')]);
    await digests.save(owner('con-2', 1), [slice('mon', '9')]);
    expect(Object.fromEntries(await digests.load('con-1', 'visits'))).toEqual({
      '1': { hash: 'hash-1', slice: 'mon', job: 'job-1' },
      '2': { hash: 'hash-2', slice: 'mon', job: 'job-2' },
      '3': { hash: 'hash-3', slice: 'tue', job: 'job-3' },
    });
    expect((await digests.load('con-1', 'others')).size).toBe(0);
  });

  it('replaces a slice as a whole and leaves the others alone', async () => {
    await digests.save(owner('con-3', 1), [slice('mon', '1', '2'), slice('tue', '3')]);
    await digests.save(owner('con-3', 1), [slice('mon', '2')]);
    expect([...(await digests.load('con-3', 'visits')).keys()].sort()).toEqual(['2', '3']);
  });

  it('leaves a slice as a later holder of the lease wrote it, and says nothing', async () => {
    await digests.save(owner('con-4', 5), [slice('mon', 'new')]);
    await digests.save(owner('con-4', 4), [slice('mon', 'old'), slice('tue', 'fine')]);
    expect([...(await digests.load('con-4', 'visits')).keys()].sort()).toEqual(['fine', 'new']);
  });

  it('gives back that a record was told without an appointment, with and without a key', async () => {
    const entries = [
      ['1', 'a', 'j', null, true] as const,
      ['2', 'b', 'j', 'k', true] as const,
      ['3', 'c', 'j', 'k'] as const,
    ];
    await digests.save(owner('con-7', 1), [{ slice: 'mon', entries }]);
    expect(Object.fromEntries(await digests.load('con-7', 'visits'))).toEqual({
      '1': { hash: 'a', slice: 'mon', job: 'j', bare: true },
      '2': { hash: 'b', slice: 'mon', job: 'j', key: 'k', bare: true },
      '3': { hash: 'c', slice: 'mon', job: 'j', key: 'k' },
    });
  });

  it('keeps each slice as long as it was told, and all of a source longer where it is told so', async () => {
    await digests.save(owner('con-8', 1), [slice('mon', '1')]);
    await digests.save({ ...owner('con-8', 1), source: 'others' }, [slice('mon', '1')]);
    await digests.save({ ...owner('con-8', 1), keptUntil: now + 2 * day }, [slice('tue', '2')]);
    expect(await endsOf('con-8')).toEqual([now + day, now + day, now + 2 * day]);
    await digests.keep('con-8', 'visits', now + 400 * day);
    expect((await endsOf('con-8')).sort()).toEqual([now + day, now + 400 * day, now + 400 * day]);
  });

  it('forgets a connection, and no other', async () => {
    await digests.save(owner('con-5', 1), [slice('mon', '1')]);
    await digests.save(owner('con-6', 1), [slice('mon', '1')]);
    await digests.forget('con-5');
    expect((await digests.load('con-5', 'visits')).size).toBe(0);
    expect((await digests.load('con-6', 'visits')).size).toBe(1);
  });
});
