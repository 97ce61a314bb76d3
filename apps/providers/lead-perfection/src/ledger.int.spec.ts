import {
  type HubEvent,
  abortDelivery,
  authorize,
  connectionHealth,
  pauseConnection,
  replayDeliveries,
  saveSettings,
  searchDeliveries,
} from '@occ-hub/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, deliveriesOf } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LpHub, openLpHub, settings } from './testing/lp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: LpHub;
let ledger: ReturnType<typeof deliveriesOf>;
beforeAll(async () => {
  const env = { DELIVERIES_AT_ONCE: '64', DELIVERIES_PER_CONNECTION: '64' };
  hub = await openLpHub(serversOfThisRun(), { env });
  ledger = deliveriesOf(hub);
  await hub.start();
  await hub.connect(settings);
});
afterAll(() => hub.close());

/** An appointment of its own for each test, with all that an update could blank. */
let id: number;
beforeEach(() => {
  id = newAppointment();
});
afterEach(async () => {
  hub.control.clearFaults();
  hub.control.forget();
  await hub.control.up();
});

const startTime = () => `${hub.control.clock().today}T18:00:00.000Z`;
function newAppointment(): number {
  return hub.control.add({
    ...{ ApptDate: `${hub.control.clock().today}T14:00:00`, CanUpdateIndicator: 'Y' },
    ...{
      Disposition: 'Set',
      DispositionComments: 'Appointment set',
      PresNotes: 'From the office',
      ProductID1: 'WIN',
      GSA1: 12500,
      ProductID5: 'DOOR',
      GSA5: 0.5,
    },
  }).row.ID;
}
const on = (appointment = id, more: { job?: number | string } = {}) => ({
  appointment,
  startTime: startTime(),
  ...more,
});
const row = (appointment = id) => hub.control.appointment(appointment).row;
const filesOf = (appointment = id) => hub.control.documents({ ilsid: appointment });
let kept = 0;
const aDocument = (text = 'Signed by hand', more: object = {}) =>
  hub.core.keep({
    id: `doc_${String((kept += 1)).padStart(6, '0')}`,
    bytes: Buffer.from(`%PDF-1.7 ${text} ${kept}`),
    ...more,
  });
const replay = (events: readonly HubEvent[], more: object = {}) =>
  hub.ask(replayDeliveries, {
    org: hub.org,
    deliveries: events.map(({ attributes }) => attributes.id),
    by: 'ops@example.test',
    ...more,
  });
/** What was told of a write, in order. It is told a moment after it is written down. */
const outcomesOf = (event: HubEvent) => ledger.toldOf(event).map(({ outcome }) => outcome);
const isSame = (expected: readonly string[]) => (seen: readonly string[]) => seen.join() === expected.join();
const health = () => hub.ask(connectionHealth, { org: hub.org, connection: hub.connection });

describe('a write reaches LeadPerfection', () => {
  it('a note under the notes that are there, and nothing else is blanked', async () => {
    const before = row();
    const [told] = await ledger.settle([hub.events.note(on(), 'Gate code first')]);
    expect(told).toMatchObject({ outcome: 'delivered', attempts: 1, vendor_ids: { issued_lead: String(id) } });
    expect(row()).toEqual({ ...before, PresNotes: 'From the office\nGate code first' });
  });

  it('a result with its reason, and neither notes nor products are blanked', async () => {
    const before = row();
    await ledger.settle([hub.events.result(on(), 'No Demo', 'Nobody home')]);
    expect(row()).toEqual({
      ...before,
      ...{ Disposition: 'No Demo', DispositionComments: 'No demonstration given' },
      PresNotes: 'From the office\nResult reason: Nobody home',
    });
  });

  it('a document as a file of its bytes, under its type', async () => {
    const agreement = aDocument('agreement');
    const proposal = aDocument('proposal', { type: 'proposal', title: 'Proposal: 6 windows / "best" price' });
    await ledger.settle([hub.events.document(on(), agreement), hub.events.document(on(), proposal)]);
    const files = filesOf();
    expect(files.map(({ dtyid, docdescr }) => [dtyid, docdescr])).toEqual([
      [12, 'Signed Agreement'],
      [12, 'Proposal: 6 windows / "best" price'],
    ]);
    expect(files.map(({ sha256 }) => sha256)).toEqual([agreement.sha256, proposal.sha256]);
    expect(files[1]?.filename).toBe(`Proposal 6 windows best price ${proposal.document_id}.pdf`);
  });

  it('a result of an appointment that the office has moved to another day', async () => {
    hub.control.configure({ detailNeedsDate: true });
    hub.control.move(id, nextWeek());
    await ledger.settle([hub.events.result(on(), 'NS')]);
    hub.control.configure({ detailNeedsDate: false });
    expect(row()).toMatchObject({ Disposition: 'NS', PresNotes: 'From the office', ProductID1: 'WIN' });
  });

  it('not a document of a class that the admin leaves out', async () => {
    const connection = `${hub.connection}-choosy`;
    await hub.connect({ ...settings, attach_documents: ['proposal'] }, connection);
    const [told] = await ledger.settle([hub.eventsOf(connection).document(on(), aDocument())]);
    expect(told).toMatchObject({ outcome: 'skipped' });
    expect(told?.message).toMatch(/preferences/);
    expect(filesOf()).toEqual([]);
  });

  it('not a document whose bytes are not those that were signed', async () => {
    const document = aDocument();
    hub.core.replaceBytes(document.document_id, Buffer.from('%PDF-1.7 forged'));
    const [told] = await ledger.settle([hub.events.document(on(), document)]);
    expect(told).toMatchObject({ outcome: 'parked', code: 'document.digest-mismatch' });
    expect(filesOf()).toEqual([]);
  });

  it('not an event of another provider', async () => {
    const note = hub.events.note(on(), 'not for us');
    const foreign = { ...note, attributes: { ...note.attributes, provider: 'other-crm' } };
    await ledger.settle([foreign, hub.events.note(on(), 'for us')].slice(1));
    await hub.publish([foreign]);
    await ledger.settle([hub.events.note(on(), 'for us, too')]);
    expect(row().PresNotes).toBe('From the office\nfor us\nfor us, too');
    expect(await hub.database.collection('deliveries').countDocuments({ _id: foreign.attributes.id as never })).toBe(0);
  });

  it('once, though its event comes twice', async () => {
    const note = hub.events.note(on(), 'once');
    const document = hub.events.document(on(), aDocument());
    await ledger.settle([note, document, note, document]);
    await hub.publish([document, note]);
    await ledger.settle([hub.events.note(on(), 'last')]);
    expect(hub.control.appointment(id).writeCount).toBe(2);
    expect(filesOf()).toHaveLength(1);
  });
});

function nextWeek(): string {
  const day = new Date(Date.parse(`${hub.control.clock().today}T12:00:00Z`) + 7 * 86_400_000);
  return `${day.toISOString().slice(0, 10)}T09:00:00`;
}

describe('an upload of unknown end', () => {
  it('that ends with 500, a cut, a page of HTML or half an answer is found, not repeated', async () => {
    const kinds = ['500', 'cut', 'html', 'truncated'] as const;
    const appointments = kinds.map(newAppointment);
    for (const kind of kinds) hub.control.fault({ kind, when: 'after', action: 'AddSalesmanImages' });
    const told = await ledger.settle(appointments.map((each) => hub.events.document(on(each), aDocument())));
    expect(told.map(({ outcome, attempts }) => [outcome, attempts])).toEqual(kinds.map(() => ['delivered', 2]));
    expect(appointments.map((each) => filesOf(each).length)).toEqual(kinds.map(() => 1));
    expect(hub.control.counts()).toMatchObject({ AddSalesmanImages: { calls: 4 }, GetLinks: { calls: 4 } });
  });

  it('that is swallowed and then cut is found, not repeated', async () => {
    hub.control.fault({ kind: 'swallow', when: 'after', action: 'AddSalesmanImages' });
    const event = hub.events.document(on(), aDocument());
    await hub.publish([event]);
    await eventually(
      () => filesOf().length,
      (count) => count === 1,
    );
    await hub.control.down();
    await ledger.until(event, ({ history }) => history.length > 0);
    await hub.control.up();
    const [told] = await ledger.settled([event]);
    expect(told?.outcome).toBe('delivered');
    expect(filesOf()).toHaveLength(1);
  });

  it('that never came in is sent again', async () => {
    hub.control.fault({ kind: 'cut', when: 'before', action: 'AddSalesmanImages' });
    const [told] = await ledger.settle([hub.events.document(on(), aDocument())]);
    expect(told).toMatchObject({ outcome: 'delivered', attempts: 2 });
    expect(filesOf()).toHaveLength(1);
  });

  it('waits for a person where the vendor may not be asked; "send again" delivers it', async () => {
    hub.control.setPermission({ action: 'GetLinks', allowed: false });
    hub.control.fault({ kind: 'cut', when: 'before', action: 'AddSalesmanImages' });
    const event = hub.events.document(on(), aDocument());
    const [told] = await ledger.settle([event]);
    expect(told).toMatchObject({ outcome: 'parked', code: 'ledger.uncertain' });
    expect((await ledger.one(event)).state).toBe('uncertain');
    expect((await replay([event])).replayed).toHaveLength(1);
    await ledger.until(event, ({ state, replays }) => state === 'uncertain' && replays.length === 1);
    expect(filesOf()).toHaveLength(0);

    const byFilter = {
      org: hub.org,
      filter: { state: ['uncertain' as const] },
      plan: false,
      by: 'ops',
      send_again: true,
    };
    await expect(hub.ask(replayDeliveries, byFilter)).rejects.toThrow(/by their ids/);
    await replay([event], { send_again: true });
    const delivered = await ledger.until(event, ({ state }) => state === 'delivered');
    hub.control.setPermission({ action: 'GetLinks', allowed: true });
    expect(filesOf()).toHaveLength(1);
    expect(delivered.replays.map(({ by, send_again: again }) => [by, again])).toEqual([
      ['ops@example.test', false],
      ['ops@example.test', true],
    ]);
  });
});

describe('a repeated update', () => {
  it('after 500, a cut, a page of HTML or half an answer leaves one line, not two', async () => {
    const kinds = ['500', 'cut', 'html', 'truncated'] as const;
    const appointments = kinds.map(newAppointment);
    for (const kind of kinds) hub.control.fault({ kind, when: 'after', action: 'UpdateSalesApptDetail' });
    const told = await ledger.settle(appointments.map((each) => hub.events.note(on(each), 'only once')));
    expect(told.map(({ outcome, attempts }) => [outcome, attempts])).toEqual(kinds.map(() => ['delivered', 2]));
    expect(appointments.map((each) => row(each).PresNotes)).toEqual(kinds.map(() => 'From the office\nonly once'));
  });
});

describe('order', () => {
  it('is kept per job with 64 in flight over many jobs, failures among them', async () => {
    const jobs = Array.from({ length: 25 }, newAppointment);
    const notes = Array.from({ length: 8 }, (_, n) => `note ${n}`);
    hub.control.fault({ kind: '500', action: 'UpdateSalesApptDetail', skip: 30, count: 3 });
    hub.control.fault({ kind: 'cut', when: 'after', action: 'UpdateSalesApptDetail', skip: 60, count: 3 });
    const events = notes.flatMap((note) => jobs.map((job) => hub.events.note(on(job), note)));
    await ledger.settle(events, 25_000);
    for (const job of jobs) expect(row(job).PresNotes).toBe(['From the office', ...notes].join('\n'));
    // Three were refused before they were applied; three that were cut after it are found, not written again.
    expect(hub.control.counts()['UpdateSalesApptDetail']?.calls).toBe(events.length + 3);
  });

  it('lets nothing of a job overtake what waits for its retry', async () => {
    hub.control.fault({ kind: '500', action: 'GetSalesApptDetail' });
    const events = [hub.events.result(on(), 'NS'), hub.events.note(on(), 'after it'), hub.events.result(on(), 'Sale')];
    await ledger.settle(events);
    const writes = hub.control
      .appointment(id)
      .writes.map(({ changed }) => [changed['Disposition'], changed['PresNotes']]);
    expect(writes.at(-1)).toEqual(['Sale', 'From the office\nafter it']);
  });
});

describe('credentials', () => {
  it('that expire in the middle are renewed once for all in flight', async () => {
    const jobs = Array.from({ length: 30 }, newAppointment);
    await ledger.settle([hub.events.note(on(), 'first')]);
    hub.control.forget();
    hub.control.expireTokens();
    await ledger.settle(jobs.map((job) => hub.events.note(on(job), 'x')));
    expect(hub.control.counts()['token']?.calls).toBe(1);
    expect(jobs.map((job) => row(job).PresNotes)).toEqual(jobs.map(() => 'From the office\nx'));
  });

  it('that are wrong hold the connection; with the right ones everything goes out in order', async () => {
    await hub.ask(saveSettings, {
      org: hub.org,
      connection: hub.connection,
      settings: { ...settings, password: 'wrong' },
    });
    const events = [1, 2, 3].map((n) => hub.events.note(on(), `held ${n}`));
    await hub.publish(events);
    await eventually(health, ({ state, waiting }) => state === 'needs-reauthorization' && waiting === 3);
    const [first] = await Promise.all(events.map(ledger.one));
    expect(first).toMatchObject({ state: 'waiting', attempts: 0, code: 'lead-perfection.login-refused' });
    hub.control.forget();
    await sleep(1_200);
    expect(hub.control.counts()).toEqual({});
    expect((await health()).reason).toMatch(/Check client ID, user name and password/);

    await hub.ask(saveSettings, { org: hub.org, connection: hub.connection, settings: { ...settings } });
    expect((await hub.ask(authorize, { org: hub.org, connection: hub.connection })).state).toBe('healthy');
    expect((await ledger.settled(events)).map(({ outcome }) => outcome)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
    expect(row().PresNotes).toBe('From the office\nheld 1\nheld 2\nheld 3');
  });
});

describe('a vendor that asks for patience', () => {
  it.each(['seconds', 'date'] as const)('is left alone for as long as it asked, in %s', async (retryAfterAs) => {
    const jobs = Array.from({ length: 10 }, newAppointment);
    const [first, ...others] = jobs.map((job) => hub.events.note(on(job), 'patient'));
    hub.control.forget();
    hub.control.fault({ kind: '429', retryAfter: 2, retryAfterAs });
    await hub.publish([first!]);
    await eventually(
      () => hub.control.received().some(({ status }) => status === 429),
      (refused) => refused,
    );
    // The others are due, but their connection rests, too.
    await hub.publish(others);
    await ledger.settled([first!, ...others]);
    const calls = hub.control.received();
    const refusedAt = Date.parse(calls.find(({ status }) => status === 429)!.at);
    const after = calls.filter(({ status }) => status === 200).map(({ at }) => Date.parse(at) - refusedAt);
    // A date has no fractions of a second: up to one of them is lost.
    expect(Math.min(...after)).toBeGreaterThanOrEqual(retryAfterAs === 'date' ? 900 : 1_900);
    expect(jobs.map((job) => row(job).PresNotes)).toEqual(jobs.map(() => 'From the office\npatient'));
  });
});

describe('a person', () => {
  it("sees a refused write with the vendor's words, and replays it when the cause is gone; a second replay changes nothing", async () => {
    hub.control.setPermission({ dtyid: 12, allowed: false });
    const event = hub.events.document(on(), aDocument());
    const [refused] = await ledger.settle([event]);
    expect(refused).toMatchObject({ outcome: 'rejected', code: 'lead-perfection.permission-missing' });
    const parked = await ledger.one(event);
    expect(parked).toMatchObject({ state: 'parked', kind: 'rejected', attempts: 1 });
    expect(parked.message).toContain('AddSalesmanImages');
    expect(parked.history[0]?.exchanges.at(-1)).toMatchObject({ path: '/api/SalesApi/AddSalesmanImages', status: 403 });
    hub.control.setPermission({ dtyid: 12, allowed: true });

    expect(await replay([event], { plan: true })).toMatchObject({ replayed: [event.attributes.id], planned: true });
    expect((await ledger.one(event)).state).toBe('parked');
    await replay([event]);
    await ledger.until(event, ({ state }) => state === 'delivered');
    await eventually(() => outcomesOf(event), isSame(['rejected', 'delivered']));
    const again = await replay([event]);
    expect(again).toMatchObject({ replayed: [], skipped: [{ delivery: event.attributes.id }] });
    expect(again.skipped[0]?.reason).toMatch(/delivered/);
    expect(filesOf()).toHaveLength(1);
  });

  it('replays many by their cause', async () => {
    const connection = `${hub.connection}-many`;
    await hub.connect(settings, connection);
    const events = [1, 2, 3].map((n) => hub.eventsOf(connection).result(on(newAppointment()), `Unheard ${n}`));
    const told = await ledger.settle(events);
    expect(told.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual(
      Array(3).fill('rejected lead-perfection.refused'),
    );
    const filter = { connection, code: 'lead-perfection.ref' };
    const { deliveries } = await hub.ask(searchDeliveries, { org: hub.org, filter });
    expect(deliveries.map(({ message }) => message)).toContain(
      "LeadPerfection refused the record: Disposition 'Unheard 1' does not exist.",
    );
    const asked = { org: hub.org, filter, by: 'ops@example.test' };
    expect((await hub.ask(replayDeliveries, { ...asked, plan: true })).replayed).toHaveLength(3);
    expect((await hub.ask(replayDeliveries, { ...asked, org: 'org-other' })).replayed).toHaveLength(0);
    expect((await hub.ask(replayDeliveries, asked)).replayed).toHaveLength(3);
    for (const event of events)
      await ledger.until(event, ({ state, replays }) => state === 'parked' && replays.length === 1);
  });

  it('does not undo a newer result by replaying an older one', async () => {
    hub.control.fault({ kind: '403', action: 'UpdateSalesApptDetail' });
    const [older, newer] = [hub.events.result(on(), 'NS'), hub.events.result(on(), 'Sale')];
    await ledger.settle([older, newer]);
    expect(row().Disposition).toBe('Sale');
    const writes = hub.control.appointment(id).writeCount;
    await replay([older]);
    const late = await ledger.until(older, ({ state }) => state === 'superseded');
    expect(late.message).toMatch(/newer write/);
    await eventually(() => outcomesOf(older), isSame(['rejected', 'superseded']));
    expect([row().Disposition, hub.control.appointment(id).writeCount]).toEqual(['Sale', writes]);
  });

  it('ends a parked write without sending it, and everybody is told', async () => {
    const event = hub.events.result(on(), 'Unheard');
    await ledger.settle([event]);
    const ask = { org: hub.org, delivery: event.attributes.id, by: 'ops@example.test', reason: 'entered by hand' };
    expect((await hub.ask(abortDelivery, ask)).delivery.state).toBe('aborted');
    await expect(hub.ask(abortDelivery, ask)).rejects.toThrow(/parked or uncertain/);
    await eventually(
      () => ledger.toldOf(event).at(-1)?.outcome,
      (outcome) => outcome === 'aborted',
      3_000,
    );
    expect((await replay([event])).replayed).toEqual([]);
  });

  it('sees why a closed appointment, or one that is gone, was not written to', async () => {
    hub.control.change(id, { CanUpdateIndicator: 'N' });
    const closed = hub.events.note(on(), 'too late');
    const gone = hub.events.note(on(987_654), 'nobody');
    const told = await ledger.settle([closed, gone]);
    expect(told.map(({ code }) => code)).toEqual([
      'lead-perfection.appointment-closed',
      'lead-perfection.appointment-missing',
    ]);
    expect(hub.control.appointment(id).writeCount).toBe(0);
  });

  it('pauses a connection: nothing goes out until it is resumed, then in order', async () => {
    const ask = { org: hub.org, connection: hub.connection };
    expect((await hub.ask(pauseConnection, { ...ask, paused: true })).state).toBe('paused');
    hub.control.forget();
    const events = [1, 2, 3].map((n) => hub.events.note(on(), `paused ${n}`));
    await hub.publish(events);
    await eventually(health, ({ waiting }) => waiting === 3);
    await sleep(1_200);
    expect(hub.control.counts()).toEqual({});
    await hub.ask(pauseConnection, { ...ask, paused: false });
    await ledger.settled(events);
    expect(row().PresNotes).toBe('From the office\npaused 1\npaused 2\npaused 3');
  });

  it('looks through deliveries page by page, and sees none of other orgs', async () => {
    const filter = { connection: hub.connection };
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await hub.ask(searchDeliveries, { org: hub.org, filter, limit: 100, ...(cursor ? { cursor } : {}) });
      seen.push(...page.deliveries.map(({ id: one }) => one));
      cursor = page.next_cursor;
    } while (cursor);
    expect(seen.length).toBe(await hub.database.collection('deliveries').countDocuments(filter));
    expect(new Set(seen).size).toBe(seen.length);
    expect((await hub.ask(searchDeliveries, { org: 'org-other', filter })).deliveries).toEqual([]);
  });
});
