import type { Appointment, HubEvent, Job, SyncRun } from '@occ-hub/contracts';
import { AppointmentRemoved, AppointmentUpserted, JobUpserted } from '@occ-hub/contracts';
import { DEFAULT_APP } from '@occ-hub/simulator-salesforce';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { objects } from './records.ts';
import { type I360Hub, openI360Hub } from './testing/i360-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

const minute = 60_000;
const day = 86_400_000;
const { appointment: sales, opportunity, staff } = objects;
const junction = 'i360core__Sales_Appointment_Opportunity__c';
const [rep, start, end] = [
  'i360core__Sales_Rep_1__c',
  'i360core__Appointment_Date_Time__c',
  'i360core__Appointment_End_Date_Time__c',
];

/** The hub's clock and Salesforce's go together, and can be put forward. */
let ahead = 0;
let hub: I360Hub;
let connection: string;
let connections = 0;
/** The first two are linked, the third is not. */
let reps: readonly string[];

beforeAll(async () => {
  hub = await openI360Hub(serversOfThisRun(), { now: () => Date.now() + ahead, env: { KAFKA_PARTITIONS: '1' } });
  await hub.start();
  // The clock is put forward, the store's is not: a token must not seem to run out right after it was given.
  hub.control.changeApp(DEFAULT_APP.key, { idleMs: 365 * day });
  reps = hub.control.records(staff).map(({ Id }) => Id);
});
afterAll(() => hub.close());
beforeEach(() => {
  connection = `${hub.connection}-${(connections += 1)}`;
});
afterEach(() => {
  hub.control.clearFaults();
  hub.control.configure({ pageSize: 2000, childPageSize: 2000 });
});

const linked = () => reps.slice(0, 2);
const consented = (ids: readonly string[] = linked()) => hub.consent(connection, ids);
const rows = () => hub.control.records(sales);
const isLinked = (row: { [rep: string]: unknown }) => linked().includes(String(row[rep]));
/** An ordinary appointment of the first linked rep. */
function someOf(whose = reps[0]!): string {
  const inWindow = (row: { SystemModstamp?: unknown }) =>
    Date.parse(String(row.SystemModstamp)) > hub.clock() - 28 * day;
  return rows().find((row) => row[rep] === whose && row[start] && row['i360core__Contact_Name__c'] && inWindow(row))!
    .Id;
}
function change(id: string, fields: Record<string, string | null>): void {
  hub.control.update(sales, id, { fields });
}

let heardUpTo = 0;
/** What was published since it was last asked, in words. */
async function told(): Promise<string[]> {
  return (await heard()).map(({ attributes: { type }, data }) => {
    if (type === JobUpserted.type) return `job ${(data as { job: Job }).job.external_id}`;
    if (type === AppointmentRemoved.type) return `removed ${(data as { external_id: string }).external_id}`;
    return `appointment ${(data as { appointment: Appointment }).appointment.external_id}`;
  });
}
async function heard(): Promise<readonly HubEvent[]> {
  const marker = await hub.mark();
  const upTo = hub.heard.indexOf(marker);
  const fresh = hub.heard
    .slice(heardUpTo, upTo)
    .filter(
      ({ attributes }) => attributes.connectionid === connection && attributes.subject.split('/')[2] !== 'connection',
    );
  heardUpTo = upTo + 1;
  return fresh;
}
const sync = (reason: 'person' | 'link-made' = 'link-made') => hub.sync(connection, reason);
async function appointmentsOf(): Promise<readonly Appointment[]> {
  const events = await heard();
  return events
    .filter(({ attributes }) => attributes.type === AppointmentUpserted.type)
    .map(({ data }) => (data as { appointment: Appointment }).appointment);
}

describe('the first run', () => {
  it('brings 29 days of the linked reps, by Salesforce’s own count, and says who was left there', async () => {
    const from = hub.clock() - 29 * day;
    const run = await consented();
    const recent = rows().filter((row) => Date.parse(String(row.SystemModstamp)) >= from);
    const mine = recent.filter(isLinked);
    expect(run.fetched).toBe(mine.length);
    const named = mine.filter((row) => row['i360core__Contact_Name__c']);
    expect(run.changed).toBe(named.length);
    expect(run.skipped['rep-not-linked']).toBe(recent.length - mine.length);
    expect(run.skipped_reps.map(({ name }) => name)).toContain(
      String(hub.control.records(staff).find(({ Id }) => Id === reps[2])?.['Name']),
    );
    expect(run.set_aside).toHaveLength(mine.length - named.length);
  });

  it('asks for no appointments of anybody while nobody is linked', async () => {
    hub.control.forget();
    const run = await consented([]);
    expect([run.state, run.fetched, run.changed]).toEqual(['done', 0, 0]);
    const soql = hub.control.calls({ kind: 'query', object: sales }).map((call) => call.soql ?? '');
    expect(soql.filter((text) => text.includes('Contact_Name'))).toEqual([]);
  });

  it('follows the pages of both levels', async () => {
    const all = await consented();
    const whole = (await appointmentsOf()).map(({ external_id: id, sales_opportunities: of }) => [id, of.length]);
    connection += '-paged';
    hub.control.configure({ pageSize: 200, childPageSize: 1 });
    const run = await consented();
    expect([run.state, run.changed]).toEqual(['done', all.changed]);
    const paged = (await appointmentsOf()).map(({ external_id: id, sales_opportunities: of }) => [id, of.length]);
    expect(paged.sort()).toEqual(whole.sort());
    expect(Math.max(...paged.map(([, count]) => Number(count)))).toBeGreaterThan(1);
  });
});

describe('the runs after it', () => {
  beforeEach(async () => {
    // What earlier tests changed is not in the overlap any more.
    ahead += 30 * minute;
    await consented();
    ahead += 30 * minute;
    await sync();
    await told();
  });

  it('ask five minutes more than the last run reached, and publish nothing twice', async () => {
    const before = hub.clock();
    ahead += 15 * minute;
    const run = await sync();
    expect([run.changed, run.removed]).toEqual([0, 0]);
    const from = Date.parse(run.window!.from);
    expect(before - from).toBeGreaterThan(4.9 * minute);
    expect(before - from).toBeLessThan(6 * minute);
    expect(await told()).toEqual([]);
  });

  it('publish an appointment that was moved to another time in its place', async () => {
    const id = someOf();
    change(id, { [start]: new Date(hub.clock() + 3 * day).toISOString(), [end]: null });
    expect((await sync()).changed).toBe(1);
    const [moved] = await appointmentsOf();
    expect(moved?.external_id).toBe(id);
    expect(Date.parse(moved!.end_time) - Date.parse(moved!.start_time)).toBe(2 * 60 * minute);
  });

  it('see a late commit whose stamp is older than the last run', async () => {
    const id = someOf();
    hub.control.update(sales, id, {
      fields: { i360core__Type__c: 'Virtual Late', SystemModstamp: new Date(hub.clock() - 4 * minute).toISOString() },
    });
    expect((await sync()).changed).toBe(1);
  });

  it('follow an appointment to a rep whom nobody is linked to, and skip what that rep has besides', async () => {
    const id = someOf();
    change(id, { [rep]: reps[2]! });
    change(someOf(reps[2]), { i360core__Type__c: 'Other' });
    const run = await sync();
    expect(run.changed).toBe(1);
    const [given] = await appointmentsOf();
    expect([given?.external_id, given?.crm_user_id]).toEqual([id, reps[2]]);
    change(id, { [rep]: null });
    await sync();
    expect((await appointmentsOf())[0]).toMatchObject({ external_id: id, crm_user_id: 'unassigned' });
    change(id, { [rep]: reps[0]! });
    await sync();
    expect((await appointmentsOf())[0]).toMatchObject({ external_id: id, crm_user_id: reps[0] });
  });

  it('see a result that changed on an opportunity alone, and a tie to one that was cut', async () => {
    const id = someOf();
    const tie = hub.control.create(junction, {
      i360core__Sales_Appointment__c: id,
      i360core__Sales_Opportunity__c: null,
    });
    const made = hub.control.create(opportunity, { i360core__Interested_In__c: 'Windows' });
    hub.control.update(junction, tie.Id, { fields: { i360core__Sales_Opportunity__c: made.Id } });
    await sync();
    await told();
    ahead += 30 * minute;
    await sync();
    hub.control.update(opportunity, made.Id, { fields: { i360core__Result__c: 'Pending' } });
    expect((await sync()).changed).toBe(1);
    const [told1] = await appointmentsOf();
    expect(told1?.sales_opportunities.find((each) => each.id === made.Id)).toMatchObject({ result: 'Pending' });
    hub.control.remove(junction, tie.Id);
    expect((await sync()).changed).toBe(1);
    expect((await appointmentsOf())[0]?.sales_opportunities.map((each) => each.id)).not.toContain(made.Id);
  });

  it('tell once that an appointment was deleted, and bring it back when it is restored', async () => {
    const id = someOf();
    hub.control.remove(sales, id);
    expect(await sync()).toMatchObject({ removed: 1, changed: 0 });
    expect(await told()).toEqual([`removed ${id}`]);
    expect((await sync()).removed).toBe(0);
    hub.control.undelete(sales, id);
    expect((await sync()).changed).toBe(1);
    expect((await told()).filter((each) => each.startsWith('appointment'))).toEqual([`appointment ${id}`]);
  });

  it('look at everything once a night: what stamps do not show, and what is gone for good', async () => {
    const [phoned, gone] = [someOf(reps[0]), someOf(reps[1])];
    const contact = String(hub.control.record(sales, phoned)['i360core__Contact__c']);
    hub.control.update('Contact', contact, { fields: { i360core__Phone_Numbers__c: 'Mobile: 410-555-0188' } });
    hub.control.hardDelete(sales, gone);
    const before = await sync();
    expect([before.changed, before.removed]).toEqual([0, 0]);
    ahead += day;
    const nightly = await sync();
    expect(nightly).toMatchObject({ state: 'done', removed: 1 });
    const jobs = (await heard()).filter(({ attributes }) => attributes.type === JobUpserted.type);
    expect(JSON.stringify(jobs.map(({ data }) => data))).toContain('410-555-0188');
    expect((await sync()).changed).toBe(0);
  });

  it('remove nothing where the hub’s user sees nothing any more, warn of it, and go on as if nothing had been', async () => {
    hub.core.link(connection, reps);
    await sync('person');
    expect((await told()).filter((each) => each.startsWith('appointment')).length).toBeGreaterThan(20);
    hub.control.fault({
      ...{ kind: 'status', calls: 'query', object: sales, count: 'forever' },
      ...{ status: 200, body: { totalSize: 0, done: true, records: [] } },
    });
    const blind = await sync('person');
    hub.control.clearFaults();
    expect(blind).toMatchObject({ state: 'done', removed: 0, fetched: 0 });
    expect(blind.warnings.map(({ reason }) => reason).join()).toMatch(/may see less than before/);
    expect(await told()).toEqual([]);
    const seeing = await sync('person');
    expect(seeing).toMatchObject({ state: 'done', changed: 0, removed: 0 });
    expect(seeing.warnings.map(({ reason }) => reason).join()).not.toMatch(/may see less than before/);
  });

  it('bring the 29 days of a rep who is linked later, though the others’ runs have passed', async () => {
    ahead += 30 * minute;
    await sync();
    hub.core.link(connection, reps.slice(0, 3));
    const run = await sync();
    const events = await heard();
    const ofThem = events.map(({ data }) => data as { job?: Job; appointment?: Appointment });
    const theirs = ofThem.filter(({ job }) => job?.metadata['i360_lightning_salesrep_id'] === reps[2]);
    expect(run).toMatchObject({ state: 'done', changed: theirs.length });
    expect(theirs.length).toBeGreaterThan(2);
  });

  it('count a person’s own sync as a look at all 29 days', async () => {
    const run: SyncRun = await sync('person');
    expect(Date.parse(run.window!.from)).toBeLessThan(hub.clock() - 29 * day + minute);
    expect(Date.parse(run.window!.from)).toBeGreaterThan(hub.clock() - 29 * day - minute);
    expect(run.changed).toBe(0);
  });

  it('take two appointments of one account and address for one job, also runs apart, and of two addresses for two', async () => {
    const id = someOf();
    const { Id: _id, ...fields } = hub.control.record(sales, id);
    const like = Object.fromEntries(
      Object.entries(fields).filter(([name]) =>
        ['i360core__Account__c', 'i360core__Contact__c', 'i360core__Address__c', rep].includes(name),
      ),
    ) as Record<string, string>;
    const second = hub.control.create(sales, { ...like, [start]: new Date(hub.clock() + day).toISOString() });
    await sync();
    const [same] = await appointmentsOf();
    expect([same?.external_id, same?.job_external_id]).toEqual([second.Id, id]);
  });
});

describe('a run that goes wrong', () => {
  beforeEach(async () => {
    await consented();
    await told();
  });

  it('moves nothing on: what changed before it is brought by the next', async () => {
    const id = someOf();
    change(id, { i360core__Type__c: 'Changed in time' });
    ahead += 20 * minute;
    hub.control.fault({ kind: 'cut', calls: 'query', object: sales, count: 1 });
    expect((await sync()).state).toBe('failed');
    ahead += 20 * minute;
    expect((await sync()).changed).toBe(1);
    expect((await told()).some((each) => each.endsWith(id))).toBe(true);
  });

  it.each(['maintenance', 'error'] as const)('ends in words for people on %s, and the next one works', async (kind) => {
    hub.control.fault({ kind, calls: 'describe', count: 1 });
    const run = await sync();
    expect(run).toMatchObject({ state: 'failed', error: { message: expect.stringMatching(/Salesforce/) } });
    expect((await sync()).state).toBe('done');
  });

  it('asks again by itself when Salesforce forgot the pages of a query', async () => {
    hub.control.configure({ pageSize: 20 });
    hub.control.fault({
      kind: 'status',
      calls: 'query',
      path: '/query/',
      count: 1,
      status: 400,
      body: [{ errorCode: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' }],
    });
    expect((await sync('person')).error?.code).toBe('improveit360.invalid-query-locator');
    expect((await sync('person')).state).toBe('done');
  });

  it('goes on without a field that the company hides, and says so; without a needed one it names it', async () => {
    hub.control.hideField(sales, 'i360core__Type__c');
    const run = await sync('person');
    expect(run.state).toBe('done');
    expect(run.warnings.map(({ record }) => record)).toContain('i360core__Type__c');
    expect((await appointmentsOf())[0]?.summary).not.toMatch(/ - /);
    hub.control.hideField(sales, rep);
    const refused = await sync('person');
    hub.control.showField(sales, rep);
    hub.control.showField(sales, 'i360core__Type__c');
    expect(refused).toMatchObject({ state: 'failed', error: { message: expect.stringContaining(rep) } });
    expect((await sync('person')).state).toBe('done');
  });

  it('uses Salesforce’s clock for the window, whatever ours says', async () => {
    hub.control.advance(-20 * minute);
    await sync('person');
    const id = someOf();
    change(id, { i360core__Type__c: 'By its own clock' });
    const run = await sync();
    hub.control.advance(20 * minute);
    expect(run.changed).toBe(1);
    expect(Date.parse(run.window!.to)).toBeLessThan(hub.clock() - 15 * minute);
  });
});
