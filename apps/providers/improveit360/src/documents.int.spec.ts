import { createHash, randomBytes } from 'node:crypto';
import type { HubEvent } from '@occ-hub/contracts';
import { eventually, deliveriesOf } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { objects } from './records.ts';
import { type I360Hub, openI360Hub } from './testing/i360-hub.ts';
import { ageGrants, passingTime } from './testing/passing-time.ts';
import { serversOfThisRun } from './testing/servers.ts';

const time = passingTime();
let hub: I360Hub;
let ledger: ReturnType<typeof deliveriesOf>;
beforeAll(async () => {
  hub = await openI360Hub(serversOfThisRun(), { simulator: { appointments: 0 }, now: time.now });
  ledger = deliveriesOf(hub);
  await hub.start();
  await hub.consent(hub.connection, hub.reps());
});
afterAll(() => hub.close());

/** An appointment of its own for each test. */
let id: string;
beforeEach(async () => {
  id = newAppointment();
  await ageGrants(hub);
  hub.control.forget();
});
afterEach(() => hub.control.clearFaults());

const newAppointment = () => hub.control.create(objects.appointment, { i360core__Status__c: 'Ran' }).Id;
let kept = 0;
const aDocument = (more: { bytes?: Buffer; title?: string; type?: 'proposal' | 'signable_document' } = {}) => {
  kept += 1;
  return hub.core.keep({ id: `doc_${kept}`, bytes: Buffer.from(`%PDF-1.7 ${kept}`), ...more });
};
const signed = (document = aDocument(), appointment = id): HubEvent =>
  hub.events.document({ appointment, startTime: hub.control.clock() }, document);
const filesOf = (appointment = id) => hub.control.files({ linkedTo: appointment });
const uploads = () => hub.control.calls({ kind: 'upload' });
const settleOne = async (event: HubEvent) => (await ledger.settle([event]))[0]!;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('a signed document', () => {
  it('becomes a file of the appointment with its bytes and its title, and its description says whose it is', async () => {
    const document = aDocument({ title: 'Vertrag für Frau O’Dell: 6 "Fenster" / 窗' });
    const told = await settleOne(signed(document));
    const [file, ...more] = filesOf();
    expect(more).toEqual([]);
    expect(file).toMatchObject({ title: document.title, sha256: document.sha256, size: document.size, linkedTo: [id] });
    expect(sha256(hub.control.fileContent(file!.versionId))).toBe(document.sha256);
    expect(told).toMatchObject({
      outcome: 'delivered',
      attempts: 1,
      vendor_ids: { content_version: file!.versionId, sales_appointment: id },
    });
    expect(hub.control.record('ContentVersion', file!.versionId)).toMatchObject({
      Description: `One Click Contractor document ${document.document_id}`,
      PathOnClient: `${document.title}.pdf`,
    });
  });

  it('of twelve megabytes arrives whole', async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\r\n--occ-'), randomBytes(12 * 1024 ** 2)]);
    const document = aDocument({ bytes });
    expect(await settleOne(signed(document))).toMatchObject({ outcome: 'delivered', attempts: 1 });
    expect(filesOf().map(({ size, sha256: digest }) => [size, digest])).toEqual([[bytes.length, document.sha256]]);
  });

  it('is stored once though its event comes twice', async () => {
    const event = signed();
    await ledger.settle([event, event]);
    await hub.publish([event]);
    await settleOne(signed());
    expect([filesOf().length, uploads().length]).toEqual([2, 2]);
  });

  it('is not sent where the preferences leave its type out', async () => {
    const connection = `${hub.connection}-choosy`;
    await hub.consent(connection, [], { attach_documents: ['proposal'] });
    const on = { appointment: id, startTime: hub.control.clock() };
    const events = hub.eventsOf(connection);
    const told = await ledger.settle([
      events.document(on, aDocument()),
      events.document(on, aDocument({ type: 'proposal', title: 'Proposal' })),
    ]);
    expect(told.map(({ outcome }) => outcome)).toEqual(['skipped', 'delivered']);
    expect(told[0]?.message).toMatch(/preferences leave this type out/);
    expect(filesOf().map(({ title }) => title)).toEqual(['Proposal']);
  });

  it('is not sent where its bytes are not those that were signed', async () => {
    const document = aDocument();
    hub.core.replaceBytes(document.document_id, Buffer.from('%PDF-1.7 forged'));
    expect(await settleOne(signed(document))).toMatchObject({ outcome: 'parked', code: 'document.digest-mismatch' });
    expect([filesOf().length, uploads().length]).toEqual([0, 0]);
  });

  it('of a deleted appointment is told with what to do', async () => {
    hub.control.remove(objects.appointment, id);
    const told = await settleOne(signed());
    expect(told).toMatchObject({ outcome: 'rejected', code: 'improveit360.entity-is-deleted', attempts: 1 });
    expect(told.message).toMatch(/does not have this record any more. If it was restored there, replay/);
  });
});

describe('an upload whose end nobody knows', () => {
  it.each([
    { what: 'its answer was lost', fault: { kind: 'lose' } },
    { what: 'its answer was cut', fault: { kind: 'cut' } },
    { what: 'Salesforce failed after it was stored', fault: { kind: 'error', when: 'after' } },
    { what: 'a page of maintenance came instead', fault: { kind: 'maintenance', when: 'after' } },
  ] as const)('because $what: the file is found, and there is one', async ({ fault }) => {
    hub.control.fault({ ...fault, calls: 'upload' });
    const told = await settleOne(signed());
    expect(told).toMatchObject({ outcome: 'delivered', attempts: 2 });
    const files = filesOf();
    expect(files).toHaveLength(1);
    expect(told.vendor_ids).toEqual({ content_document: files[0]!.documentId, sales_appointment: id });
    expect(uploads()).toHaveLength(1);
  });

  it('is found among the files of the office and of other documents', async () => {
    await ledger.settle([signed(), signed()]);
    hub.control.fault({ kind: 'lose', calls: 'upload' });
    const told = await settleOne(signed(aDocument({ title: 'Signed Agreement' })));
    expect(told).toMatchObject({ outcome: 'delivered', attempts: 2 });
    expect(filesOf()).toHaveLength(3);
    expect(told.vendor_ids['content_document']).toBe(filesOf().at(-1)!.documentId);
  });

  it('because the answer stalls: once it is given up the file is found, and there is one', async () => {
    hub.control.fault({ kind: 'stall', calls: 'upload' });
    const event = signed();
    await hub.publish([event]);
    await eventually(
      () => filesOf().length,
      (count) => count === 1,
    );
    // Longer than others take this process for alive: what it has in hand is ended, however long a call may take.
    await time.pass(hub, 30_000);
    const [told] = await ledger.settled([event]);
    expect(told).toMatchObject({ outcome: 'delivered', attempts: 2 });
    expect([filesOf().length, uploads().length]).toEqual([1, 1]);
  });

  it('because it never came in: is sent again, and there is one', async () => {
    hub.control.fault({ kind: 'drop', calls: 'upload' });
    expect(await settleOne(signed())).toMatchObject({ outcome: 'delivered', attempts: 2 });
    expect([filesOf().length, uploads().length]).toEqual([1, 2]);
  });
});

describe('documents of one appointment', () => {
  it('go out one after another and in order', async () => {
    hub.control.fault({ kind: 'delay', calls: 'upload', ms: 150, when: 'after', count: 'forever' });
    const mine = ['one', 'two', 'three', 'four'].map((title) => aDocument({ title }));
    await ledger.settle(mine.map((document) => signed(document)));
    expect(filesOf().map(({ title }) => title)).toEqual(mine.map(({ title }) => title));
    expect(mostAtOnce()).toBe(1);
  });

  it('do not keep those of other appointments waiting', async () => {
    hub.control.fault({ kind: 'delay', calls: 'upload', ms: 150, when: 'after', count: 'forever' });
    const appointments = [id, newAppointment(), newAppointment()];
    await ledger.settle([1, 2].flatMap(() => appointments.map((each) => signed(aDocument(), each))));
    expect(appointments.map((each) => filesOf(each).length)).toEqual([2, 2, 2]);
    expect(mostAtOnce()).toBeGreaterThan(1);
  });

  it('wait for a lock on it and are stored once', async () => {
    hub.control.lockRow({ record: id, count: 2 });
    const told = await settleOne(signed());
    expect(told).toMatchObject({ outcome: 'delivered', attempts: 3 });
    expect(filesOf()).toHaveLength(1);
    const { history } = await ledger.one(signedEvent(told.event_id));
    expect(history.map(({ code, outcome }) => code ?? outcome)).toEqual([
      'improveit360.unable-to-lock-row',
      'improveit360.unable-to-lock-row',
      'delivered',
    ]);
  });
});

/** How many uploads were under way at the same time. */
function mostAtOnce(): number {
  const spans = uploads().map(({ at, ms }) => ({ from: Date.parse(at), to: Date.parse(at) + ms! }));
  return Math.max(...spans.map(({ from }) => spans.filter((each) => each.from <= from && from < each.to - 1).length));
}

/** As much of an event as the ledger asks for. */
const signedEvent = (event: string) => ({ attributes: { id: event } }) as HubEvent;

describe('a token that ran out', () => {
  it('in an upload makes the whole of it go again, within the same attempt', async () => {
    const document = aDocument({ bytes: Buffer.concat([Buffer.from('%PDF-1.7'), randomBytes(3 * 1024 ** 2)]) });
    hub.control.fault({ kind: 'session', calls: 'upload' });
    expect(await settleOne(signed(document))).toMatchObject({ outcome: 'delivered', attempts: 1 });
    expect(uploads().map(({ status, bytesIn }) => [status, bytesIn])).toEqual([
      [401, uploads()[0]!.bytesIn],
      [201, uploads()[0]!.bytesIn],
    ]);
    expect(filesOf().map(({ sha256: digest }) => digest)).toEqual([document.sha256]);
    expect(hub.control.counts().token?.calls).toBe(1);
  });

  it('for real, while many documents go out, is replaced once', async () => {
    hub.control.expireAccessTokens();
    const appointments = Array.from({ length: 10 }, newAppointment);
    const bytes = () => Buffer.concat([Buffer.from('%PDF-1.7'), randomBytes(512 * 1024)]);
    const documents = appointments.map(() => aDocument({ bytes: bytes() }));
    const told = await ledger.settle(documents.map((document, index) => signed(document, appointments[index])));
    expect(told.map(({ outcome, attempts }) => `${outcome} ${attempts}`)).toEqual(documents.map(() => 'delivered 1'));
    expect(appointments.map((each) => filesOf(each).map(({ sha256: digest }) => digest))).toEqual(
      documents.map(({ sha256: digest }) => [digest]),
    );
    expect(hub.control.counts().token?.calls).toBe(1);
  });
});
