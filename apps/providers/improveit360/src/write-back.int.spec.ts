import { deliveriesOf } from '@occ-hub/provider-kit/testing';
import { type Appointment, AppointmentUpserted, type HubEvent, replayDeliveries } from '@occ-hub/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { objects } from './records.ts';
import { type I360Hub, openI360Hub } from './testing/i360-hub.ts';
import { type OpportunitySaid, opportunityResulted } from './testing/opportunity-events.ts';
import { ageGrants } from './testing/passing-time.ts';
import { serversOfThisRun } from './testing/servers.ts';

const status = 'i360core__Status__c';
const detail = 'i360core__Status_Detail__c';
const result = 'i360core__Result__c';
const resultDetail = 'i360core__Result_Detail__c';
const sale = 'i360core__Sale__c';

const statuses = ['Scheduled', 'Confirmed', 'Rescheduled', 'On Hold', 'Canceled', 'Ran', 'Not Ran'];

let hub: I360Hub;
let ledger: ReturnType<typeof deliveriesOf>;
beforeAll(async () => {
  hub = await openI360Hub(serversOfThisRun(), { simulator: { appointments: 20 } });
  ledger = deliveriesOf(hub);
  await hub.start();
  await hub.consent(hub.connection, hub.reps());
});
afterAll(() => hub.close());

/** An appointment and an opportunity of their own for each test. */
let id: string;
let opportunity: string;
beforeEach(() => {
  id = hub.control.create(objects.appointment, { [status]: 'Confirmed' }).Id;
  opportunity = hub.control.create(objects.opportunity, { [result]: 'Open' }).Id;
  hub.control.forget();
});
afterEach(() => {
  hub.control.clearFaults();
  hub.control.clearRules(objects.appointment);
  hub.control.showField(objects.appointment, detail);
  hub.control.setPicklist(objects.appointment, status, statuses);
});

const startTime = () => hub.control.clock();
const resulted = (what: string, reason = '', appointment = id): HubEvent =>
  hub.events.result({ appointment, startTime: startTime() }, what, reason);
const sold = (more: Partial<OpportunitySaid> = {}): HubEvent =>
  opportunityResulted(hub.org, {
    ...{ connection: hub.connection, appointment: id, opportunity, startTime: startTime() },
    ...{ result: 'Sold', confirmed: true, ...more },
  });
const settleOne = async (event: HubEvent) => (await ledger.settle([event]))[0]!;
const appointment = () => hub.control.record(objects.appointment, id);
const opportunityNow = () => hub.control.record(objects.opportunity, opportunity);
const patches = () => hub.control.counts().update?.calls ?? 0;
const sales = () =>
  hub.control.records(sale).filter(({ i360core__Sales_Opportunity__c: of }) => of === opportunity).length;
const replay = (event: HubEvent, more: object = {}) =>
  hub.ask(replayDeliveries, {
    org: hub.org,
    deliveries: [event.attributes.id],
    by: 'ops@example.test',
    ...more,
  });

describe('the result of an appointment', () => {
  it('goes out with its detail as one change of both fields', async () => {
    const told = await settleOne(resulted('Ran', 'Demoed, Not Sold'));
    expect(told).toMatchObject({ outcome: 'delivered', attempts: 1, vendor_ids: { sales_appointment: id } });
    expect(hub.control.writes({ id }).map(({ kind, fields }) => [kind, fields])).toEqual([
      ['update', { [status]: 'Ran', [detail]: 'Demoed, Not Sold' }],
    ]);
    expect(appointment()).toMatchObject({ [status]: 'Ran', [detail]: 'Demoed, Not Sold' });
  });

  it('takes the old detail away where it has none of its own', async () => {
    hub.control.update(objects.appointment, id, { fields: { [status]: 'Ran', [detail]: 'Follow-up' } });
    await settleOne(resulted('Not Ran'));
    expect(hub.control.writes({ id }).map(({ fields }) => fields)).toEqual([{ [status]: 'Not Ran', [detail]: null }]);
    expect(appointment()).toMatchObject({ [status]: 'Not Ran', [detail]: null });
  });

  it('replaces what the office has entered meanwhile, and says what that was', async () => {
    hub.control.update(objects.appointment, id, { fields: { [status]: 'Ran', [detail]: 'One Leg' } });
    const told = await settleOne(resulted('Ran', 'No Show'));
    expect(told.vendor_ids).toEqual({ sales_appointment: id, replaced: 'Ran / One Leg' });
    expect(appointment()).toMatchObject({ [status]: 'Ran', [detail]: 'No Show' });
  });

  it('is not written where it stands already', async () => {
    hub.control.update(objects.appointment, id, { fields: { [status]: 'Ran', [detail]: 'No Show' } });
    const told = await settleOne(resulted('Ran', 'No Show'));
    expect(told).toMatchObject({ outcome: 'delivered', vendor_ids: { sales_appointment: id } });
    expect(patches()).toBe(0);
  });

  it.each(['lose', 'cut'] as const)('is written once though its answer is lost (%s)', async (kind) => {
    hub.control.fault({ kind, calls: 'update' });
    const told = await settleOne(resulted('Ran', 'No Show'));
    expect(told).toMatchObject({ outcome: 'delivered', attempts: 2 });
    expect([patches(), hub.control.writes({ id }).length]).toEqual([1, 1]);
  });

  it('is sent again where it never came in', async () => {
    hub.control.fault({ kind: 'drop', calls: 'update' });
    const told = await settleOne(resulted('Ran', 'No Show'));
    expect(told).toMatchObject({ outcome: 'delivered', attempts: 2 });
    expect(hub.control.writes({ id })).toHaveLength(1);
  });

  it('is tried again while somebody else has the record locked', async () => {
    hub.control.lockRow({ record: id });
    const told = await settleOne(resulted('Canceled', 'Customer asked'));
    expect(told).toMatchObject({ outcome: 'delivered', attempts: 2 });
    expect((await ledger.one(ledgerEvent(told.event_id))).history[0]?.code).toBe('improveit360.unable-to-lock-row');
    expect(appointment()).toMatchObject({ [status]: 'Canceled', [detail]: 'Customer asked' });
  });
});

/** As much of an event as the ledger asks for. */
const ledgerEvent = (event: string) => ({ attributes: { id: event } }) as HubEvent;

describe('a result that the company does not have', () => {
  it('is refused before anything is sent, and named', async () => {
    const told = await settleOne(resulted('Vanished'));
    expect(told).toMatchObject({ outcome: 'rejected', code: 'improveit360.result-unlisted' });
    expect(told.message).toMatch(/no result "Vanished".*Choose another one in One Click Contractor/);
    expect(patches()).toBe(0);
  });

  it('is refused, too, where only the detail does not go with it', async () => {
    const told = await settleOne(resulted('Ran', 'Customer asked'));
    expect(told).toMatchObject({ outcome: 'rejected', code: 'improveit360.result-unlisted' });
    expect(told.message).toMatch(/no detail "Customer asked" for the result "Ran"/);
    const ofOpportunity = await settleOne(sold({ result: 'Not Sold', detail: 'Cash' }));
    expect(ofOpportunity.message).toMatch(/no detail "Cash" for the result "Not Sold"/);
    expect(patches()).toBe(0);
  });

  it('because it was taken from the list a moment ago, is refused by Salesforce, and the words say what to do', async () => {
    await settleOne(resulted('Ran'));
    hub.control.setPicklist(
      objects.appointment,
      status,
      statuses.filter((each) => each !== 'Rescheduled'),
    );
    const told = await settleOne(resulted('Rescheduled'));
    expect(told).toMatchObject({
      outcome: 'rejected',
      code: 'improveit360.invalid-or-null-for-restricted-picklist',
    });
    expect(told.message).toMatch(/does not have this result any more. Refresh the lists, choose another one/);
    await hub.sync(hub.connection);
    hub.control.forget();
    expect((await settleOne(resulted('Rescheduled'))).code).toBe('improveit360.result-unlisted');
    expect(patches()).toBe(0);
  });

  it('as far as the hub remembers, but has it by now, is written', async () => {
    await settleOne(resulted('Ran'));
    hub.control.setPicklist(objects.appointment, status, [...statuses, 'Brand New']);
    expect(await settleOne(resulted('Brand New'))).toMatchObject({ outcome: 'delivered' });
    expect(appointment()).toMatchObject({ [status]: 'Brand New', [detail]: null });
  });
});

describe('the result of an opportunity', () => {
  it('goes out with its detail as one change of both fields', async () => {
    const told = await settleOne(sold({ result: 'Not Sold', detail: 'Later, not now', confirmed: false }));
    expect(told).toMatchObject({
      outcome: 'delivered',
      vendor_ids: { sales_opportunity: opportunity, replaced: 'Open' },
    });
    expect(hub.control.writes({ id: opportunity }).map(({ fields }) => fields)).toEqual([
      { [result]: 'Not Sold', [resultDetail]: 'Later, not now' },
    ]);
    expect(sales()).toBe(0);
  });

  it('is not sent as Sold where nobody confirmed it', async () => {
    const told = await settleOne(sold({ confirmed: false }));
    expect(told).toMatchObject({ outcome: 'rejected', code: 'improveit360.sold-unconfirmed' });
    expect([patches(), sales()]).toEqual([0, 0]);
    expect(opportunityNow()[result]).toBe('Open');
  });

  it('makes one Sale as Sold that was confirmed, however often the event comes', async () => {
    const event = sold({ detail: 'Financed' });
    await hub.publish([event, event]);
    expect((await ledger.settled([event]))[0]).toMatchObject({ outcome: 'delivered', attempts: 1 });
    await settleOne(sold({ detail: 'Financed' }));
    expect([patches(), sales()]).toEqual([1, 1]);
    expect(opportunityNow()).toMatchObject({ [result]: 'Sold', [resultDetail]: 'Financed' });
  });

  it.each(['lose', 'cut'] as const)('is found as Sold where the answer was lost (%s): still one Sale', async (kind) => {
    hub.control.fault({ kind, calls: 'update' });
    expect(await settleOne(sold())).toMatchObject({ outcome: 'delivered', attempts: 2 });
    expect([patches(), sales()]).toEqual([1, 1]);
  });

  it('is found as Sold where Salesforce failed after it was written: still one Sale', async () => {
    hub.control.fault({ kind: 'error', calls: 'update', when: 'after' });
    expect(await settleOne(sold())).toMatchObject({ outcome: 'delivered', attempts: 2 });
    expect([patches(), sales()]).toEqual([1, 1]);
  });

  it('is left to a person where nobody can tell whether Sold arrived; "send again" sells once', async () => {
    hub.control.fault({ kind: 'drop', calls: 'update' });
    const event = sold();
    expect(await settleOne(event)).toMatchObject({ outcome: 'parked', code: 'ledger.uncertain' });
    expect(await ledger.one(event)).toMatchObject({ state: 'uncertain' });
    await replay(event);
    await ledger.until(event, ({ state, replays }) => state === 'uncertain' && replays.length === 1);
    expect([patches(), sales()]).toEqual([1, 0]);

    await replay(event, { send_again: true });
    await ledger.until(event, ({ state }) => state === 'delivered');
    expect([sales(), opportunityNow()[result]]).toEqual([1, 'Sold']);
  });

  it.each([
    { what: 'the record was locked', break: () => void hub.control.lockRow({ record: opportunity }), attempts: 2 },
    {
      what: 'the look before it failed',
      break: () => void hub.control.fault({ kind: 'drop', calls: 'read' }),
      attempts: 2,
    },
    {
      what: 'Salesforce has maintenance',
      break: () => void hub.control.fault({ kind: 'maintenance', count: 2 }),
      attempts: 3,
    },
    {
      what: 'its token ran out in between',
      break: () => void hub.control.fault({ kind: 'session', calls: 'update' }),
      attempts: 1,
    },
  ])('goes out as Sold by itself where it surely did not arrive: $what', async ({ break: breakIt, attempts }) => {
    breakIt();
    await ageGrants(hub);
    expect(await settleOne(sold())).toMatchObject({ outcome: 'delivered', attempts });
    expect(sales()).toBe(1);
  });

  it('is never changed where it is Sold, not even its detail', async () => {
    await settleOne(sold({ detail: 'Cash' }));
    hub.control.forget();
    for (const said of [{ result: 'Not Sold', detail: 'Price' }, { detail: 'Financed' }, { detail: '' }]) {
      const told = await settleOne(sold(said));
      expect(told).toMatchObject({ outcome: 'rejected', code: 'improveit360.sold-already' });
      expect(told.message).toMatch(/do it in improveit360/);
    }
    expect([patches(), sales()]).toEqual([0, 1]);
    expect(opportunityNow()).toMatchObject({ [result]: 'Sold', [resultDetail]: 'Cash' });
  });
});

describe('a record that cannot be written to', () => {
  it('because it was deleted, is told with what to do, and goes out after it was restored and replayed', async () => {
    hub.control.remove(objects.appointment, id);
    const event = resulted('Ran', 'No Show');
    const told = await settleOne(event);
    expect(told).toMatchObject({ outcome: 'rejected', attempts: 1 });
    expect(told.message).toMatch(/does not have this record any more. If it was restored there, replay/);
    hub.control.undelete(objects.appointment, id);
    await replay(event);
    await ledger.until(event, ({ state }) => state === 'delivered');
    expect(appointment()).toMatchObject({ [status]: 'Ran', [detail]: 'No Show' });
  });

  it('because even the recycle bin does not have it, is told, too', async () => {
    hub.control.hardDelete(objects.appointment, id);
    const told = await settleOne(resulted('Ran'));
    expect(told).toMatchObject({ outcome: 'rejected', code: 'improveit360.not-found' });
    expect(told.message).toMatch(/does not have this record any more/);
  });

  it.each([
    { flow: false, code: 'improveit360.field-custom-validation-exception' },
    { flow: true, code: 'improveit360.cannot-execute-flow-trigger' },
  ])(
    "because of a rule of the company's, is told in its words without people's data ($code)",
    async ({ flow, code }) => {
      const message = 'Confirm by phone first: dana.whitfield@example.com, (410) 555-0142.';
      hub.control.addRule(objects.appointment, { message, when: { [status]: 'Ran' }, flow });
      const event = resulted('Ran', 'No Show');
      const told = await settleOne(event);
      expect(told).toMatchObject({ outcome: 'rejected', code });
      expect(told.message).toMatch(/A rule of the company.*Confirm by phone first/);
      const shown = JSON.stringify([told, await ledger.one(event)]);
      expect(shown).not.toContain('dana.whitfield');
      expect(shown).not.toContain('555-0142');
      expect(appointment()[status]).toBe('Confirmed');
    },
  );

  it('because its field may only be read, is told in words that an administrator understands', async () => {
    const field = {
      name: status,
      type: 'picklist',
      picklist: { restricted: true, entries: [{ value: 'Ran' }] },
    } as const;
    hub.control.addField(objects.appointment, { ...field, updateable: false });
    const told = await settleOne(resulted('Ran'));
    hub.control.addField(objects.appointment, field);
    expect(told).toMatchObject({ outcome: 'rejected', code: 'improveit360.invalid-field-for-insert-update' });
    expect(told.message).toMatch(
      /may not do this in Salesforce. Ask its administrator, then replay.*i360core__Status__c/,
    );
    expect(patches()).toBe(1);
  });

  it('because its field was hidden a moment ago, is told with what to give the hub’s user', async () => {
    await settleOne(resulted('Ran', 'No Show'));
    hub.control.hideField(objects.appointment, detail);
    const told = await settleOne(resulted('Not Ran', 'One Leg'));
    expect(told).toMatchObject({ outcome: 'rejected', code: 'improveit360.schema.field-missing' });
    expect(told.message).toMatch(/i360core__Status_Detail__c.*Give that user access/);
  });
});

/** What the hub has published of appointments so far. */
const published = async () => {
  await hub.mark();
  return hub.heardOf(AppointmentUpserted.type).map(({ data }) => (data as { appointment: Appointment }).appointment);
};

describe('what the hub wrote', () => {
  it('comes back as no change', async () => {
    await hub.sync(hub.connection);
    const before = await published();
    const written = before.at(-1)!.external_id;
    await ledger.settle([resulted('Not Ran', 'No Show', written)]);
    expect(hub.control.writes({ id: written })).toHaveLength(1);
    expect(await hub.sync(hub.connection)).toMatchObject({ state: 'done', changed: 0 });
    expect(await published()).toHaveLength(before.length);
  });

  it('comes back on an opportunity as what was written, once', async () => {
    await hub.sync(hub.connection);
    const before = await published();
    const written = before.at(-1)!;
    const { id: ofThem } = written.sales_opportunities[0]!;
    const on = { appointment: written.external_id, opportunity: ofThem };
    await ledger.settle([sold({ ...on, result: 'Not Sold', detail: 'Price', confirmed: false })]);
    expect(await hub.sync(hub.connection)).toMatchObject({ state: 'done', changed: 1 });
    const [again, ...more] = (await published()).slice(before.length);
    expect(more).toEqual([]);
    expect(again?.sales_opportunities.find(({ id: each }) => each === ofThem)).toMatchObject({
      result: 'Not Sold',
      result_detail: 'Price',
    });
    expect(await hub.sync(hub.connection)).toMatchObject({ state: 'done', changed: 0 });
  });
});
