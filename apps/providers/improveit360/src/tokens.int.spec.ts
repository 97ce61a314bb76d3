import { ConnectionChanged, type HubEvent, WriteSettled, connectionHealth } from '@occ-hub/contracts';
import { type Started, eventually, deliveriesOf } from '@occ-hub/provider-kit/testing';
import { DEFAULT_APP } from '@occ-hub/simulator-salesforce';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { objects } from './records.ts';
import { type I360Hub, openI360Hub } from './testing/i360-hub.ts';
import { opportunityResulted } from './testing/opportunity-events.ts';
import { ageGrants, passingTime } from './testing/passing-time.ts';
import { serversOfThisRun } from './testing/servers.ts';

const status = 'i360core__Status__c';
const time = passingTime();
let hub: I360Hub;
let ledger: ReturnType<typeof deliveriesOf>;
let replicas: Started[];
/** Everything here holds for two replicas. */
beforeAll(async () => {
  hub = await openI360Hub(serversOfThisRun(), {
    simulator: { appointments: 12, approvals: 1_000 },
    env: { DELIVERIES_PER_CONNECTION: '6' },
    now: time.now,
  });
  ledger = deliveriesOf(hub);
  const first = await hub.start();
  replicas = [first, await hub.start({ PUBLIC_URL: first.url })];
});
afterAll(() => hub.close());

/** A connection of its own for each test, whose token is old enough to run out. */
let connection: string;
let connections = 0;
beforeEach(async () => {
  connection = `${hub.connection}-${(connections += 1)}`;
  await hub.consent(connection, hub.reps());
  await ageGrants(hub);
  hub.control.forget();
});
afterEach(() => {
  hub.control.clearFaults();
  hub.control.changeApp(DEFAULT_APP.key, { secret: DEFAULT_APP.secret });
});

const startTime = () => hub.control.clock();
const newAppointment = () => hub.control.create(objects.appointment, { [status]: 'Confirmed' }).Id;
const resulted = (appointment: string, what = 'Ran'): HubEvent =>
  hub.eventsOf(connection).result({ appointment, startTime: startTime() }, what);
let kept = 0;
const signed = (appointment: string): HubEvent => {
  const document = hub.core.keep({ id: `doc_${(kept += 1)}`, bytes: Buffer.from(`%PDF-1.7 ${kept}`) });
  return hub.eventsOf(connection).document({ appointment, startTime: startTime() }, document);
};
const statusOf = (appointment: string) => hub.control.record(objects.appointment, appointment)[status];
const health = () => hub.ask(connectionHealth, { org: hub.org, connection });
const tokenCalls = () => hub.control.counts().token?.calls ?? 0;
/** The approval of this test's connection: the last one given. */
const approval = () => hub.control.approvals().at(-1)!;
const told = (state: string) =>
  hub
    .heardOf(ConnectionChanged.type)
    .filter(
      ({ attributes, data }) => attributes.connectionid === connection && (data as { state: string }).state === state,
    )
    .map(({ data }) => data as { state: string; reason: string });
const untilItNeedsSomebody = async () => {
  await eventually(health, ({ state }) => state === 'needs-reauthorization');
  await eventually(
    () => told('needs-reauthorization').length,
    (count) => count > 0,
  );
};
/** Lets time pass until the connection is probed once more, and waits for the probe. */
const probeOnce = async () => {
  const find = () => hub.database.collection('connections').findOne({ _id: connection as never });
  const before = (await find())!['probeAt'] as number;
  await time.pass(hub, before - time.now() + 1);
  await eventually(find, (found) => found!['probeAt'] !== before, 15_000);
};

describe('an access token that ran out', () => {
  it('is replaced once for all calls at once, over both replicas, and the refresh token that came with it is kept', async () => {
    for (const round of [1, 2, 3]) {
      const appointments = Array.from({ length: 24 }, newAppointment);
      await ageGrants(hub);
      hub.control.expireAccessTokens();
      hub.control.fault({ kind: 'delay', ms: 200, count: 'forever' });
      const before = replicas.map(settledBy);
      await Promise.all([ledger.settle(appointments.map((each) => resulted(each))), hub.sync(connection)]);
      expect(new Set(appointments.map(statusOf))).toEqual(new Set(['Ran']));
      for (const [index, replica] of replicas.entries()) expect(settledBy(replica)).toBeGreaterThan(before[index]!);
      expect(approval()).toMatchObject({ refreshes: round, ended: null });
      expect(tokenCalls()).toBe(round);
      hub.control.clearFaults();
    }
    expect((await health()).state).toBe('healthy');
    expect(told('needs-reauthorization')).toEqual([]);
  });

  it.each([
    { what: 'token request is already being processed', kind: 'status' as const },
    { what: 'login rate exceeded', kind: 'login-rate' as const },
  ])('is replaced a little later where Salesforce says "$what": nobody has to consent', async ({ what, kind }) => {
    const body = { error: 'invalid_grant', error_description: what };
    hub.control.fault({ kind, calls: 'token', status: 400, body });
    hub.control.expireAccessTokens();
    const appointment = newAppointment();
    const [settled] = await ledger.settle([resulted(appointment)]);
    expect(settled).toMatchObject({ outcome: 'delivered', attempts: 2 });
    expect(approval()).toMatchObject({ refreshes: 1, ended: null });
    expect(told('needs-reauthorization')).toEqual([]);
  });

  it('is replaced a little later where Salesforce has maintenance', async () => {
    hub.control.fault({ kind: 'maintenance', calls: 'token' });
    hub.control.expireAccessTokens();
    const [settled] = await ledger.settle([resulted(newAppointment())]);
    expect(settled).toMatchObject({ outcome: 'delivered', attempts: 2 });
    expect(approval()).toMatchObject({ refreshes: 1, ended: null });
  });
});

function settledBy({ captured }: Started): number {
  return captured.of('delivery settled').length;
}

describe('a grant that has ended', () => {
  it.each(['the answer of a refresh was lost', 'it was revoked'])(
    'because %s: is told once, nobody asks for a token while it waits, and everything goes out in order after a new consent',
    async (why) => {
      if (why === 'it was revoked') hub.control.revokeApprovals();
      else hub.control.fault({ kind: 'lose', calls: 'token' });
      hub.control.expireAccessTokens();
      const appointment = newAppointment();
      const opportunity = hub.control.create(objects.opportunity, {}).Id;
      const said = { connection, appointment, opportunity, startTime: startTime(), confirmed: true };
      const work = [
        resulted(appointment, 'On Hold'),
        opportunityResulted(hub.org, { ...said, result: 'Sold' }),
        signed(appointment),
        resulted(appointment, 'Ran'),
      ];
      const others = Array.from({ length: 6 }, newAppointment);
      await hub.publish([...work, ...others.map((each) => resulted(each))]);
      await untilItNeedsSomebody();
      await eventually(health, ({ waiting }) => waiting === work.length + others.length);
      expect((await health()).reason).toMatch(/Salesforce has ended the access.*Authorize again/);
      expect(approval().ended).not.toBeNull();
      const calls = tokenCalls();
      expect(calls).toBeLessThanOrEqual(2);

      await probeOnce();
      expect((await hub.sync(connection)).error?.code).toBe('connection.needs-reauthorization');
      expect(tokenCalls()).toBe(calls);
      expect([told('needs-reauthorization').length, (await health()).waiting]).toEqual([1, 10]);
      expect(hub.control.writes({ id: appointment })).toEqual([]);

      await hub.consent(connection, hub.reps());
      const settled = await ledger.settled(work);
      expect(settled.map(({ outcome }) => outcome)).toEqual(work.map(() => 'delivered'));
      const ids = work.map(({ attributes }) => attributes.id);
      const inOrder = hub.heardOf(WriteSettled.type).map(({ data }) => (data as { event_id: string }).event_id);
      expect(inOrder.filter((each) => ids.includes(each))).toEqual(ids);
      expect(hub.control.writes({ id: appointment }).map(({ fields }) => fields[status])).toEqual(['On Hold', 'Ran']);
      expect(hub.control.files({ linkedTo: appointment })).toHaveLength(1);
      expect(hub.control.writes({ id: opportunity })).toHaveLength(1);
      await eventually(
        () => others.map(statusOf),
        (all) => all.every((each) => each === 'Ran'),
      );
      expect(told('healthy').length).toBeGreaterThan(0);
    },
  );

  it("because the app's secret was changed at Salesforce: is told with what to enter where", async () => {
    hub.control.changeApp(DEFAULT_APP.key, { secret: 'ANOTHER-SECRET' });
    const appointment = newAppointment();
    const event = resulted(appointment);
    await hub.publish([event]);
    await untilItNeedsSomebody();
    const words = /does not accept the consumer secret. Copy it again from Manage Consumer Details and save/;
    expect((await health()).reason).toMatch(words);
    expect(told('needs-reauthorization').map(({ reason }) => words.test(reason))).toEqual([true]);
    expect(tokenCalls()).toBe(1);
    await hub.consent(connection, hub.reps(), { consumer_secret: 'ANOTHER-SECRET' });
    expect((await ledger.settled([event]))[0]?.outcome).toBe('delivered');
    expect(statusOf(appointment)).toBe('Ran');
  });
});

describe('a session that Salesforce refuses', () => {
  it('for ever although it gives out new ones: tokens are not asked for without end, and a person is', async () => {
    hub.control.fault({ kind: 'session', count: 'forever' });
    const appointments = Array.from({ length: 16 }, newAppointment);
    const events = appointments.map((each) => resulted(each));
    await hub.publish(events);
    await untilItNeedsSomebody();
    await eventually(health, ({ waiting }) => waiting === events.length);
    expect((await health()).reason).toMatch(/refuses even a token that it has just given out/);
    expect(tokenCalls()).toBe(1);
    await probeOnce();
    await eventually(tokenCalls, (calls) => calls === 2);
    expect((await health()).state).toBe('needs-reauthorization');
    expect(told('needs-reauthorization')).toHaveLength(1);

    hub.control.clearFaults();
    await probeOnce();
    expect(new Set((await ledger.settled(events)).map(({ outcome }) => outcome))).toEqual(new Set(['delivered']));
    expect((await health()).state).toBe('healthy');
  });

  it('because it may not use the API: no other token is asked for, and the words say what to allow', async () => {
    hub.control.fault({ kind: 'session-for-rest', count: 'forever' });
    await hub.publish([resulted(newAppointment())]);
    await untilItNeedsSomebody();
    expect((await health()).reason).toMatch(
      /does not let this session use its REST API.*allow the app "OCC" API access/,
    );
    await probeOnce();
    expect(tokenCalls()).toBe(0);
  });
});

describe('a company that moved to another server', () => {
  it.each([401, 404] as const)(
    'as a refresh tells: reads, writes and uploads of both replicas follow, the old one answering %s',
    async (answer) => {
      const before = hub.control.instances().current;
      // Both replicas know the old address by now.
      await ledger.settle(Array.from({ length: 12 }, newAppointment).map((each) => resulted(each)));
      hub.control.moveInstance({ at: 'refresh', answer });
      hub.control.expireAccessTokens();
      hub.control.fault({ kind: 'delay', ms: 60, count: 'forever' });
      const appointments = Array.from({ length: 24 }, newAppointment);
      const events = appointments.flatMap((each) => [resulted(each), signed(each)]);
      const [settled, run] = await Promise.all([ledger.settle(events, 25_000), hub.sync(connection)]);
      expect(hub.control.instances().current).not.toBe(before);
      expect(settled.map(({ outcome, code }) => code ?? outcome)).toEqual(events.map(() => 'delivered'));
      expect(run.state).toBe('done');
      expect(appointments.map((each) => hub.control.files({ linkedTo: each }).length)).toEqual(
        appointments.map(() => 1),
      );
      expect(tokenCalls()).toBe(1);
    },
  );

  it('while the token still counts: is found by asking for another one, and a record that is gone is not taken for that', async () => {
    hub.control.moveInstance({ answer: 404 });
    const appointment = newAppointment();
    expect(await ledger.settle([resulted(appointment), signed(appointment)])).toMatchObject([
      { outcome: 'delivered' },
      { outcome: 'delivered' },
    ]);
    expect(tokenCalls()).toBe(1);
    await ageGrants(hub);
    hub.control.hardDelete(objects.appointment, appointment);
    expect((await ledger.settle([resulted(appointment, 'Not Ran')]))[0]?.code).toBe('improveit360.not-found');
    expect(tokenCalls()).toBe(1);
  });
});
