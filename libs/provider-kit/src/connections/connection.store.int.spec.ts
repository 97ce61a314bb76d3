import { setTimeout as sleep } from 'node:timers/promises';
import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Sealed } from '../vault/vault.ts';
import { type ConnectionStore, createConnectionStore } from './connection.store.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
let connections: ConnectionStore;
const hour = 3_600_000;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  connections = await createConnectionStore(opened.store, () => Date.now());
});
afterAll(() => opened.forget());

const secrets = { ciphertext: 'c', tag: 't1' } as Sealed;
const facts = (id: string) => ({ _id: id, org: 'org-1', settings: { user: '$user', 'dotted.name': 1 }, secrets });
const draft = { state: 'draft', reason: null } as const;
const healthy = { state: 'healthy', reason: null } as const;
const made = async (id: string) => {
  expect(await connections.save(facts(id), { from: undefined, to: draft })).toBe(true);
  return (await connections.get(id))!;
};

describe('saving', () => {
  it('makes a connection, as it was given', async () => {
    expect(await made('con-new')).toMatchObject({ ...facts('con-new'), version: 1, state: 'draft', polls: {} });
  });

  it('makes it once, for one of many', async () => {
    const tries = Array.from({ length: 8 }, () => connections.save(facts('con-race'), { from: undefined, to: draft }));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    expect((await connections.get('con-race'))?.version).toBe(1);
  });

  it('changes nothing when the state, or the settings, changed since they were read', async () => {
    const read = await made('con-guarded');
    await connections.changeState('con-guarded', {
      from: 'draft',
      to: { state: 'paused', reason: 'x' },
      probeAt: null,
    });
    expect(await connections.save(facts('con-guarded'), { from: read, to: healthy })).toBe(false);
    const paused = (await connections.get('con-guarded'))!;
    expect([paused.state, paused.version]).toEqual(['paused', 1]);
    const again = { from: paused, to: { state: 'paused', reason: 'x' } } as const;
    expect(await connections.save(facts('con-guarded'), again)).toBe(true);
    expect(await connections.save(facts('con-guarded'), again)).toBe(false);
  });

  it('dates a state anew only when it is another', async () => {
    const read = await made('con-dated');
    await sleep(5);
    await connections.save(facts('con-dated'), { from: read, to: draft });
    const same = (await connections.get('con-dated'))!;
    expect(same.stateSince).toBe(read.stateSince);
    await connections.save(facts('con-dated'), { from: same, to: healthy });
    expect((await connections.get('con-dated'))!.stateSince).toBeGreaterThan(read.stateSince);
  });
});

describe('what changed', () => {
  it('is found by replicas whose clocks are off by an hour', async () => {
    const ahead = await createConnectionStore(opened.store, () => Date.now() + hour);
    await made('con-seen');
    const { asOf } = await connections.changedSince(undefined);
    await ahead.changeState('con-seen', { from: 'draft', to: healthy, probeAt: null });
    const seen = await connections.changedSince(asOf);
    expect(seen.connections.map(({ _id, state }) => [_id, state])).toEqual([['con-seen', 'healthy']]);
    expect(Math.abs(seen.asOf.getTime() - Date.now())).toBeLessThan(5_000);
  });

  it('is everything at first', async () => {
    await opened.store.collection('connections').insertOne({ _id: 'con-old' as never, changedAt: 1_000 });
    const { connections: all } = await connections.changedSince(undefined);
    expect(all.map(({ _id }) => _id)).toEqual(expect.arrayContaining(['con-old', 'con-seen']));
  });
});

describe('a rest', () => {
  it("is kept until the store's clock says that it is over; a shorter one does not cut a longer one", async () => {
    await made('con-tired');
    await connections.rest('con-tired', 60_000);
    await connections.rest('con-tired', 1_000);
    const { connections: all, asOf } = await connections.changedSince(new Date(Date.now() - hour));
    const left = all.find(({ _id }) => _id === 'con-tired')!.restUntil! - asOf.getTime();
    expect(left).toBeGreaterThan(55_000);
    expect(left).toBeLessThanOrEqual(60_000);
  });
});
