import type { Appointment, HubEvent, Job, SyncRun } from '@occ-hub/contracts';
import {
  AppointmentUpserted,
  ConnectionChanged,
  JobUpserted,
  connectionHealth,
  listRuns,
  syncNow,
  syncUsers,
} from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LpHub, openLpHub, settings } from './testing/lp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: LpHub;
let connection: string;
let connections = 0;

beforeAll(async () => {
  // One partition: what is heard is in the order it was published, so that a marker closes what came before it.
  hub = await openLpHub(serversOfThisRun(), { env: { KAFKA_PARTITIONS: '1' } });
  await hub.start();
});
afterAll(() => hub.close());

/** A connection of its own for each test, with these reps linked. */
async function connected(reps: readonly number[] = knownReps()): Promise<void> {
  hub.core.link(connection, reps);
  await hub.connect(settings, connection);
}
beforeEach(() => {
  connection = `${hub.connection}-${(connections += 1)}`;
});
afterEach(() => {
  hub.control.reset();
  hub.control.configure({ fieldCase: 'wobble', wrapLists: 'none' });
});

function knownReps(): number[] {
  return hub.control.lookups().reps.map(({ slrId }) => slrId);
}
async function poll(reason: 'person' | 'link-made' = 'person'): Promise<SyncRun> {
  const { run } = await hub.ask(syncNow, { org: hub.org, connection, reason });
  return ended(run);
}
async function ended(run: string): Promise<SyncRun> {
  const { runs } = await eventually(
    () => hub.ask(listRuns, { org: hub.org, connection, run }),
    ({ runs: [one] }) => one?.state === 'done' || one?.state === 'failed',
  );
  return runs[0]!;
}
/** What this connection published since it was last asked: a marker of our own closes it. */
let heardUpTo = 0;
async function told(): Promise<string[]> {
  const marker = await hub.mark();
  const end = hub.heard.indexOf(marker);
  const ours = ({ attributes: { connectionid, type } }: HubEvent) =>
    connectionid === connection && type !== ConnectionChanged.type;
  const fresh = hub.heard.slice(heardUpTo, end).filter(ours);
  heardUpTo = end + 1;
  return fresh.map(({ attributes: { type }, data }) =>
    type === JobUpserted.type
      ? `job ${(data as { job: Job }).job.external_id}`
      : `appointment ${(data as { appointment: Appointment }).appointment.external_id}`,
  );
}
const digestsOf = () => hub.database.collection('digests').find({ connection }).toArray();
const failureOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isHubError(error)) throw error;
  return error;
};
const ordinary = () =>
  hub.control.appointments().find(({ oddity, row }) => oddity === null && row.ApptDate! > hub.control.clock().today)!
    .row;

describe('authorize', () => {
  it('brings users and lists, as the company has them, and makes the connection healthy', async () => {
    const { users, lookups, state } = await hub.connect(settings, connection);
    expect(state).toBe('healthy');
    const reps = hub.control.lookups().reps.map(({ slrId, name }) => ({ crm_id: String(slrId), name }));
    expect(users).toEqual(reps);
    expect(lookups['document_types']).toContainEqual({
      id: '12',
      description: 'Signed Agreement',
      position: expect.any(Number),
    });
    expect(lookups['appointment_results']?.map(({ id }) => id)).toContain('No Demo');
    expect(lookups['products']?.map(({ id }) => id)).toContain('ROOF');
    expect((await hub.ask(syncUsers, { org: hub.org, connection })).users).toEqual(reps);
  });

  it('tells a wrong login, a missing permission and a server that is away apart', async () => {
    const wrong = await failureOf(hub.connect({ ...settings, password: 'wrong' }, connection));
    expect([wrong.kind, wrong.code]).toEqual(['credential', 'lead-perfection.login-refused']);
    expect(wrong.message).toMatch(/client ID, user name and password/i);
    expect((await hub.ask(connectionHealth, { org: hub.org, connection })).state).toBe('needs-reauthorization');

    hub.control.setPermission({ action: 'GetSalesApptDispProd', allowed: false });
    const forbidden = await failureOf(hub.connect(settings, connection));
    expect([forbidden.kind, forbidden.code]).toEqual(['rejected', 'lead-perfection.permission-missing']);
    expect(forbidden.message).toMatch(/"GetSalesApptDispProd".*administrator/);
    hub.control.setPermission({ action: 'GetSalesApptDispProd', allowed: true });

    await hub.control.down({ refuse: true });
    const away = await failureOf(hub.connect(settings, connection));
    await hub.control.up();
    expect([away.kind, away.code]).toEqual(['transient', 'lead-perfection.unreachable']);
    expect(away.message).toMatch(/cannot be reached/);
    expect((await hub.connect(settings, connection)).state).toBe('healthy');
  });

  it('refuses a pasted URL before anything is sent, naming the field', async () => {
    hub.control.forget();
    const refused = await failureOf(hub.connect({ ...settings, client_id: 'https://demo1.example.com' }, connection));
    expect(refused.fields).toEqual([
      { pointer: '/client_id', message: 'Enter just the client ID, for example demo1, not the full URL.' },
    ]);
    expect(hub.control.counts()).toEqual({});
  });

  it("does not know another org's connection", async () => {
    await hub.connect(settings, connection);
    const refused = await failureOf(hub.ask(syncUsers, { org: 'org-other', connection }));
    expect(refused.code).toBe('connection.unknown');
  });
});

describe('a poll', () => {
  it('fetches as many as the company counts, and publishes each row of a linked rep with its job', async () => {
    await connected();
    const run = await poll();
    const window = hub.control.appointmentsInWindow();
    expect(run).toMatchObject({ state: 'done', fetched: window.appointments, unchanged: 0, set_aside: [] });
    expect(run.window).toEqual({ from: window.from, to: window.to });
    const linked = window.reps.filter(({ known }) => known).reduce((sum, { appointments }) => sum + appointments, 0);
    expect(run.changed).toBe(linked);
    expect(run.warnings).toHaveLength(window.withoutDate);
    const all = await told();
    expect(all.filter((one) => one.startsWith('appointment'))).toHaveLength(linked - window.withoutDate);
    const jobs = all.filter((one) => one.startsWith('job'));
    expect(new Set(jobs).size).toBe(jobs.length);
    expect(jobs.length).toBeLessThanOrEqual(window.households);
  });

  it('skips rows of reps without a link and counts them by rep', async () => {
    const [first] = hub.control.appointmentsInWindow().reps.filter(({ known }) => known);
    await connected([Number(first!.slrId)]);
    const run = await poll();
    const others = hub.control.appointmentsInWindow().reps.filter(({ slrId }) => slrId !== first!.slrId);
    expect(run.changed).toBe(first!.appointments);
    expect(run.skipped).toEqual({ 'rep-not-linked': others.reduce((sum, { appointments }) => sum + appointments, 0) });
    for (const { slrId, appointments } of others)
      expect(run.skipped_reps.find(({ crm_user_id: id }) => id === (slrId ?? ''))?.count).toBe(appointments);
  });

  it('publishes nothing and writes no digest while nothing changes, however the names are spelt and wrapped', async () => {
    await connected();
    const { changed } = await poll();
    await told();
    const before = await digestsOf();
    for (const [fieldCase, wrapLists] of [
      ['documented', 'none'],
      ['lower', 'data'],
      ['seed', 'Records'],
    ] as const) {
      hub.control.configure({ fieldCase, wrapLists });
      expect(await poll()).toMatchObject({ state: 'done', changed: 0, unchanged: changed });
    }
    expect(await told()).toEqual([]);
    expect(await digestsOf()).toEqual(before);
  });

  it('publishes a moved appointment once, and once more when it moves back', async () => {
    await connected();
    await poll();
    await told();
    const { ID: id, ApptDate: from } = ordinary();
    for (const to of [`${hub.control.clock().today}T08:15:00`, from!]) {
      hub.control.move(id, to);
      expect((await poll()).changed).toBe(1);
      expect((await told()).at(-1)).toBe(`appointment ${id}`);
      expect((await poll()).changed).toBe(0);
      expect(await told()).toEqual([]);
    }
  });

  it.each(['500', 'html', 'truncated', 'cut', '429', '403'] as const)(
    'concludes nothing from a fetch that ends with %s, says so, and is whole the next time',
    async (kind) => {
      await connected();
      await poll();
      await told();
      const before = await digestsOf();
      hub.control.move(ordinary().ID, `${hub.control.clock().today}T08:15:00`);
      hub.control.fault({ kind, action: 'GetSalesApptDetailDateRange' });
      const failed = await poll();
      expect(failed).toMatchObject({ state: 'failed', changed: 0 });
      expect(failed.error?.message).toMatch(/^LeadPerfection|^The LeadPerfection/);
      expect(await told()).toEqual([]);
      expect(await digestsOf()).toEqual(before);
      expect(await poll()).toMatchObject({ state: 'done', changed: 1 });
    },
  );

  it('logs in again by itself when its token is refused in the middle', async () => {
    await connected();
    hub.control.expireTokens();
    hub.control.forget();
    expect((await poll()).state).toBe('done');
    expect(hub.control.counts()['token']?.calls).toBe(1);
  });

  it('sets aside a row that it cannot read, by its id and its fault, and brings it when it can', async () => {
    await connected();
    const { ID: id, ApptDate: date } = ordinary();
    const other = hub.control.add({ CustName: ['Pat', 'Moreno'] as never });
    hub.control.change(id, { ApptDate: 'after Easter' });
    const run = await poll();
    expect(run.state).toBe('done');
    expect(run.set_aside.map(({ record }) => record).sort()).toEqual([String(id), String(other.row.ID)].sort());
    expect(run.skipped['unreadable']).toBe(2);
    expect(JSON.stringify(run)).not.toMatch(/Moreno|Easter/);
    expect(await told()).not.toContain(`appointment ${id}`);
    hub.control.change(id, { ApptDate: date });
    expect((await poll()).changed).toBe(1);
    expect(await told()).toContain(`appointment ${id}`);
  });

  it('brings the appointments of a rep as soon as the link is made', async () => {
    const [one, other] = knownReps();
    await connected([one!]);
    await poll();
    await told();
    hub.core.link(connection, [one!, other!]);
    const run = await poll('link-made');
    const count = hub.control.appointmentsInWindow().reps.find(({ slrId }) => slrId === String(other))!.appointments;
    expect([run.reason, run.changed]).toEqual(['link-made', count]);
    expect(await told()).not.toEqual([]);
  });

  it('repeats and loses nothing when it dies between Kafka and its memory', async () => {
    await connected();
    const refuseDigests = (validator: object) => hub.database.db!.command({ collMod: 'digests', validator });
    await refuseDigests({ entries: { $exists: false } });
    const died = await poll();
    await refuseDigests({});
    expect(died.state).toBe('failed');
    const first = await told();
    expect(first).not.toEqual([]);
    expect(await digestsOf()).toEqual([]);
    expect((await poll()).state).toBe('done');
    expect(await told()).toEqual(first);
    expect((await poll()).changed).toBe(0);
  });

  it('takes a row that left the window for no news', async () => {
    await connected();
    await poll();
    await told();
    hub.control.remove(ordinary().ID);
    expect(await poll()).toMatchObject({ state: 'done', changed: 0, removed: 0 });
    expect(await told()).toEqual([]);
  });

  it('tells that an appointment was given to a rep without a link, once: it must not stay with the old one', async () => {
    await connected();
    await poll();
    await told();
    const { ID: id } = ordinary();
    hub.control.assign(id, 999);
    expect(await poll()).toMatchObject({ state: 'done', changed: 1 });
    expect(await told()).toContain(`appointment ${id}`);
    expect(await poll()).toMatchObject({ state: 'done', changed: 0 });
  });

  it('tells its progress and is counted in the health of the connection', async () => {
    await connected();
    const run = await poll();
    const health = await hub.ask(connectionHealth, { org: hub.org, connection });
    expect(health).toMatchObject({ state: 'healthy', waiting: 0, parked: 0 });
    expect(health.last_run?.id).toBe(run.id);
  });
});

describe('the events', () => {
  it("carry what the row says, in OCC's words", async () => {
    hub.control.reset({ appointments: 60 });
    await connected();
    const { row } = hub.control.add({
      ...{
        CustName: 'Rosa Field',
        Address1: '7 Orchard Ln',
        CSZ: 'Towson, MD 21204',
        ProductID: 'WIN',
        Notes: 'Ring twice',
      },
      ...{ Phone: '410-555-0143', AltPhone1: null, AltPhone2: null, email: 'rosa@example.test', email2: null },
      ...{ Source: 'Internet', SubSource: 'Web form', slr_id: 417, SalesRepName: 'Tran, Minh' },
      ApptDate: `${hub.control.clock().today}T14:00:00`,
    });
    await poll();
    await told();
    const id = String(row.ID);
    const job = hub
      .heardOf(JobUpserted.type)
      .map(({ data }) => (data as { job: Job }).job)
      .find((each) => each.external_id === id);
    expect(job).toMatchObject({
      ...{ customer_name: 'Rosa Field', name: 'Rosa Field: WIN', email: 'rosa@example.test' },
      lead_source: 'Internet: Web form',
      address: { line_1: '7 Orchard Ln', line_2: '', city: 'Towson', state: 'MD', postal_code: '21204' },
      phones: [{ name: 'Phone', number: '410-555-0143' }],
      notes: [{ note: 'Ring twice', metadata: { lead_perfection_id: id } }],
      metadata: { lead_perferction_id: id, lead_perfection_salesperson: 'Tran, Minh' },
    });
    const event = hub
      .heardOf(AppointmentUpserted.type)
      .find(({ data }) => (data as { appointment: Appointment }).appointment.external_id === id)!;
    const { appointment } = event.data as { appointment: Appointment };
    expect(Date.parse(appointment.end_time) - Date.parse(appointment.start_time)).toBe(2 * 3_600_000);
    expect(event.attributes).toMatchObject({ orgid: hub.org, provider: 'lead-perfection', origin: 'crm' });
    expect(event.attributes.subject).toBe(`${hub.org}/lead-perfection/${id}`);
  });

  it('puts visits to one household into one job, and keeps it when the first of them is gone', async () => {
    hub.control.reset({ appointments: 60 });
    const household = {
      CustName: 'Ann Twice',
      Address1: '9 Mill Rd',
      CSZ: 'Towson, MD 21204',
      ProductID: 'ROOF',
      slr_id: 417,
    };
    const day = hub.control.clock().today;
    const first = hub.control.add({ ...household, ApptDate: `${day}T09:00:00` }).row.ID;
    const second = hub.control.add({ ...household, ApptDate: `${day}T14:00:00` }).row.ID;
    await connected([417]);
    await poll();
    const of = (all: string[]) => all.filter((one) => [first, second].some((id) => one.endsWith(` ${id}`)));
    expect(of(await told())).toEqual([`job ${first}`, `appointment ${first}`, `appointment ${second}`]);
    hub.control.remove(first);
    hub.control.move(second, `${day}T16:00:00`);
    await poll();
    expect(of(await told())).toEqual([`job ${first}`, `appointment ${second}`]);
  });
});
