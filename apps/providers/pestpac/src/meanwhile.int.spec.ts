import { replayDeliveries } from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PpHub, aCard, aDisposition, mappings, openPpHub, triggers } from './testing/pp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: PpHub;
beforeAll(async () => {
  hub = await openPpHub(serversOfThisRun(), { settings: { retry_interval_seconds: 2 } });
});
afterAll(() => hub.close());
afterEach(async () => {
  hub.company.control.clearFaults();
  await hub.configure('mappings', mappings);
  await hub.configure('triggers', triggers);
});

type Body = Record<string, unknown>;
const optionsOf = (body: Body) => (body['choice'] as { options: { id: string }[] }).options.map(({ id }) => id);
const until = async ({ run }: Body, outcome: string) =>
  (
    await eventually(
      () => hub.call(`/runs/${String(run)}`),
      ({ body }) => body['outcome'] === outcome,
      25_000,
    )
  ).body;
const madeFor = (lead: string) => hub.company.control.records('locations', { InternalIdentifier: `cp:${lead}` });
const made = (lead: string) =>
  eventually(
    () => madeFor(lead).length,
    (count) => count === 1,
  );
const withoutLocationStep = () =>
  hub.configure(
    'triggers',
    triggers.map((each) =>
      each.actions[0] === 'Lead' ? { ...each, steps: { ...each.steps, location: false } } : each,
    ),
  );
function customer(phone: string, places = 1) {
  const who = { LastName: 'Marsh', FirstName: 'Una', Address: '9 Elm', City: 'Marlow', State: 'MA', Zip: '01000' };
  const whole = { ...who, Phone: phone, Branch: 'North' };
  const place = { ...whole, Division: 'RES', Source: 'WEB', Type: 'R' };
  const added = hub.company.control.addCustomer(whole as never, Array.from({ length: places }, () => place) as never);
  const billTo = Number(added.billTo['BillToID']);
  return { billTo, locations: added.locations.map((each) => Number(each['LocationID'])) };
}
const leadWith = (phone: string, action = 'Lead') => aDisposition(action, { fields: { Phone: phone } });

describe('a location whose answer was lost', () => {
  it('is found by what it was sent with, though phone and address are mapped from elsewhere by then', async () => {
    const fields = { Mobile: '', 'Work Phone': '(617) 444-7777', 'Address B': '99 Other Road' };
    const lead = aDisposition('Lead', { fields });
    hub.company.control.fault({ kind: 'cut', when: 'after', call: 'POST /Locations' });
    const posted = hub.disposition(lead);
    await made(lead.lead_id);
    const elsewhere: Record<string, string> = { Phone: 'Work Phone', Address: 'Address B' };
    await hub.configure(
      'mappings',
      mappings.map((row) => {
        const from = row.category === 'Location' ? elsewhere[row.pestpac_field] : undefined;
        return from === undefined ? row : { ...row, clickpoint_field: from };
      }),
    );
    await until((await posted).body, 'delivered');
    expect(madeFor(lead.lead_id)).toHaveLength(1);
  }, 60_000);

  it('is found and used, though the trigger makes no locations by then', async () => {
    const lead = aDisposition('Lead');
    hub.company.control.fault({ kind: 'cut', when: 'after', call: 'POST /Locations' });
    const posted = hub.disposition(lead);
    await made(lead.lead_id);
    await withoutLocationStep();
    const end = await until((await posted).body, 'delivered');
    expect((end['ids'] as Body)['location_id']).toBe(String(madeFor(lead.lead_id)[0]!['LocationID']));
  }, 60_000);
});

describe('a trigger that makes no locations any more while somebody chooses', () => {
  it('refuses a new one in words, and takes one that is there', async () => {
    customer('617-444-0110');
    const [first, second] = [
      await hub.disposition(leadWith('617-444-0110')),
      await hub.disposition(leadWith('617-444-0110')),
    ];
    await withoutLocationStep();
    const refused = await hub.choose(first.body['run'], 'new');
    expect([refused.body['outcome'], refused.body['code']]).toEqual(['refused', 'pestpac.no-location']);
    const option = optionsOf(second.body).find((id) => id.startsWith('location:'))!;
    expect((await hub.choose(second.body['run'], option)).body['outcome']).toBe('delivered');
  });
});

describe('a customer that PestPac does not show', () => {
  it('is known by the locations that it shows: these may be chosen, and nothing is added to it', async () => {
    const { billTo, locations } = customer('617-444-0120');
    hub.company.control.remove('billTos', billTo);
    const { body } = await hub.disposition(leadWith('617-444-0120'));
    expect(optionsOf(body)).toEqual([`location:${locations[0]}`, 'new']);
    const door = await hub.call('/locations?phone=6174440120');
    expect(door.body['customers']).toMatchObject([{ bill_to_id: billTo, locations: [{ location_id: locations[0] }] }]);
  });
});

describe('what somebody chose and PestPac does not show any more', () => {
  it('is asked for anew by what there is then: a location, then a customer', async () => {
    const [one, other] = [customer('617-444-0130', 2), customer('617-444-0130', 0)];
    const { body } = await hub.disposition(leadWith('617-444-0130'));
    const gone = one.locations[0]!;
    hub.company.control.remove('locations', gone);
    const again = await hub.choose(body['run'], `location:${gone}`);
    expect([again.body['outcome'], optionsOf(again.body).includes(`location:${gone}`)]).toEqual([
      'awaiting-choice',
      false,
    ]);
    hub.company.control.remove('billTos', other.billTo);
    const third = await hub.choose(body['run'], `billto:${other.billTo}`);
    expect(optionsOf(third.body)).not.toContain(`billto:${other.billTo}`);
    expect((third.body['choice'] as Body)['prompt']).toMatch(/not at PestPac any more/);
    const end = await hub.choose(body['run'], `location:${one.locations[1]}`);
    expect(end.body).toMatchObject({ outcome: 'delivered', ids: { location_id: String(one.locations[1]) } });
  });
});

describe('a list of codes that cannot be read', () => {
  it('stops no disposition at the door; the run is tried again until a title can be told from a code', async () => {
    await hub.restart();
    hub.company.control.fault({ kind: '503', call: 'GET /lookups/Divisions', count: 2 });
    const { body } = await hub.call('/dispositions', {
      ...{ method: 'POST', body: aDisposition('Lead', { fields: { Division: 'Residential' } }) },
      headers: { 'idempotency-key': 'codes-1', prefer: 'wait=1' },
    });
    expect(body['outcome']).toBe('running');
    const end = await until(body, 'delivered');
    const [location] = hub.company.control.records('locations', {
      LocationID: Number((end['ids'] as Body)['location_id']),
    });
    expect(location!['Division']).toBe('RES');
  }, 40_000);

  it('is left to PestPac where this user may not read it', async () => {
    await hub.restart();
    hub.company.control.fault({ kind: '403', call: 'GET /lookups/Divisions', count: 'forever' });
    expect((await hub.disposition(aDisposition('Lead'))).body['outcome']).toBe('delivered');
  });
});

describe('two runs at once', () => {
  it('of two leads with one phone make one customer: somebody is asked about the other', async () => {
    const before = hub.company.control.sizes();
    hub.company.control.fault({ kind: 'delay', ms: 300, call: 'POST /Locations' });
    const answers = await Promise.all([
      hub.disposition(leadWith('617-444-0199', 'Place')),
      hub.disposition(leadWith('617-444-0199', 'Place')),
    ]);
    expect(answers.map(({ body }) => body['outcome']).toSorted()).toEqual(['awaiting-choice', 'delivered']);
    expect(hub.company.control.sizes().billTos).toBe(before.billTos + 1);
  }, 30_000);

  it('that bring one card of one customer add it once', async () => {
    const { billTo, locations } = customer('617-444-0301');
    const sold = () => aDisposition('Sold', { fields: { Phone: '617-444-0301' }, card: aCard });
    const [one, other] = [await hub.disposition(sold()), await hub.disposition(sold())];
    hub.company.control.fault({
      ...{ kind: 'delay', ms: 700, count: 'forever', call: 'POST /BillTos/{billToId}/paymentAccounts' },
    });
    const option = `location:${locations[0]}`;
    const ends = await Promise.all([hub.choose(one.body['run'], option), hub.choose(other.body['run'], option)]);
    expect(ends.map(({ body }) => body['outcome'])).toEqual(['delivered', 'delivered']);
    expect(hub.company.control.records('cards', { BillToID: billTo })).toHaveLength(1);
  }, 30_000);

  it('of which one failed before it made its customer: its next try asks whoever was made meanwhile', async () => {
    const before = hub.company.control.sizes();
    hub.company.control.fault({ kind: '503', call: 'POST /Locations', count: 1 });
    const posted = hub.disposition(leadWith('617-444-0198', 'Place'));
    await eventually(
      () => hub.company.control.faults().length,
      (left) => left === 0,
    );
    expect((await hub.disposition(leadWith('617-444-0198', 'Place'))).body['outcome']).toBe('delivered');
    const { body } = await posted;
    const asked = body['outcome'] === 'running' ? await until(body, 'awaiting-choice') : body;
    expect(asked['outcome']).toBe('awaiting-choice');
    expect((await hub.choose(asked['run'], optionsOf(asked)[0]!)).body['outcome']).toBe('delivered');
    expect(hub.company.control.sizes().billTos).toBe(before.billTos + 1);
  }, 40_000);
});

describe('a run whose chosen customer cannot take a place', () => {
  it('is asked anew by a replay', async () => {
    const { billTo } = customer('617-444-0140');
    const { body } = await hub.disposition(leadWith('617-444-0140'));
    hub.company.control.fault({ kind: 'empty-400', call: 'POST /Locations' });
    expect((await hub.choose(body['run'], `billto:${billTo}`)).body['outcome']).toBe('refused');
    const deliveries = [String(body['run'])];
    await hub.ask(replayDeliveries, { org: hub.org, deliveries, by: 'adm', plan: false, send_again: false });
    await until(body, 'awaiting-choice');
  });
});
