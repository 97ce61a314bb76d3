import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Pending, type PendingStore, createPendingStore } from './pending.store.ts';

let pendings: PendingStore;
let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  pendings = await createPendingStore(opened.store);
});
afterAll(() => opened.forget());

const aPending = (_id: string, connection = 'con-1'): Pending => ({
  ...{ _id, connection, org: 'org-1', app: 'app', browser: 'ab'.repeat(32), verifier: null },
  expiresAt: new Date(Date.now() + 600_000),
});

describe('pending authorizations', () => {
  it('are given to one of many who ask at once, and to nobody again', async () => {
    await pendings.add(aPending('once'));
    const taken = await Promise.all(Array.from({ length: 16 }, () => pendings.take('once')));
    expect(taken.filter((each) => each !== undefined)).toEqual(
      [aPending('once')].map((each) => expect.objectContaining({ ...each, expiresAt: expect.any(Date) as Date })),
    );
    expect(await pendings.take('once')).toBeUndefined();
  });

  it('of one connection are forgotten together', async () => {
    await pendings.add(aPending('a', 'con-2'));
    await pendings.add(aPending('b', 'con-2'));
    await pendings.add(aPending('c', 'con-3'));
    await pendings.forget('con-2');
    expect([await pendings.take('a'), await pendings.take('b')]).toEqual([undefined, undefined]);
    expect(await pendings.take('c')).toBeDefined();
  });

  it('vanish by themselves after their time', async () => {
    const indexes = await opened.store.collection('authorizations').indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }));
  });
});
