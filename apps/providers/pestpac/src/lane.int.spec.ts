import { abortDelivery, replayDeliveries } from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PpHub, aDisposition, mappings, openPpHub } from './testing/pp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: PpHub;
beforeAll(async () => {
  hub = await openPpHub(serversOfThisRun());
});
afterAll(() => hub.close());
afterEach(async () => {
  hub.company.control.clearFaults();
  await hub.configure('mappings', mappings);
});

type Ids = Record<string, string>;
type Body = Record<string, unknown>;
const idsOf = (body: Body) => body['ids'] as Ids;
const optionsOf = (body: Body) => (body['choice'] as { options: { id: string }[] }).options.map(({ id }) => id);
const replay = ({ run }: Body) =>
  hub.ask(replayDeliveries, { org: hub.org, deliveries: [String(run)], by: 'adm', plan: false, send_again: false });
const until = async ({ run }: Body, outcome: string) =>
  (
    await eventually(
      () => hub.call(`/runs/${String(run)}`),
      ({ body }) => body['outcome'] === outcome,
    )
  ).body;
const searchOff = () =>
  hub.configure(
    'mappings',
    mappings.map((row) => ({ ...row, search: 'off' })),
  );
/** How many of each kind were added since. */
function added() {
  const before = hub.company.control.sizes();
  return () => {
    const after = hub.company.control.sizes();
    return {
      locations: after.locations - before.locations,
      billTos: after.billTos - before.billTos,
      leads: after.leads - before.leads,
    };
  };
}
const refuseLeads = () => hub.company.control.fault({ kind: '403', call: 'POST /Leads' });
const locationOfOption = (option: string) => Number(option.split(':')[1]);

describe('a lead whose first disposition failed after its location was made', () => {
  it.each(['parked', 'aborted'])('has that location in the next one, while the first is %s', async (state) => {
    await searchOff();
    const made = added();
    refuseLeads();
    const lead = aDisposition('Lead');
    const first = await hub.disposition(lead);
    expect(first.body['step']).toBe('create-lead');
    if (state === 'aborted')
      await hub.ask(abortDelivery, { org: hub.org, delivery: String(first.body['run']), by: 'adm', reason: 'no' });
    const second = await hub.disposition(lead);
    expect(second.body['outcome']).toBe('delivered');
    expect(made()).toEqual({ locations: 1, billTos: 1, leads: 1 });
    if (state === 'aborted') return;
    await replay(first.body);
    const replayed = await until(first.body, 'delivered');
    expect(idsOf(replayed)['location_id']).toBe(idsOf(second.body)['location_id']);
    expect(made()).toEqual({ locations: 1, billTos: 1, leads: 1 });
  });

  it('has one location also where the first had decided for a new one and could not make it', async () => {
    await searchOff();
    const made = added();
    hub.company.control.fault({ kind: '403', call: 'POST /Locations' });
    const lead = aDisposition('Place');
    const first = await hub.disposition(lead);
    expect((await hub.disposition(lead)).body['outcome']).toBe('delivered');
    await replay(first.body);
    await until(first.body, 'delivered');
    expect(made()).toEqual({ locations: 1, billTos: 1, leads: 0 });
  });
});

describe('a location that is deleted', () => {
  const known = (phone: string) => {
    const { company } = hub;
    const customer = { LastName: 'Marsh', Phone: phone, Branch: 'North' };
    company.control.addCustomer(customer as never, [{ ...customer, Division: 'RES', Type: 'R' } as never]);
    return aDisposition('Lead', { fields: { Phone: phone } });
  };

  it('after it was checked and the lead was refused is asked for anew by a replay', async () => {
    const { body } = await hub.disposition(known('617-555-0192'));
    const option = optionsOf(body).find((id) => id.startsWith('location:'))!;
    refuseLeads();
    expect((await hub.choose(body['run'], option)).body['step']).toBe('create-lead');
    hub.company.control.remove('locations', locationOfOption(option));
    await replay(body);
    expect(optionsOf(await until(body, 'awaiting-choice'))).not.toContain(option);
  });

  it('after an earlier run made it is looked for anew, by the next run and by a replay', async () => {
    await searchOff();
    const lead = aDisposition('Lead');
    const first = idsOf((await hub.disposition(lead)).body);
    refuseLeads();
    const second = await hub.disposition(lead);
    hub.company.control.remove('locations', Number(first['location_id']));
    await replay(second.body);
    const replayed = idsOf(await until(second.body, 'delivered'));
    expect(replayed['location_id']).not.toBe(first['location_id']);
    const third = idsOf((await hub.disposition(lead)).body);
    expect(third['location_id']).toBe(replayed['location_id']);
  });

  it('is not asked for anew where somebody chose it and PestPac was only away', async () => {
    const { body } = await hub.disposition(known('617-555-0193'));
    const option = optionsOf(body).find((id) => id.startsWith('location:'))!;
    hub.company.control.fault({ kind: '503', call: 'POST /Leads', count: 9 });
    expect((await hub.choose(body['run'], option)).body['step']).toBe('create-lead');
    hub.company.control.clearFaults();
    await replay(body);
    expect(`location:${idsOf(await until(body, 'delivered'))['location_id']}`).toBe(option);
  }, 40_000);
});
