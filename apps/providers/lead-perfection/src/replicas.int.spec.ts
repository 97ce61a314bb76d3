import { type SyncRun, listRuns, syncNow } from '@occ-hub/contracts';
import { type Started, eventually, deliveriesOf } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LpHub, openLpHub, settings } from './testing/lp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: LpHub;
let replicas: Started[];
let ledger: ReturnType<typeof deliveriesOf>;
beforeAll(async () => {
  hub = await openLpHub(serversOfThisRun(), { env: { KAFKA_PARTITIONS: '6', DELIVERIES_PER_CONNECTION: '4' } });
  ledger = deliveriesOf(hub);
  replicas = await Promise.all([hub.start(), hub.start()]);
});
afterEach(() => {
  hub.control.clearFaults();
  hub.control.forget();
});
afterAll(() => hub.close());

const reps = () => hub.control.lookups().reps.map(({ slrId }) => slrId);
async function ended(connection: string, run: string): Promise<SyncRun> {
  const { runs } = await eventually(
    () => hub.ask(listRuns, { org: hub.org, connection, run }),
    ({ runs: [one] }) => one?.state === 'done' || one?.state === 'failed',
  );
  return runs[0]!;
}
const sync = (connection: string) => hub.ask(syncNow, { org: hub.org, connection, reason: 'person' });

describe('two replicas', () => {
  it('run what is asked right after an authorization, whichever of them answers', async () => {
    const ran: SyncRun[] = [];
    for (let n = 0; n < 8; n += 1) {
      const connection = `${hub.connection}-new-${n}`;
      hub.core.link(connection, reps());
      await hub.connect(settings, connection);
      ran.push(await ended(connection, (await sync(connection)).run));
    }
    expect(ran.map(({ state, error }) => error?.code ?? state)).toEqual(ran.map(() => 'done'));
  });

  it('write to a connection that was authorized a moment ago, whichever of them does it', async () => {
    const startTime = `${hub.control.clock().today}T18:00:00.000Z`;
    const appointment = hub.control.add({ PresNotes: null }).row.ID;
    const events = [];
    for (let n = 0; n < 8; n += 1) {
      const connection = `${hub.connection}-fresh-${n}`;
      await hub.connect(settings, connection);
      const event = hub.eventsOf(connection).note({ appointment, startTime, job: `${appointment}-${n}` }, `note ${n}`);
      await hub.publish([event]);
      events.push(event);
    }
    const told = await ledger.settled(events);
    expect(told.map(({ outcome, code }) => code ?? outcome)).toEqual(events.map(() => 'delivered'));
  });

  it('poll a connection one at a time, and each request is answered by a run', async () => {
    const { connection } = hub;
    hub.core.link(connection, reps());
    await hub.connect(settings);
    hub.control.fault({ kind: 'delay', ms: 120, count: 'forever', action: 'GetSalesApptDetailDateRange' });
    const asked = new Set<string>();
    for (let n = 0; n < 30; n += 1) asked.add((await sync(connection)).run);
    const runs = await Promise.all([...asked].map((run) => ended(connection, run)));
    expect(new Set(runs.map(({ state }) => state))).toEqual(new Set(['done']));
    const calls = hub.control.received({ action: 'GetSalesApptDetailDateRange' });
    expect(calls.length).toBe(runs.length);
    const spans = calls.map(({ at, ms }) => ({ from: Date.parse(at), to: Date.parse(at) + ms }));
    spans.sort((one, other) => one.from - other.from);
    spans.slice(1).forEach(({ from }, index) => expect(from).toBeGreaterThanOrEqual(Math.floor(spans[index]!.to) - 1));
    expect(runs.reduce((sum, { changed }) => sum + changed, 0)).toBe(runs.find(({ changed }) => changed > 0)!.changed);
  });

  it('share a token: one login for both', async () => {
    const connection = `${hub.connection}-token`;
    await hub.connect(settings, connection);
    const startTime = `${hub.control.clock().today}T18:00:00.000Z`;
    const jobs = Array.from({ length: 20 }, () => hub.control.add().row.ID);
    await ledger.settle(jobs.map((appointment) => hub.eventsOf(connection).note({ appointment, startTime }, 'x')));
    expect(hub.control.counts()['token']?.calls).toBe(1);
  });

  it('share the work, keep the order and double nothing', async () => {
    await hub.connect(settings);
    const today = hub.control.clock().today;
    const jobs = Array.from(
      { length: 30 },
      () => hub.control.add({ PresNotes: null, ApptDate: `${today}T14:00:00` }).row.ID,
    );
    const notes = ['a', 'b', 'c'];
    const startTime = `${today}T18:00:00.000Z`;
    const events = [
      ...notes.flatMap((note) => jobs.map((appointment) => hub.events.note({ appointment, startTime }, note))),
      ...jobs.map((appointment) => {
        const document = hub.core.keep({ id: `doc_${appointment}`, bytes: Buffer.from(`%PDF-1.7 ${appointment}`) });
        return hub.events.document({ appointment, startTime }, document);
      }),
    ];
    hub.control.fault({ kind: 'delay', ms: 15, count: 'forever' });
    hub.control.forget();
    const before = replicas.map(settledBy);
    await ledger.settle(events);
    for (const job of jobs) {
      expect(hub.control.appointment(job).row.PresNotes).toBe('a\nb\nc');
      expect(hub.control.documents({ ilsid: job })).toHaveLength(1);
    }
    expect(hub.control.counts()['UpdateSalesApptDetail']?.calls).toBe(notes.length * jobs.length);
    const shares = replicas.map((replica, index) => settledBy(replica) - before[index]!);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(events.length);
    for (const share of shares) expect(share).toBeGreaterThan(events.length / 5);
  });
});

function settledBy({ captured }: Started): number {
  return captured.of('delivery settled').length;
}
