import { type HubEvent, replayDeliveries } from '@occ-hub/contracts';
import { eventually, type Child, startChild, deliveriesOf } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { objects } from './records.ts';
import { type I360Hub, openI360Hub } from './testing/i360-hub.ts';
import { opportunityResulted } from './testing/opportunity-events.ts';
import { serversOfThisRun } from './testing/servers.ts';

const main = new URL('main.ts', import.meta.url);

/** What a dead process had in hand is taken over ten seconds after its last sign of life. */
const withinMs = 40_000;
const status = 'i360core__Status__c';
const result = 'i360core__Result__c';

let hub: I360Hub;
let ledger: ReturnType<typeof deliveriesOf>;
const children: Child[] = [];
beforeAll(async () => {
  hub = await openI360Hub(serversOfThisRun(), { simulator: { appointments: 0 } });
  ledger = deliveriesOf(hub);
  const here = await hub.start();
  await hub.consent(hub.connection, []);
  // From here on the provider is a process of its own.
  await here.stop();
});
let first: Child;
beforeEach(async () => {
  hub.control.forget();
  first = await start();
});
afterEach(async () => {
  hub.control.clearFaults();
  await Promise.all(children.splice(0).map((child) => child.kill()));
});
afterAll(() => hub.close());

async function start(more: Readonly<Record<string, string>> = {}): Promise<Child> {
  const child = await startChild(main, { ...hub.env, ...more });
  children.push(child);
  return child;
}

const startTime = () => hub.control.clock();
const newAppointment = () => hub.control.create(objects.appointment, { [status]: 'Confirmed' }).Id;
const newOpportunity = () => hub.control.create(objects.opportunity, { [result]: 'Open' }).Id;
let kept = 0;
const signed = (appointment: string, bytes = Buffer.from(`%PDF-1.7 ${kept}`)): HubEvent => {
  const document = hub.core.keep({ id: `doc_${(kept += 1)}`, bytes });
  return hub.events.document({ appointment, startTime: startTime() }, document);
};
const sold = (appointment: string, opportunity: string): HubEvent => {
  const on = { connection: hub.connection, appointment, opportunity, startTime: startTime() };
  return opportunityResulted(hub.org, { ...on, result: 'Sold', detail: 'Cash', confirmed: true });
};
const filesOf = (appointment: string) => hub.control.files({ linkedTo: appointment });
const salesOf = (opportunity: string) =>
  hub.control.records('i360core__Sale__c').filter((row) => row['i360core__Sales_Opportunity__c'] === opportunity);
const calls = (kind: 'upload' | 'update') => hub.control.calls({ kind }).length;
const isSame = (wanted: number) => (count: number) => count === wanted;

describe('a process that is killed', () => {
  it('after Salesforce stored its upload, before it was told: the file is found, and there is one', async () => {
    const appointment = newAppointment();
    hub.control.fault({ kind: 'delay', calls: 'upload', when: 'after', ms: 120_000 });
    const event = signed(appointment);
    await hub.publish([event]);
    await eventually(() => filesOf(appointment).length, isSame(1));
    await first.kill();
    await start();
    const [told] = await ledger.settled([event], withinMs);
    expect(told).toMatchObject({
      outcome: 'delivered',
      vendor_ids: { content_document: filesOf(appointment)[0]!.documentId },
    });
    expect([filesOf(appointment).length, calls('upload')]).toEqual([1, 1]);
  }, 60_000);

  it('in the middle of the bytes: the upload is sent again whole, and there is one file', async () => {
    const appointment = newAppointment();
    hub.control.fault({ kind: 'delay', calls: 'upload', when: 'before', ms: 4_000 });
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(12 * 1024 ** 2, 'occ hub')]);
    const event = signed(appointment, bytes);
    await hub.publish([event]);
    await eventually(() => calls('upload'), isSame(1));
    await first.kill();
    await start();
    expect((await ledger.settled([event], withinMs))[0]).toMatchObject({ outcome: 'delivered' });
    expect(filesOf(appointment).map(({ size }) => size)).toEqual([bytes.length]);
    expect(calls('upload')).toBe(2);
  }, 60_000);

  it('is given time: Salesforce may still be at its upload, and is asked only a while after the death was noticed', async () => {
    const appointment = newAppointment();
    hub.control.fault({ kind: 'delay', calls: 'upload', when: 'after', ms: 120_000 });
    const event = signed(appointment);
    await hub.publish([event]);
    await eventually(() => filesOf(appointment).length, isSame(1));
    await first.kill();
    const killedAt = Date.now();
    await start({ IN_DOUBT_WAIT_MS: '10000' });
    expect((await ledger.settled([event], withinMs))[0]).toMatchObject({ outcome: 'delivered' });
    // Seven and a half seconds at least until it is noticed.
    expect(Date.now() - killedAt).toBeGreaterThan(17_000);
    expect([filesOf(appointment).length, calls('upload')]).toEqual([1, 1]);
  }, 90_000);

  it('after Sold was written, before it was told: it is found as Sold, and there is one Sale', async () => {
    const [appointment, opportunity] = [newAppointment(), newOpportunity()];
    hub.control.fault({ kind: 'delay', calls: 'update', when: 'after', ms: 120_000 });
    const event = sold(appointment, opportunity);
    await hub.publish([event]);
    await eventually(() => salesOf(opportunity).length, isSame(1));
    await first.kill();
    await start();
    expect((await ledger.settled([event], withinMs))[0]).toMatchObject({ outcome: 'delivered' });
    expect([salesOf(opportunity).length, calls('update')]).toEqual([1, 1]);
  }, 60_000);

  it('before Sold was written: a person is asked, nothing is sold by itself, and "send again" sells once', async () => {
    const [appointment, opportunity] = [newAppointment(), newOpportunity()];
    hub.control.fault({ kind: 'delay', calls: 'update', when: 'before', ms: 4_000 });
    const event = sold(appointment, opportunity);
    await hub.publish([event]);
    await eventually(() => calls('update'), isSame(1));
    await first.kill();
    await start();
    expect((await ledger.settled([event], withinMs))[0]).toMatchObject({ outcome: 'parked', code: 'ledger.uncertain' });
    expect([salesOf(opportunity).length, calls('update')]).toEqual([0, 1]);
    const asked = { org: hub.org, deliveries: [event.attributes.id], by: 'ops@example.test', send_again: true };
    await hub.ask(replayDeliveries, asked);
    await ledger.until(event, ({ state }) => state === 'delivered');
    expect([salesOf(opportunity).length, calls('update')]).toEqual([1, 2]);
  }, 60_000);

  it('in the middle of ninety writes loses none and doubles neither file nor Sale', async () => {
    const jobs = Array.from({ length: 30 }, () => ({ appointment: newAppointment(), opportunity: newOpportunity() }));
    const events = [
      ...jobs.map(({ appointment }) => hub.events.result({ appointment, startTime: startTime() }, 'Ran', 'Sold')),
      ...jobs.map(({ appointment }) => signed(appointment)),
      ...jobs.map(({ appointment, opportunity }) => sold(appointment, opportunity)),
    ];
    hub.control.fault({ kind: 'delay', ms: 30, count: 'forever' });
    hub.control.fault({ kind: 'delay', calls: 'write', ms: 60, when: 'after', count: 'forever' });
    await hub.publish(events);
    await eventually(
      () => jobs.filter(({ appointment }) => filesOf(appointment).length > 0).length,
      (n) => n >= 8,
      20_000,
    );
    await first.kill();
    await start();
    await eventually(
      () => jobs.filter(({ opportunity }) => salesOf(opportunity).length > 0).length,
      (count) => count >= 8,
      withinMs,
    );
    await children.at(-1)!.kill();
    const last = await start();
    const told = await ledger.settled(events, withinMs);
    // A Sold that had not arrived when its process died is a person's to look at; it is in nobody's books, then.
    const uncertain = told.filter(({ code }) => code === 'ledger.uncertain').map(({ event_id: id }) => id);
    const doubtful = jobs.filter((_job, index) => uncertain.includes(events[60 + index]!.attributes.id));
    expect(told.filter(({ outcome }) => outcome !== 'delivered')).toHaveLength(doubtful.length);
    for (const job of jobs) {
      expect(filesOf(job.appointment)).toHaveLength(1);
      expect(hub.control.record(objects.appointment, job.appointment)).toMatchObject({ [status]: 'Ran' });
      expect(salesOf(job.opportunity)).toHaveLength(doubtful.includes(job) ? 0 : 1);
    }
    expect(last.lines.join('\n')).toContain('a process died with deliveries in hand');
  }, 120_000);
});
