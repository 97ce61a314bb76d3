import { ConnectionChanged, type HubEvent } from '@occ-hub/contracts';
import { newId } from '@occ-hub/service';
import { createLeases } from '@occ-hub/store';
import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import { type ChangeTeller, createChangeTeller } from './change-teller.ts';
import type { Connection } from './connection.ts';
import { type ConnectionStore, createConnectionStore } from './connection.store.ts';
import { createRegistry } from './registry.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
let store: ConnectionStore;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  store = await createConnectionStore(opened.store, newId);
});
afterAll(() => opened.forget());
const tellers: ChangeTeller[] = [];
afterEach(async () => {
  await Promise.all(tellers.splice(0).map((teller) => teller.settled()));
  await opened.store.collection('connections').deleteMany({});
});

/** A Kafka that can be away, and replicas over the one store. */
function world() {
  const kafka = { heard: [] as HubEvent[], away: false, meanwhile: undefined as (() => Promise<void>) | undefined };
  const replica = (name: string, from: ConnectionStore = store) => {
    const captured = captureLog(name);
    const teller = createChangeTeller({
      ...{ store: from, provider: 'some-crm', log: captured.log },
      leases: createLeases(opened.store, { clock: () => Date.now(), owner: name }),
      async publish(events) {
        if (kafka.away) throw new Error('kafka is away');
        kafka.heard.push(...events);
        await kafka.meanwhile?.();
      },
    });
    tellers.push(teller);
    const registry = createRegistry({
      ...{ store: from, clock: () => Date.now(), log: captured.log, onUntold: teller.nudge },
      onWorking: () => undefined,
      onRest: () => undefined,
    });
    return { ...teller, registry, captured };
  };
  const told = () => kafka.heard.map(({ data }) => (data as { state: string }).state);
  return { kafka, replica, told };
}

async function made(id = 'con-1'): Promise<void> {
  const facts = { _id: id, org: 'org-1', settings: {}, secrets: null };
  await store.save(facts, { from: undefined, to: { state: 'draft', reason: null } });
}
const settled = () => Promise.all(tellers.map((teller) => teller.settled()));
const untold = async (id = 'con-1') => ((await store.get(id)) as Connection).untold;

describe('a change of state', () => {
  it('is told at once by the replica that made it: who, from what to what, why and when', async () => {
    const { kafka, replica } = world();
    await made();
    await replica('one').registry.tell('con-1', { what: 'paused' });
    await settled();
    const { stateSince } = (await store.get('con-1'))!;
    expect(kafka.heard).toHaveLength(1);
    expect(kafka.heard[0]?.attributes).toMatchObject({
      ...{ type: ConnectionChanged.type, subject: 'org-1/some-crm/connection/con-1', source: '/providers/some-crm' },
      ...{ orgid: 'org-1', connectionid: 'con-1', time: new Date(stateSince).toISOString() },
    });
    expect(ConnectionChanged.data.parse(kafka.heard[0]?.data)).toEqual({
      ...{ state: 'paused', before: 'draft', reason: 'Paused by a person.' },
    });
    expect(await untold()).toBeUndefined();
  });

  it('is told once, though two replicas see it and both sweep', async () => {
    const { kafka, replica } = world();
    const replicas = [replica('one'), replica('other')] as const;
    for (let n = 0; n < 10; n += 1) await made(`con-${n}`);
    await Promise.all(replicas.map(({ registry }) => registry.refresh()));
    for (let n = 0; n < 10; n += 1) {
      await replicas[n % 2]!.registry.tell(`con-${n}`, { what: 'paused' });
      await Promise.all(replicas.map(({ registry }) => registry.refresh()));
    }
    await Promise.all(replicas.flatMap(({ sweep }) => [sweep(), sweep()]));
    await settled();
    for (const { sweep } of replicas) await sweep();
    expect(kafka.heard.map(({ attributes }) => attributes.connectionid).sort()).toEqual(
      Array.from({ length: 10 }, (_, n) => `con-${n}`),
    );
  });

  it('is told by whoever sweeps next when its replica died before it could tell', async () => {
    const { replica, told } = world();
    await made();
    // As a process that ends right after its write.
    await store.changeState('con-1', {
      from: { state: 'draft', reason: null },
      to: { state: 'healthy', reason: null },
      probeAt: null,
    });
    expect(told()).toEqual([]);
    await replica('other').sweep();
    expect(told()).toEqual(['healthy']);
  });

  it('is told again, under the same id, when its replica died between Kafka and the mark', async () => {
    const { kafka, replica, told } = world();
    await made();
    const dies = { ...store, markTold: () => Promise.reject(new Error('killed')) };
    const dying = replica('one', dies);
    await dying.registry.tell('con-1', { what: 'paused' });
    await settled();
    expect(dying.captured.of('a change of a connection could not be published yet')).toHaveLength(1);
    await replica('other').sweep();
    expect(told()).toEqual(['paused', 'paused']);
    expect(new Set(kafka.heard.map(({ attributes }) => attributes.id)).size).toBe(1);
    expect(await untold()).toBeUndefined();
  });

  it('waits while Kafka is away, and all come in order, whichever replica made them', async () => {
    const { kafka, replica, told } = world();
    const replicas = [replica('one'), replica('other')] as const;
    await made();
    kafka.away = true;
    const news = ['paused', 'resumed', 'paused', 'resumed'] as const;
    for (const [n, what] of news.entries()) await replicas[n % 2]!.registry.tell('con-1', { what });
    await settled();
    expect([told(), (await untold())?.length]).toEqual([[], 4]);
    kafka.away = false;
    await replicas[1].sweep();
    expect(told()).toEqual(['paused', 'draft', 'paused', 'draft']);
    const times = kafka.heard.map(({ attributes }) => Date.parse(attributes.time));
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(new Set(times).size).toBe(4);
  });

  it('that comes while another one is told is told right after it', async () => {
    const { kafka, replica, told } = world();
    const { registry } = replica('one');
    await made();
    kafka.meanwhile = async () => {
      kafka.meanwhile = undefined;
      await registry.tell('con-1', { what: 'resumed' });
    };
    await registry.tell('con-1', { what: 'paused' });
    await settled();
    expect(told()).toEqual(['paused', 'draft']);
    expect(await untold()).toBeUndefined();
  });
});
