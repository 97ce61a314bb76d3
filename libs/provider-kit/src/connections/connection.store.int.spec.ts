import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@occ-hub/service';
import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Sealed } from '../vault/vault.ts';
import type { Connection, StateAndReason } from './connection.ts';
import { type ConnectionStore, createConnectionStore } from './connection.store.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
let connections: ConnectionStore;
const hour = 3_600_000;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  connections = await createConnectionStore(opened.store, newId);
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
      from: draft,
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

  it('keeps values as they are, whatever they look like, and leaves nothing of the settings before', async () => {
    const read = await made('con-literal');
    const other = { ...facts('con-literal'), settings: { other: { $add: [1, 2] } }, secrets: null };
    expect(await connections.save(other, { from: read, to: { state: 'draft', reason: '$state' } })).toBe(true);
    const kept = await connections.get('con-literal');
    expect(kept).toMatchObject({ version: 2, stateReason: '$state', secrets: null });
    expect(kept?.settings).toEqual({ other: { $add: [1, 2] } });
  });
});

describe('a change of state', () => {
  const change = (id: string, from: Connection['state'], to: StateAndReason) =>
    connections.changeState(id, { from: { state: from, reason: null }, to, probeAt: null });
  const paused = { state: 'paused', reason: 'Paused by a $person.' } as const;

  it('is written together with the fact that it is to be told, in order, each later than the one before', async () => {
    await made('con-told');
    await change('con-told', 'draft', healthy);
    await change('con-told', 'healthy', paused);
    const { untold = [], stateSince } = (await connections.get('con-told'))!;
    expect(untold).toMatchObject([
      { before: 'draft', state: 'healthy', reason: null },
      { before: 'healthy', state: 'paused', reason: 'Paused by a $person.' },
    ]);
    expect(untold[1]!.at).toBeGreaterThan(untold[0]!.at);
    expect([stateSince, new Set(untold.map(({ id }) => id)).size]).toEqual([untold[1]!.at, 2]);
  });

  it('is later than the one before although the clock was put back', async () => {
    await made('con-back');
    const ahead = Date.now() + hour;
    await opened.store
      .collection('connections')
      .updateOne({ _id: 'con-back' as never }, { $set: { stateSince: ahead } });
    await change('con-back', 'draft', healthy);
    expect((await connections.get('con-back'))!.untold?.map(({ at }) => at)).toEqual([ahead + 1]);
  });

  it('by new settings is told as well; a new connection, and another reason for the same state, are not', async () => {
    const read = await made('con-saved');
    expect(read.untold).toBeUndefined();
    await connections.save(facts('con-saved'), { from: read, to: { state: 'draft', reason: 'Authorize.' } });
    const again = (await connections.get('con-saved'))!;
    expect(again.untold).toBeUndefined();
    await connections.save(facts('con-saved'), { from: again, to: healthy });
    expect((await connections.get('con-saved'))!.untold).toMatchObject([{ before: 'draft', state: 'healthy' }]);
  });

  it('that somebody else was faster with is neither made nor told', async () => {
    await made('con-slow');
    const tries = Array.from({ length: 8 }, () => change('con-slow', 'draft', healthy));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    expect((await connections.get('con-slow'))!.untold).toHaveLength(1);
  });

  it('is found until it was told; others that came meanwhile stay', async () => {
    await made('con-tell');
    const isUntold = async () => (await connections.untold()).some(({ _id }) => _id === 'con-tell');
    expect(await isUntold()).toBe(false);
    await change('con-tell', 'draft', healthy);
    await change('con-tell', 'healthy', paused);
    const [first, second] = (await connections.get('con-tell'))!.untold!;
    await connections.markTold('con-tell', [first!.id]);
    expect([await isUntold(), (await connections.get('con-tell'))!.untold]).toEqual([true, [second]]);
    await connections.markTold('con-tell', [first!.id, second!.id]);
    expect([await isUntold(), (await connections.get('con-tell'))!.untold]).toEqual([false, undefined]);
  });
});

describe('what changed', () => {
  it('is found by the clock of the store, whatever the clocks of replicas say', async () => {
    await made('con-seen');
    const { asOf } = await connections.changedSince(undefined);
    await connections.changeState('con-seen', { from: draft, to: healthy, probeAt: null });
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

describe('what the vendor says of calls', () => {
  it("is kept with the store's time, and seen by the other replicas; what it said before does not come over it", async () => {
    await made('con-calls');
    const { asOf } = await connections.changedSince(undefined);
    await connections.keepCalls('con-calls', { used: 900, limit: 15_000, ageMs: 1_000 });
    await connections.keepCalls('con-calls', { used: 20, limit: 15_000, ageMs: 60_000 });
    const [seen] = (await connections.changedSince(asOf)).connections.filter(({ _id }) => _id === 'con-calls');
    expect(seen?.calls).toMatchObject({ used: 900, limit: 15_000 });
    expect(asOf.getTime() - seen!.calls!.at).toBeLessThanOrEqual(1_000);
    await connections.keepCalls('con-calls', { used: 3, limit: 15_000, ageMs: 0 });
    expect((await connections.get('con-calls'))?.calls?.used).toBe(3);
  });
});

describe('the company that the data comes from', () => {
  it('is the first one that was named, until somebody leaves it', async () => {
    await made('con-company');
    expect(await connections.claimCompany('con-company', 'one')).toBe('same');
    expect(await connections.claimCompany('con-company', 'one')).toBe('same');
    expect(await connections.claimCompany('con-company', 'other')).toBe('refused');
    await connections.leaveCompany('con-company');
    expect(await connections.claimCompany('con-company', 'one')).toBe('same');
    expect(await connections.claimCompany('con-company', 'other')).toBe('refused');
    await connections.leaveCompany('con-company');
    expect(await connections.claimCompany('con-company', 'other')).toBe('moved');
    expect((await connections.get('con-company'))?.company).toEqual({ id: 'other', left: false });
  });

  it('is one of two that are named at once', async () => {
    await made('con-two');
    const claims = await Promise.all(['a', 'b', 'c'].map((id) => connections.claimCompany('con-two', id)));
    expect(claims.sort()).toEqual(['refused', 'refused', 'same']);
  });
});

describe('a pause', () => {
  it('keeps what it lies over, and a decision on another one changes nothing', async () => {
    await made('con-paused');
    const paused = { state: 'paused', reason: 'x' } as const;
    const over = (under: StateAndReason) => ({ ...paused, under });
    const change = (from: StateAndReason, to: StateAndReason) =>
      connections.changeState('con-paused', { from, to, probeAt: null });
    expect(await change(draft, over(draft))).toBe(true);
    expect((await connections.get('con-paused'))?.underPause).toEqual(draft);
    expect(await change(over(draft), over(healthy))).toBe(true);
    expect(await change(over(draft), draft)).toBe(false);
    expect(await change(over(healthy), healthy)).toBe(true);
    expect(await connections.get('con-paused')).toMatchObject({ state: 'healthy', underPause: null });
  });
});
