import type { HubEvent } from '@occ-hub/contracts';
import { eventually, type Child, startChild, deliveriesOf } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LpHub, openLpHub, settings } from './testing/lp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

const main = new URL('main.ts', import.meta.url);

let hub: LpHub;
let ledger: ReturnType<typeof deliveriesOf>;
const children: Child[] = [];
beforeAll(async () => {
  hub = await openLpHub(serversOfThisRun(), { env: { DELIVERIES_PER_CONNECTION: '32' } });
  ledger = deliveriesOf(hub);
});
afterEach(() => hub.control.clearFaults());
afterAll(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await hub.close();
});
async function start(): Promise<Child> {
  const child = await startChild(main, hub.env);
  children.push(child);
  return child;
}

/** Forty jobs, each with two notes, a document and two more notes: two hundred writes. */
const notes = ['note 1', 'note 2', 'note 3', 'note 4'];
let jobs: number[];
let events: HubEvent[];
let kept = 0;
beforeEach(() => {
  const today = hub.control.clock().today;
  hub.control.forget();
  jobs = Array.from({ length: 40 }, () => hub.control.add({ PresNotes: null, ApptDate: `${today}T14:00:00` }).row.ID);
  const startTime = `${today}T18:00:00.000Z`;
  const document = () => hub.core.keep({ id: `doc_${(kept += 1) + 100_000}`, bytes: Buffer.from(`%PDF-1.7 ${kept}`) });
  const steps = [
    ...notes.slice(0, 2).map((note) => (on: { appointment: number; startTime: string }) => hub.events.note(on, note)),
    (on: { appointment: number; startTime: string }) => hub.events.document(on, document()),
    ...notes.slice(2).map((note) => (on: { appointment: number; startTime: string }) => hub.events.note(on, note)),
  ];
  events = steps.flatMap((step) => jobs.map((appointment) => step({ appointment, startTime })));
  // Slow enough to be met in the middle.
  hub.control.fault({ kind: 'delay', ms: 30, count: 'forever' });
});
const applied = () => {
  const { UpdateSalesApptDetail: updates, AddSalesmanImages: files } = hub.control.counts();
  return (updates?.applied ?? 0) + (files?.applied ?? 0);
};
async function expectAllOnce(): Promise<void> {
  const told = await ledger.settled(events, 28_000);
  expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(['delivered']));
  for (const job of jobs) {
    expect(hub.control.appointment(job).row.PresNotes).toBe(notes.join('\n'));
    expect(hub.control.documents({ ilsid: job })).toHaveLength(1);
  }
}

const diedInHand = 'a process died with deliveries in hand';

describe('a process', () => {
  it('killed in the middle of two hundred writes loses none, doubles no document and keeps the order', async () => {
    const first = await start();
    await hub.connect(settings);
    await hub.publish(events);
    // In the middle of the documents: an upload is what must not be repeated.
    await eventually(
      () => hub.control.counts()['AddSalesmanImages']?.applied ?? 0,
      (count) => count >= 10,
    );
    await first.kill();
    expect(applied()).toBeLessThan(events.length);
    const next = await start();
    await expectAllOnce();
    expect(next.lines.join('\n')).toContain(diedInHand);
  });

  it('told to end finishes what it has in hand, and another one goes on at once', async () => {
    const [before] = children.slice(-1);
    await hub.publish(events);
    await eventually(
      () => hub.control.counts()['AddSalesmanImages']?.applied ?? 0,
      (count) => count >= 10,
    );
    expect(await before!.terminate()).toBe(0);
    const sofar = applied();
    expect(await hub.database.collection('deliveries').countDocuments({ state: 'sending' })).toBe(0);
    const delivered = { state: 'delivered', _id: { $in: events.map(({ attributes }) => attributes.id) as never[] } };
    expect(await hub.database.collection('deliveries').countDocuments(delivered)).toBe(sofar);
    const next = await start();
    await expectAllOnce();
    expect(next.lines.join('\n')).not.toContain(diedInHand);
    expect(applied()).toBe(events.length);
  });
});
