import { setTimeout as sleep } from 'node:timers/promises';
import {
  AppointmentRemoved,
  AppointmentUpserted,
  ConnectionChanged,
  JobUpserted,
  type SyncRun,
  authorize,
  connectionHealth,
  listRuns,
  pauseConnection,
  syncNow,
} from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { changingCrm } from '../testing/changing-crm.ts';
import { eventually } from '../testing/eventually.ts';
import { quietClock } from '../testing/quiet-clock.ts';
import { aVisit } from '../testing/some-crm.ts';
import { type TestHub, openTestHub } from '../testing/test-hub.ts';

const { crm, provider } = changingCrm();
let hub: TestHub;
/** Two replicas, and a connection that is authorized. */
beforeAll(async () => {
  const servers = { kafkaBrokers: inject('kafkaBrokers'), natsUrl: inject('natsUrl'), mongoUrl: inject('mongoUrl') };
  // The schedule polls every quarter of an hour, spread over two minutes: the next time is ten minutes away.
  hub = await openTestHub(provider, { servers, clock: quietClock(5), env: { KAFKA_PARTITIONS: '1' } });
  await Promise.all([hub.start(), hub.start()]);
  hub.core.link(hub.connection, ['r1']);
  await hub.connect({ user: 'office' });
});
afterAll(() => hub.close());

const which = () => ({ org: hub.org, connection: hub.connection });
async function run(reason: 'person' | 'link-made'): Promise<SyncRun> {
  const { run: id } = await hub.ask(syncNow, { ...which(), reason });
  const { runs } = await eventually(
    () => hub.ask(listRuns, { ...which(), run: id }),
    ({ runs: [one] }) => one?.state === 'done' || one?.state === 'failed',
  );
  return runs[0]!;
}
/** What was published since the last look, by type. */
let looked = 0;
async function told(): Promise<readonly string[]> {
  await hub.mark();
  const inbound = [JobUpserted.type, AppointmentUpserted.type, AppointmentRemoved.type] as string[];
  const all = hub.heard.filter(
    ({ attributes: { type, connectionid } }) => inbound.includes(type) && connectionid === hub.connection,
  );
  return all.slice(looked, (looked = all.length)).map(({ attributes }) => attributes.type);
}
const upserted = [JobUpserted.type, AppointmentUpserted.type];

describe('a source of changes, on real servers', () => {
  it('hands the lists to core, brings in what there is, and remembers how far it came', async () => {
    crm.users = [{ crm_id: 'r1', name: 'Rep r1', email: 'r1@example.com' }];
    crm.pages = [{ rows: [aVisit(1)] }];
    expect(await run('person')).toMatchObject({ state: 'done', changed: 1 });
    expect(await told()).toEqual(upserted);
    expect(hub.core.lists.get(hub.connection)?.users).toEqual(crm.users);
    expect(crm.asked[0]).toMatchObject({ full: true, reps: ['r1'] });
  });

  it('asks for what changed since then, also by another replica, and knows what it has', async () => {
    crm.pages = [{ rows: [aVisit(1), aVisit(2, { rep: 'other' })] }];
    expect(await run('link-made')).toMatchObject({
      ...{ state: 'done', changed: 0, unchanged: 1, skipped: { 'rep-not-linked': 1 } },
    });
    expect(crm.asked[1]).toMatchObject({ full: false, known: new Set(['1']) });
    const [from, to] = [crm.asked[1]!.from, crm.asked[0]!.to].map((instant) => Date.parse(instant)) as [number, number];
    expect(to - from).toBe(10 * 60_000 + 5_000);
    expect(await told()).toEqual([]);
  });

  it('tells that a record was deleted, once, and that it was restored', async () => {
    crm.pages = [{ rows: [], gone: ['1', '77'] }];
    expect(await run('link-made')).toMatchObject({ state: 'done', removed: 1 });
    expect((await run('link-made')).removed).toBe(0);
    expect(await told()).toEqual([AppointmentRemoved.type]);
    crm.pages = [{ rows: [aVisit(1)] }];
    await run('link-made');
    expect(await told()).toEqual(upserted);
  });

  it('shows how many calls the vendor has counted', async () => {
    const { calls } = await eventually(
      () => hub.ask(connectionHealth, which()),
      (health) => health.calls !== undefined,
    );
    expect(calls).toMatchObject({ limit: 15_000 });
    expect(calls!.used).toBeGreaterThan(0);
  });
});

describe('the states of a connection, on real servers', () => {
  const changes = () =>
    hub
      .heardOf(ConnectionChanged.type)
      .map(({ data }) => data as { before: string; state: string; reason: string })
      .map(({ before, state, reason }) => `${before} → ${state}: ${reason}`);
  const soFar = (count: number) => eventually(changes, (list) => list.length >= count);

  it('are told once each and in order, whichever replica saw them', async () => {
    expect(await soFar(1)).toEqual(['draft → healthy: ']);
    await hub.ask(pauseConnection, { ...which(), paused: true });
    await hub.ask(pauseConnection, { ...which(), paused: false });
    crm.refuses = true;
    await expect(hub.ask(authorize, which())).rejects.toMatchObject({ kind: 'credential' });
    expect(await soFar(4)).toEqual([
      'draft → healthy: ',
      'healthy → paused: Paused by a person.',
      'paused → healthy: ',
      'healthy → needs-reauthorization: Changing CRM refused the user. Authorize again.',
    ]);
    // Both replicas have swept by then.
    await sleep(3_500);
    expect(changes()).toHaveLength(4);
  });
});
