import { type HubEvent, type SyncRun, connectionHealth, listRuns } from '@occ-hub/contracts';
import { eventually, deliveriesOf } from '@occ-hub/provider-kit/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { objects } from './records.ts';
import { type I360Hub, openI360Hub } from './testing/i360-hub.ts';
import { passingTime } from './testing/passing-time.ts';
import { serversOfThisRun } from './testing/servers.ts';

const status = 'i360core__Status__c';
const minute = 60_000;
let time: ReturnType<typeof passingTime>;
let hub: I360Hub;
let ledger: ReturnType<typeof deliveriesOf>;
/** A hub of its own for each test: what was heard of a company's limits outlasts the test. */
beforeEach(async () => {
  time = passingTime();
  hub = await openI360Hub(serversOfThisRun(), { simulator: { appointments: 12 }, now: time.now });
  ledger = deliveriesOf(hub);
});
afterEach(() => hub.close());

const start = async () => {
  await hub.start();
  await hub.consent(hub.connection, hub.reps());
  hub.control.forget();
};
const newAppointment = () => hub.control.create(objects.appointment, { [status]: 'Confirmed' }).Id;
const resulted = (appointment = newAppointment(), what = 'Ran'): HubEvent =>
  hub.events.result({ appointment, startTime: hub.control.clock() }, what);
const health = () => hub.ask(connectionHealth, { org: hub.org, connection: hub.connection });
const tokenCalls = () => hub.control.counts().token?.calls ?? 0;
const runs = async (): Promise<readonly SyncRun[]> =>
  (await hub.ask(listRuns, { org: hub.org, connection: hub.connection })).runs;
/** Makes the schedule due now, and gives the run that comes of it when it has ended. */
const nextScheduled = async (): Promise<SyncRun> => {
  const known = new Set((await runs()).map(({ id }) => id));
  const due = { $set: { 'polls.appointments': time.now() }, $currentDate: { changedAt: true as const } };
  await hub.database.collection('connections').updateOne({ _id: hub.connection as never }, due);
  const ofSchedule = await eventually(
    async () => (await runs()).find(({ id, reason }) => reason === 'schedule' && !known.has(id)),
    (run) => run?.state === 'done' || run?.state === 'failed',
  );
  return ofSchedule!;
};

describe("what Salesforce says of a company's calls", () => {
  it('is shown to people', async () => {
    hub.control.setLimits({ max: 5_000, used: 1_234 });
    await start();
    const { calls } = await eventually(health, ({ calls: heard }) => heard !== undefined);
    expect(calls?.limit).toBe(5_000);
    expect(calls?.used).toBeGreaterThanOrEqual(1_234);
    expect(calls!.used - 1_234).toBeLessThan(50);
  });
});

describe('a company that has used 95 % of its calls', () => {
  it('is not synced by the schedule, while writes and what people ask for go', async () => {
    hub.control.setLimits({ max: 10_000, used: 9_600 });
    await start();
    await eventually(health, ({ calls }) => calls !== undefined);
    const skipped = await nextScheduled();
    expect(skipped).toMatchObject({ state: 'failed', error: { code: 'budget.nearly-used' } });
    expect(skipped.error?.message).toMatch(/of the 10000 calls.*leaves the rest to write-backs/);
    expect(hub.control.counts()).toEqual({});

    const appointment = newAppointment();
    expect((await ledger.settle([resulted(appointment)]))[0]?.outcome).toBe('delivered');
    expect(hub.control.record(objects.appointment, appointment)[status]).toBe('Ran');
    expect((await hub.sync(hub.connection, 'person')).state).toBe('done');
    expect((await health()).state).toBe('healthy');
  });

  it('is asked again after an hour of silence, and synced by the schedule when the count has fallen', async () => {
    hub.control.setLimits({ max: 10_000, used: 9_600 });
    await start();
    await eventually(health, ({ calls }) => calls !== undefined);
    expect((await nextScheduled()).error?.code).toBe('budget.nearly-used');
    hub.control.setLimits({ used: 5_000 });
    await time.pass(hub, 80 * minute);
    expect((await nextScheduled()).state).toBe('done');
    // It is kept at most twice a minute.
    await eventually(health, ({ calls }) => (calls?.used ?? 10_000) < 9_000, 35_000);
    expect((await nextScheduled()).state).toBe('done');
  }, 70_000);
});

describe('a company that has used up its calls of 24 hours', () => {
  it('is left alone without a refresh; writes wait uncounted and go out by themselves, in order', async () => {
    await start();
    hub.control.setLimits({ max: 10_000, used: 10_000 });
    const appointment = newAppointment();
    const events = [resulted(appointment, 'On Hold'), resulted(appointment, 'Ran'), resulted()];
    await hub.publish(events);
    await eventually(health, ({ state, waiting }) => state === 'retrying' && waiting === events.length);
    const first = await ledger.until(events[0]!, ({ history }) => history.length > 0);
    expect(first).toMatchObject({ state: 'waiting', attempts: 0, code: 'improveit360.limit.daily' });
    expect((await health()).reason).toMatch(/used up its Salesforce API calls of 24 hours.*goes on by itself/);
    const asked = hub.control.calls().length;
    expect(tokenCalls()).toBe(0);

    // Nobody even asks while it rests, and asking again after it is refused as before and counted no more.
    await time.pass(hub, 5 * minute);
    expect((await hub.sync(hub.connection, 'person')).error?.code).toBe('budget.resting');
    expect(hub.control.calls()).toHaveLength(asked);
    await time.pass(hub, 11 * minute);
    await ledger.until(events[0]!, ({ history }) => history.length > 1);
    expect(await ledger.one(events[0]!)).toMatchObject({ state: 'waiting', attempts: 0 });

    hub.control.setLimits({ used: 4_000 });
    // A call that was being refused while the clock was moved makes the connection rest once more from then on.
    const isOver = () =>
      ledger.settled(events, 5_000).then(
        () => true,
        () => false,
      );
    for (let rests = 0; rests < 4; rests += 1) {
      await time.pass(hub, 16 * minute);
      if (await isOver()) break;
    }
    const told = await ledger.settled(events, 5_000);
    expect(told.map(({ outcome }) => outcome)).toEqual(events.map(() => 'delivered'));
    for (const event of events) {
      const { attempts, history } = await ledger.one(event);
      // A clock that jumps costs the process its hold for a moment; those attempts count.
      const outOfTouch = history.filter(({ code }) => code === 'ledger.out-of-touch').length;
      expect(attempts).toBe(1 + outOfTouch);
    }
    expect(hub.control.writes({ id: appointment }).map(({ fields }) => fields[status])).toEqual(['On Hold', 'Ran']);
    expect(tokenCalls()).toBe(0);
    await eventually(health, ({ state }) => state === 'healthy');
  }, 60_000);
});

describe('a company that is asked too much at once', () => {
  it.each(['concurrent', 'long-running'] as const)('is asked again after seconds, uncounted (%s)', async (kind) => {
    await start();
    hub.control.fault({ kind, calls: 'update' });
    const events = Array.from({ length: 6 }, () => resulted());
    const from = performance.now();
    const told = await ledger.settle(events, 20_000);
    const took = performance.now() - from;
    expect(told.map(({ outcome, attempts }) => `${outcome} ${attempts}`)).toEqual(events.map(() => 'delivered 1'));
    expect(took).toBeGreaterThan(4_000);
    expect(took).toBeLessThan(15_000);
    expect(tokenCalls()).toBe(0);
    expect(hub.control.calls({ kind: 'update' }).filter(({ status: answered }) => answered === 204)).toHaveLength(6);
  });
});
