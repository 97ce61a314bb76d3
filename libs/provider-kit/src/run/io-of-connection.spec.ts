import { describe, expect, it } from 'vitest';
import type { Budget } from '../budget/budget.ts';
import type { UsageNote } from '../budget/usage-notes.ts';
import type { Connection } from '../connections/connection.ts';
import { gatherExchanges } from '../http/exchanges.ts';
import type { VendorCall } from '../http/vendor-io.ts';
import { captureLog } from '../testing/captured-log.ts';
import { createIoOfConnection } from './io-of-connection.ts';

const call: VendorCall = { method: 'GET', url: 'https://crm.example.com/', writes: false, timeoutMs: 1_000 };
const connection = { _id: 'con-1', version: 1 } as Connection;

/** A vendor that answers as told, with ears on the budget and on what the other replicas are told. */
function world(status: number, headers: Record<string, string> = {}) {
  const rested: [string, number][] = [];
  const told: [string, number][] = [];
  const counted: [string, UsageNote][] = [];
  const taken: (AbortSignal | undefined)[] = [];
  const state = { news: true, storeAway: false };
  const budget = {
    take: async (_id: string, signal?: AbortSignal) => void taken.push(signal),
    rest(id: string, ms: number) {
      rested.push([id, ms]);
      return state.news;
    },
  } as unknown as Budget;
  const connections = {
    async rest(id: string, ms: number) {
      if (state.storeAway) throw new Error('the store is away');
      told.push([id, ms]);
    },
    async keepCalls(id: string, note: UsageNote) {
      if (state.storeAway) throw new Error('the store is away');
      counted.push([id, note]);
    },
  };
  const captured = captureLog('test');
  const io = createIoOfConnection({
    stores: { connections },
    budget,
    sender: { send: async () => ({ status, headers, text: '' }) },
    clock: () => 0,
    log: captured.log,
  } as unknown as Parameters<typeof createIoOfConnection>[0])(connection, {});
  return { io, rested, told, counted, taken, state, captured };
}

describe('createIoOfConnection', () => {
  it('lets the connection rest after a 429 as long as asked, and tells the other replicas once', async () => {
    const { io, rested, told, state } = world(429, { 'retry-after': '90' });
    await io.send(call);
    state.news = false;
    await io.send(call);
    expect(rested).toEqual([
      ['con-1', 90_000],
      ['con-1', 90_000],
    ]);
    expect(told).toEqual([['con-1', 90_000]]);
  });

  it.each([
    [{}, 5_000],
    [{ 'retry-after': '86400' }, 30 * 60_000],
  ])('rests a while, and half an hour at most: %j', async (headers, ms) => {
    const { io, rested } = world(429, headers);
    await io.send(call);
    expect(rested).toEqual([['con-1', ms]]);
  });

  it('gives the answer also while the other replicas cannot be told', async () => {
    const { io, state, captured } = world(429);
    state.storeAway = true;
    expect((await io.send(call)).status).toBe(429);
    await Promise.resolve();
    expect(captured.of('the rest of a connection could not be told to other replicas')).toHaveLength(1);
  });

  it('rests after nothing else', async () => {
    const { io, rested } = world(503, { 'retry-after': '90' });
    await io.send(call);
    expect(rested).toEqual([]);
  });

  it('rests for as long as the client says, and tells the other replicas once', () => {
    const { io, rested, told, state } = world(200);
    io.rest(60_000);
    state.news = false;
    io.rest(60_000);
    expect([rested.length, told]).toEqual([2, [['con-1', 60_000]]]);
  });

  it('keeps what the vendor says of its calls, not for each of many answers of one moment', () => {
    const { io, counted } = world(200);
    for (let used = 1; used <= 20; used += 1) io.usage({ used, limit: 15_000 });
    expect(counted).toEqual([['con-1', { used: 1, limit: 15_000, ageMs: 0 }]]);
  });

  it('goes on when what the vendor says of its calls cannot be kept', async () => {
    const { io, state, captured } = world(200);
    state.storeAway = true;
    io.usage({ used: 1, limit: 15_000 });
    await Promise.resolve();
    expect(captured.of('what the vendor counts of its calls could not be kept')).toHaveLength(1);
  });

  it('waits in the budget no longer than the work that calls', async () => {
    const { io, taken } = world(200);
    const { signal } = new AbortController();
    await gatherExchanges(() => io.send(call), [], signal);
    expect(taken).toEqual([signal]);
  });

  it('has no grant where the provider declares no consent', async () => {
    const { io } = world(200);
    const declared = { kind: 'config', code: 'consent.not-declared' };
    await expect(io.grant.current()).rejects.toMatchObject(declared);
    await expect(io.grant.replacementFor({ accessToken: '', facts: {} })).rejects.toMatchObject(declared);
  });
});
