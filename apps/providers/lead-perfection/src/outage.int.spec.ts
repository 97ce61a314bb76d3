import {
  type Appointment,
  AppointmentUpserted,
  type HubEvent,
  type SyncRun,
  listRuns,
  syncNow,
} from '@occ-hub/contracts';
import { type Started, eventually, deliveriesOf } from '@occ-hub/provider-kit/testing';
// A stack of its own: its servers are stopped under the provider.
import { type PieceName, type Stack, type StopHow, startStack } from '@occ-hub/stack';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LpHub, openLpHub, settings } from './testing/lp-hub.ts';

let stack: Stack;
let hub: LpHub;
let provider: Started;
let ledger: ReturnType<typeof deliveriesOf>;
beforeAll(async () => {
  // The run's own servers must not stand in for these.
  for (const key of ['KAFKA_BROKERS', 'NATS_URL', 'MONGO_URL']) vi.stubEnv(key, undefined);
  stack = await startStack({ name: `outage-${process.pid}`, disposable: true });
  hub = await openLpHub(stack, { simulator: { appointments: 80 } });
  ledger = deliveriesOf(hub);
  provider = await hub.start();
  hub.core.link(
    hub.connection,
    hub.control.lookups().reps.map(({ slrId }) => slrId),
  );
  await hub.connect(settings);
});
afterAll(async () => {
  await hub.close();
  await stack.stop();
  vi.unstubAllEnvs();
});

let stopped: PieceName | undefined;
async function away(piece: PieceName, how?: StopHow): Promise<void> {
  stopped = piece;
  await stack.stopPiece(piece, how);
}
async function back(piece: PieceName): Promise<void> {
  await stack.startPiece(piece);
  stopped = undefined;
}
// A test that failed in the middle leaves nothing away for the next one.
afterEach(async () => {
  if (stopped) await back(stopped);
});

let appointment: number;
let kept = 0;
beforeEach(() => {
  const today = hub.control.clock().today;
  appointment = hub.control.add({ PresNotes: null, ApptDate: `${today}T14:00:00` }).row.ID;
  hub.control.clearFaults();
});
const on = () => ({ appointment, startTime: `${hub.control.clock().today}T18:00:00.000Z` });
const note = (text: string) => hub.events.note(on(), text);
const document = (): HubEvent =>
  hub.events.document(on(), hub.core.keep({ id: `doc_${(kept += 1) + 1000}`, bytes: Buffer.from(`%PDF-1.7 ${kept}`) }));
const notesNow = () => hub.control.appointment(appointment).row.PresNotes;

function idOf(data: unknown): string {
  return (data as { appointment: Appointment }).appointment.external_id;
}

interface Ready {
  readonly ready: boolean;
  readonly checks: readonly { name: string; ok: boolean }[];
}
async function notReady(): Promise<string[]> {
  const response = await fetch(`${provider.url}/readyz`);
  const { ready, checks } = (await response.json()) as Ready;
  expect(response.status).toBe(ready ? 200 : 503);
  return checks.filter(({ ok }) => !ok).map(({ name }) => name);
}
const lives = async () => (await fetch(`${provider.url}/livez`)).status === 200;
async function poll(): Promise<SyncRun> {
  const { run } = await hub.ask(syncNow, { org: hub.org, connection: hub.connection, reason: 'person' });
  const { runs } = await eventually(
    () => hub.ask(listRuns, { org: hub.org, connection: hub.connection, run }),
    ({ runs: [one] }) => one?.state === 'done' || one?.state === 'failed',
    25_000,
  );
  return runs[0]!;
}

describe('while MongoDB is away', () => {
  it('it is named, the process lives, and what waits or was in hand goes out once, in order, when it is back', async () => {
    hub.control.fault({ kind: 'delay', ms: 700, count: 2 });
    const [inHand, upload] = [
      note('in hand'),
      hub
        .eventsOf(hub.connection)
        .document({ ...on(), job: 'upload' }, (document().data as { document: never }).document),
    ];
    await hub.publish([inHand, upload]);
    // Both calls have come to the vendor: claimed alone would not yet be in hand.
    await eventually(
      () => hub.control.faults().length,
      (left) => left === 0,
    );
    await away('mongo', 'kill');
    const waiting = [note('waits 1'), note('waits 2')];
    await hub.publish(waiting);
    await eventually(notReady, (names) => names.includes('mongo'));
    await expect(poll()).rejects.toThrow(/store \(MongoDB\) does not answer/);
    // The vendor has both; that they ended cannot be written down, and must not be forgotten.
    await eventually(
      () => provider.captured.of('the end of an attempt cannot be written yet').length,
      (count) => count > 1,
    );
    expect(await lives()).toBe(true);
    await back('mongo');
    const told = await ledger.settled([inHand, upload, ...waiting], 25_000);
    expect(told.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered', 'delivered', 'delivered']);
    const tries = (await ledger.one(upload)).history.map(({ code, outcome }) => code ?? outcome);
    expect(tries).toEqual(['delivered']);
    expect(notesNow()).toBe('in hand\nwaits 1\nwaits 2');
    expect(hub.control.documents({ ilsid: appointment })).toHaveLength(1);
    await eventually(notReady, (names) => names.length === 0);
  });
});

describe('while NATS is away', () => {
  it('it is named, notes go out, documents wait for it', async () => {
    await away('nats');
    await eventually(notReady, (names) => names.includes('nats'));
    const [written, signed] = [note('without questions'), document()];
    await ledger.settle([written]);
    await hub.publish([signed]);
    await sleep(1_000);
    expect(hub.control.documents({ ilsid: appointment })).toHaveLength(0);
    await back('nats');
    expect((await ledger.settled([signed], 25_000))[0]?.outcome).toBe('delivered');
    expect(hub.control.documents({ ilsid: appointment })).toHaveLength(1);
    expect(await lives()).toBe(true);
    await eventually(notReady, (names) => names.length === 0);
  });
});

describe('while Kafka is away', () => {
  it('it is named, what is in the ledger goes out and is told later, and a poll remembers nothing that it could not publish', async () => {
    hub.control.fault({ kind: 'delay', ms: 1_000 });
    const written = note('while nobody listens');
    await hub.publish([written]);
    await eventually(
      () => hub.database.collection('deliveries').countDocuments({ state: 'sending' }),
      (count) => count === 1,
    );
    await away('kafka', 'kill');
    const polling = poll();
    await eventually(notesNow, (notes) => notes === 'while nobody listens');
    await eventually(notReady, (names) => names.includes('kafka'));
    expect(ledger.toldOf(written)).toEqual([]);
    await sleep(2_000);
    await back('kafka');
    expect((await ledger.settled([written], 25_000))[0]?.outcome).toBe('delivered');
    const runs = [await polling, await poll()];
    const linked = hub.control.appointmentsInWindow().reps.filter(({ known }) => known);
    const rows = linked.reduce((sum, { appointments }) => sum + appointments, 0);
    expect(runs.find(({ state }) => state === 'done')).toMatchObject({ changed: rows });
    const dated = rows - hub.control.appointmentsInWindow().withoutDate;
    await eventually(
      () => new Set(hub.heardOf(AppointmentUpserted.type).map(({ data }) => idOf(data))).size,
      (size) => size === dated,
    );
    expect(await lives()).toBe(true);
    await eventually(notReady, (names) => names.length === 0, 15_000);
  });
});
