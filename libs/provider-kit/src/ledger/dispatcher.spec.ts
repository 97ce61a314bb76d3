import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { NoteAdded } from '@occ-hub/contracts';
import { HubError, type RetryPolicy, writePolicy } from '@occ-hub/errors';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clients } from '../connections/clients.ts';
import type { Connection, ConnectionNews } from '../connections/connection.ts';
import type { Registry } from '../connections/registry.ts';
import type { Vault } from '../vault/vault.ts';
import type { AnyProvider } from '../provider.ts';
import { aDelivery } from '../testing/a-delivery.ts';
import { captureLog } from '../testing/captured-log.ts';
import { eventually } from '../testing/eventually.ts';
import { memoryLedger } from '../testing/memory-ledger.ts';
import { memoryVersions } from '../testing/memory-versions.ts';
import type { Delivery } from './delivery.ts';
import { type Dispatcher, startDispatcher } from './dispatcher.ts';

let running: Dispatcher | undefined;
afterEach(async () => {
  await running?.stop(1_000);
  running = undefined;
});

/** A ledger in memory, a vendor that answers when the test lets it, and a dispatcher between them. */
function world(limits = { inAll: 8, perConnection: 4 }) {
  const ledger = memoryLedger();
  const states = new Map<string, Connection['state']>([
    ['con-1', 'healthy'],
    ['con-2', 'healthy'],
  ]);
  const news: ConnectionNews['what'][] = [];
  const madeElsewhere: string[] = [];
  const told: Delivery[] = [];
  const vendor = {
    writes: [] as string[],
    inHand: 0,
    most: 0,
    answer: async (_id: string): Promise<void> => undefined,
  };
  const policies: RetryPolicy[] = [];
  const provider = {
    retries: () => policies[0],
    sinks: [
      {
        event: NoteAdded,
        async write({ data }: { data: { note_id: string } }) {
          const id = data.note_id.replace('note-', '');
          vendor.writes.push(id);
          vendor.inHand += 1;
          vendor.most = Math.max(vendor.most, vendor.inHand);
          try {
            await vendor.answer(id);
          } finally {
            vendor.inHand -= 1;
          }
          return { note: id };
        },
      },
    ],
  } as unknown as AnyProvider;
  const registry = {
    all: () => [...states].map(([_id, state]) => ({ _id, state })),
    get: (id: string) => (states.has(id) ? { _id: id } : undefined),
    async refresh() {
      for (const id of madeElsewhere) states.set(id, 'healthy');
    },
    async tell(id: string, { what }: ConnectionNews) {
      if (what === 'refused') states.set(id, 'needs-reauthorization');
      news.push(what);
    },
  } as unknown as Registry;
  const resting: string[] = [];
  const start = () =>
    (running = startDispatcher({
      ...{ provider, registry, store: ledger.store, owner: 'me', policy: writePolicy, limits, inDoubtWaitMs: 60_000 },
      clients: { open: async () => ({ client: {}, settings: {} }) } as unknown as Clients,
      bytesOf: async () => Buffer.alloc(0),
      vault: {} as Vault,
      versions: memoryVersions(),
      leases: { take: () => Promise.reject(new Error('nothing is done alone in this test')) },
      clock: Date.now,
      hold: () => ({ signal: new AbortController().signal, stillOurs: () => undefined }),
      teller: {
        tell: (delivery) => void told.push(delivery),
        sweep: async () => undefined,
        settled: async () => undefined,
      },
      random: () => 0,
      log: captureLog('test').log,
      resting: () => resting,
      asked: () => undefined,
      settled: () => undefined,
    }));
  const add = (...deliveries: Delivery[]) => ledger.add(deliveries);
  return { ledger, states, news, told, vendor, resting, policies, madeElsewhere, start, add };
}
const inLane = (lane: string, ...ids: string[]) => ids.map((id) => aDelivery({ _id: id, lane, order: id }));

describe('startDispatcher', () => {
  it('delivers a lane one by one and in order, and many lanes at once', async () => {
    const { add, vendor, start, ledger } = world();
    vendor.answer = () => sleep(5);
    await add(...inLane('a', 'a1', 'a2', 'a3'), ...inLane('b', 'b1', 'b2', 'b3'));
    start();
    await eventually(
      () => ledger.states(),
      (states) => states.every((state) => state === 'delivered'),
    );
    expect(vendor.writes.filter((id) => id.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(vendor.writes.filter((id) => id.startsWith('b'))).toEqual(['b1', 'b2', 'b3']);
    expect(vendor.most).toBe(2);
  });

  it('keeps to its limits, in all and for one connection', async () => {
    const { add, vendor, start, ledger } = world({ inAll: 5, perConnection: 3 });
    vendor.answer = () => sleep(5);
    const of = (connection: string) =>
      Array.from({ length: 10 }, (_, n) =>
        aDelivery({ _id: `${connection}-${n}`, connection, lane: `${connection}-${n}` }),
      );
    await add(...of('con-1'));
    start();
    await eventually(
      () => ledger.states(),
      (states) => states.every((state) => state === 'delivered'),
    );
    expect(vendor.most).toBe(3);
    await add(...of('con-2'), ...of('con-1').map((each) => ({ ...each, _id: `x${each._id}` })));
    await eventually(
      () => ledger.states(),
      (states) => states.every((state) => state === 'delivered'),
    );
    expect(vendor.most).toBe(5);
  });

  it('leaves held, paused and resting connections alone and goes on with the others', async () => {
    const { add, vendor, start, states, resting, ledger } = world();
    for (const state of ['paused', 'needs-reauthorization', 'draft'] as const) states.set(state, state);
    states.set('con-3', 'healthy');
    resting.push('con-3');
    const connections = ['paused', 'needs-reauthorization', 'draft', 'con-3', 'con-1'];
    await add(...connections.map((connection) => aDelivery({ _id: `to-${connection}`, connection, lane: connection })));
    start();
    await eventually(
      () => ledger.get('to-con-1')?.state,
      (state) => state === 'delivered',
    );
    expect(vendor.writes).toEqual(['to-con-1']);
    resting.length = 0;
    states.set('paused', 'healthy');
    await eventually(
      () => vendor.writes.length,
      (count) => count === 3,
    );
  });

  it('lets what is in hand end when it stops, writes the end down, and starts nothing more', async () => {
    const { add, vendor, start, ledger, told } = world();
    let letGo = (): void => undefined;
    vendor.answer = () => new Promise((resolve) => (letGo = resolve));
    await add(...inLane('a', 'a1', 'a2'));
    const dispatcher = start();
    await eventually(
      () => vendor.inHand,
      (count) => count === 1,
    );
    const stopped = dispatcher.stop(2_000);
    setTimeout(() => letGo(), 50);
    await stopped;
    expect(ledger.get('a1')).toMatchObject({ state: 'delivered', owner: null, vendorIds: { note: 'a1' } });
    expect(told.map(({ _id }) => _id)).toEqual(['a1']);
    expect(ledger.get('a2')?.state).toBe('waiting');
    expect(vendor.writes).toEqual(['a1']);
  });

  it('hands back what does not end in time', async () => {
    const { add, vendor, start, ledger } = world();
    vendor.answer = () => new Promise(() => undefined);
    await add(...inLane('a', 'a1'));
    const dispatcher = start();
    await eventually(
      () => vendor.inHand,
      (count) => count === 1,
    );
    await dispatcher.stop(50);
    expect(ledger.get('a1')).toMatchObject({ state: 'waiting', owner: null });
    expect(ledger.get('a1')!.nextAttemptAt - Date.now()).toBeGreaterThan(59_000);
    running = undefined;
  });

  it('keeps an end in hand while the store is away, and does not send again', async () => {
    const { add, vendor, start, ledger } = world();
    await add(...inLane('a', 'a1'));
    ledger.failMarks(1);
    start();
    await eventually(
      () => ledger.get('a1')?.state,
      (state) => state === 'delivered',
    );
    expect(vendor.writes).toEqual(['a1']);
  });

  it('goes on when the ledger could not be read for a while', async () => {
    const { add, start, ledger } = world();
    ledger.failReads(1);
    await add(...inLane('a', 'a1'));
    start();
    await eventually(
      () => ledger.get('a1')?.state,
      (state) => state === 'delivered',
    );
  });

  it('tells the connection what its vendor did: worked, trouble, refused; a refused record is no news', async () => {
    const { add, vendor, start, news, ledger } = world();
    const endings = { rejected: undefined, transient: 'trouble', fine: 'worked', credential: 'refused' } as const;
    vendor.answer = async (id) => {
      if (id !== 'fine') throw new HubError({ kind: id as 'transient', code: 'x', message: 'm' });
    };
    start();
    for (const [id, what] of Object.entries(endings)) {
      news.length = 0;
      await add(...inLane(id, id));
      running?.wake();
      await eventually(
        () => ledger.get(id)?.history.length,
        (tries) => tries === 1,
      );
      await setImmediate();
      expect(news).toEqual(what === undefined ? [] : [what]);
    }
  });

  it('parks a write to a connection that nobody knows here', async () => {
    const { add, start, ledger, told } = world();
    await add(aDelivery({ _id: 'lost', connection: 'con-9' }));
    start();
    await eventually(
      () => ledger.get('lost')?.state,
      (state) => state === 'parked',
    );
    expect(ledger.get('lost')?.code).toBe('ledger.connection-unknown');
    expect(told[0]?.untold).toBe('rejected');
  });

  it('tries on for as long as the vendor does not even look at it, and counts the attempt that it does', async () => {
    const { add, vendor, start, ledger } = world();
    let limits = 30;
    vendor.answer = async () => {
      limits -= 1;
      const limit = { kind: 'transient', code: 'x.limit', message: 'Later.', retryAfterMs: 0, untried: true } as const;
      if (limits > 0) throw new HubError(limit);
    };
    await add(aDelivery({ _id: 'patient' }));
    start();
    await eventually(
      () => ledger.get('patient')?.state,
      (state) => state === 'delivered',
    );
    expect([vendor.writes.length, ledger.get('patient')?.attempts]).toEqual([30, 1]);
  });

  it('writes to a connection that another replica made a moment ago', async () => {
    const { add, start, ledger, madeElsewhere } = world();
    madeElsewhere.push('con-9');
    await add(aDelivery({ _id: 'fresh', connection: 'con-9' }));
    start();
    await eventually(
      () => ledger.get('fresh')?.state,
      (state) => state === 'delivered',
    );
  });

  const untried = { attempt: 1, at: 1, ms: 1, outcome: 'retried', exchanges: [] };
  it.each([
    ['replayed', { replays: [{ at: 1, by: 'op', sendAgain: false }] }],
    ['put off without counting', { history: [untried] }],
  ])('drops a late write, %s, that a newer one of the same thing would be undone by', async (_why, late) => {
    const { add, vendor, start, ledger } = world();
    const [older, newer] = inLane('a', 'a1', 'a2').map((each) => ({ ...each, replaces: 'result/7' }));
    await add({ ...older!, ...late }, { ...newer!, state: 'delivered' });
    start();
    await eventually(
      () => ledger.get('a1')?.state,
      (state) => state === 'superseded',
    );
    expect(vendor.writes).toEqual([]);
  });

  it('tries as often as the connection wants where it says so, and as the hub does where it does not', async () => {
    const { add, vendor, start, policies, told, ledger } = world();
    vendor.answer = async () => {
      throw new HubError({ kind: 'transient', code: 'x.away', message: 'away' });
    };
    policies.push({ attempts: 2, firstDelayMs: 1, longestDelayMs: 1 });
    await add(...inLane('a', 'a1'));
    start();
    await eventually(
      () => told.length,
      (count) => count === 1,
    );
    expect([vendor.writes, ledger.get('a1')?.state]).toEqual([['a1', 'a1'], 'parked']);
    policies.pop();
    await add(...inLane('b', 'b1'));
    await eventually(
      () => ledger.get('b1')?.history.length ?? 0,
      (attempts) => attempts > 0,
    );
    expect(ledger.get('b1')?.state).toBe('waiting');
  });
});
