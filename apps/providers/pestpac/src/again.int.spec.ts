import { replayDeliveries } from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PpHub, aCard, aDisposition, mappings, openPpHub } from './testing/pp-hub.ts';
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

type Body = Record<string, unknown>;
const idsOf = (body: Body) => body['ids'] as Record<string, string>;
const replay = ({ run }: Body) =>
  hub.ask(replayDeliveries, { org: hub.org, deliveries: [String(run)], by: 'adm', plan: false, send_again: false });
const until = async ({ run }: Body, outcome: string) =>
  (
    await eventually(
      () => hub.call(`/runs/${String(run)}`),
      ({ body }) => body['outcome'] === outcome,
      25_000,
    )
  ).body;
/** How many of each kind were added since. */
function added() {
  const before = hub.company.control.sizes();
  return () => {
    const { locations, leads, tasks, orders, setups, cards } = hub.company.control.sizes();
    return [
      ...[locations - before.locations, leads - before.leads, tasks - before.tasks],
      ...[orders - before.orders, setups - before.setups, cards - before.cards],
    ];
  };
}

/** Every call of a run that makes something, and the one after the last. */
const calls = [
  ...['POST /Leads', 'POST /Tasks', 'POST /ServiceOrders', 'POST /ServiceSetups'],
  ...['POST /BillTos/{billToId}/paymentAccounts', 'PUT /ServiceSetups/{setupId}/paymentAccount'],
];

describe('a lead that is dispositioned again with the same action, since its run stopped half-way', () => {
  it.each(calls)(
    'has one of everything where %s was refused, also when the first run is replayed then',
    async (call) => {
      const made = added();
      const lead = aDisposition('Sold', { card: aCard });
      hub.company.control.fault({ kind: '403', call });
      const first = await hub.disposition(lead);
      expect(first.body['outcome']).toBe('refused');
      const second = await hub.disposition(lead);
      expect(second.body['outcome']).toBe('delivered');
      const all = made();
      // A setup brings its first visit, which is an order.
      expect(all).toEqual([1, 1, 1, 2, 1, 1]);
      await replay(first.body);
      const replayed = await until(first.body, 'delivered');
      expect(made()).toEqual(all);
      expect(idsOf(replayed)).toMatchObject({ lead_id: idsOf(second.body)['lead_id'] });
    },
  );

  it('has one of everything where the first run stopped in doubt, and PestPac cannot be asked', async () => {
    const made = added();
    const lead = aDisposition('Lead');
    hub.company.control.fault({ kind: '500', when: 'after', call: 'POST /Leads' });
    hub.company.control.fault({ kind: '500', call: 'GET /Locations/{id}/leads', count: 'forever' });
    const first = await hub.call('/dispositions', {
      ...{ method: 'POST', body: lead },
      headers: { 'idempotency-key': `doubt-${lead.lead_id}`, prefer: 'wait=60' },
    });
    const stopped = await until(first.body, 'failed');
    hub.company.control.clearFaults();
    const second = await hub.disposition(lead);
    expect([stopped['step'], second.body['outcome']]).toEqual(['create-lead', 'delivered']);
    await replay(first.body);
    await until(first.body, 'delivered');
    expect(made()).toEqual([1, 1, 0, 0, 0, 0]);
  }, 90_000);

  it('has one location where the first run stopped in doubt about it, also with another action', async () => {
    await hub.configure(
      'mappings',
      mappings.map((row) => ({ ...row, search: 'off' as const })),
    );
    const made = added();
    const lead = aDisposition('Lead');
    hub.company.control.fault({ kind: '500', when: 'after', call: 'POST /Locations' });
    hub.company.control.fault({ kind: '500', call: 'GET /Locations', count: 'forever' });
    const first = await hub.call('/dispositions', {
      ...{ method: 'POST', body: lead },
      headers: { 'idempotency-key': `doubt-${lead.lead_id}`, prefer: 'wait=60' },
    });
    await until(first.body, 'failed');
    hub.company.control.clearFaults();
    expect((await hub.disposition({ ...lead, action: 'Visit' })).body['outcome']).toBe('delivered');
    await replay(first.body);
    await until(first.body, 'delivered');
    expect(made()).toEqual([1, 1, 0, 1, 0, 0]);
  }, 90_000);
});

describe('a lead whose run with the same action was delivered', () => {
  it('has another of everything but the location', async () => {
    const made = added();
    const lead = aDisposition('Sold');
    expect((await hub.disposition(lead)).body['outcome']).toBe('delivered');
    expect((await hub.disposition(lead)).body['outcome']).toBe('delivered');
    expect(made()).toEqual([1, 2, 2, 4, 2, 0]);
  });

  it('also where one before that stays parked', async () => {
    const made = added();
    const lead = aDisposition('Lead');
    hub.company.control.fault({ kind: '403', call: 'POST /Leads' });
    await hub.disposition(lead);
    await hub.disposition(lead);
    await hub.disposition(lead);
    expect(made()).toEqual([1, 2, 0, 0, 0, 0]);
  });
});
