import { LeadSubmitted, WriteSettled, eventOf, getDelivery, leadSubject, replayDeliveries } from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import type { FaultOrder } from '@occ-hub/simulator-pestpac';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PpHub, aCard, aDisposition, openPpHub } from './testing/pp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: PpHub;
beforeAll(async () => {
  hub = await openPpHub(serversOfThisRun(), { settings: { retry_attempts: 10 } });
});
afterAll(() => hub.close());
afterEach(() => hub.company.control.clearFaults());

describe('an event over the bus whose name holds a control character', () => {
  it('holds nobody up', async () => {
    const lead = (id: string) =>
      eventOf(
        LeadSubmitted,
        {
          ...{ id, source: '/test', orgid: hub.org, connectionid: hub.connection, provider: 'pestpac' },
          ...{ subject: leadSubject({ org: hub.org, provider: 'pestpac', key: id }), origin: 'occ' },
          time: new Date(0).toISOString(),
        },
        { lead_key: id, crm: 'pestpac', door: 'disposition', variables: { 'field:a': 'x' } },
      );
    const odd = lead('evt-nul');
    await hub.publish([{ ...odd, data: { ...odd.data, variables: { 'a\u0000b': 'x' } } }, lead('evt-fine')]);
    const deliveries = hub.database.collection('deliveries');
    await eventually(
      () => deliveries.findOne({ _id: 'evt-fine' as never }),
      (found) => found !== null,
    );
    expect(await deliveries.findOne({ _id: 'evt-nul' as never })).toBeNull();
  });
});

/** Every call of a run that makes or changes something. */
const writes = [
  'POST /Locations',
  'POST /Leads',
  'POST /Tasks',
  'POST /ServiceOrders',
  'POST /ServiceSetups',
  'POST /BillTos/{billToId}/paymentAccounts',
  'PUT /ServiceSetups/{setupId}/paymentAccount',
];

async function ended(run: unknown): Promise<Record<string, unknown>> {
  const answer = await eventually(
    () => hub.call(`/runs/${String(run)}`),
    ({ body }) => body['outcome'] !== 'running',
    25_000,
  );
  return answer.body;
}

/** What one run of `Sold` adds, exactly. */
function expectOnceMore(before: ReturnType<PpHub['company']['control']['sizes']>): void {
  const { billTos, locations, leads, tasks, orders, setups, cards, ...rest } = before;
  const more = { billTos: billTos + 1, locations: locations + 1, leads: leads + 1, tasks: tasks + 1 };
  // The recurring service brings its first visit along.
  const sold = { orders: orders + 2, setups: setups + 1, cards: cards + 1 };
  expect(hub.company.control.sizes()).toEqual({ ...rest, ...more, ...sold });
}

describe('at every call that makes something, PestPac', () => {
  it.each<[string, Omit<FaultOrder, 'call'>]>([
    ['does it and is cut off', { kind: 'cut', when: 'after' }],
    ['is cut off before', { kind: 'cut', when: 'before' }],
    ['does it and says 500', { kind: '500', when: 'after' }],
    ['does it and shows a page', { kind: 'html', when: 'after' }],
    ['answers by half', { kind: 'truncated' }],
    ['says 503', { kind: '503' }],
    ['asks for patience', { kind: '429', retryAfter: 1 }],
    ['refuses the token', { kind: '401' }],
  ])('%s: the run ends well, and everything is there once', async (_what, fault) => {
    const before = hub.company.control.sizes();
    for (const call of writes) hub.company.control.fault({ ...fault, call });
    const { body } = await hub.disposition(aDisposition('Sold', { card: aCard }));
    const end = await ended(body['run']);
    expect(end).toMatchObject({ outcome: 'delivered' });
    expectOnceMore(before);
  });
});

describe('at the questions of a run, PestPac', () => {
  it.each<[string, FaultOrder]>([
    ['is cut off in the search', { kind: 'cut', call: 'GET /BillTos' }],
    ['shows a page in the search', { kind: 'html', call: 'GET /Locations' }],
    ['gives half of the cards', { kind: 'truncated', call: 'GET /BillTos/{id}/paymentAccounts' }],
    ['is slow to give a token', { kind: 'delay', call: 'POST /oauth2/token', ms: 300 }],
  ])('%s: the run ends well, and everything is there once', async (_what, fault) => {
    const before = hub.company.control.sizes();
    hub.company.control.expireTokens();
    hub.company.control.fault(fault);
    const { body } = await hub.disposition(aDisposition('Sold', { card: aCard }));
    expect((await ended(body['run']))['outcome']).toBe('delivered');
    expectOnceMore(before);
  });

  it('has forgotten the token: one renewal, one repeat, and no attempt is lost', async () => {
    hub.company.control.expireTokens();
    hub.company.control.forget();
    const { body } = await hub.disposition(aDisposition('Place'));
    expect(body['outcome']).toBe('delivered');
    expect(hub.company.control.counts()['POST /oauth2/token']).toMatchObject({ calls: 1 });
    const { delivery } = await hub.ask(getDelivery, { org: hub.org, delivery: String(body['run']) });
    expect(delivery.attempts).toBe(1);
  });
});

describe('what PestPac refuses', () => {
  it.each(['message', 'text', 'string', 'problem', 'empty'] as const)(
    'in the shape "%s" fails the run at its step, in its words, and a replay goes on there',
    async (errorShape) => {
      hub.company.control.configure({ errorShape, requiredLocationFields: ['MapCode'] });
      const disposition = aDisposition('Lead');
      const { status, body } = await hub.disposition(disposition);
      hub.company.control.configure({ errorShape: 'message', requiredLocationFields: [] });
      expect([status, body['outcome'], body['step']]).toEqual([422, 'refused', 'create-location']);
      expect(String(body['message'])).toMatch(errorShape === 'empty' ? /gave no reason/ : /MapCode/);
      await hub.ask(replayDeliveries, { org: hub.org, deliveries: [String(body['run'])], by: 'adm' } as never);
      expect((await ended(body['run']))['outcome']).toBe('delivered');
    },
  );

  it('an access that the user has no right to: refused, with where to look', async () => {
    hub.company.control.fault({ kind: '403', call: 'POST /Leads' });
    const { body } = await hub.disposition(aDisposition('Lead'));
    expect([body['outcome'], body['step']]).toEqual(['refused', 'create-lead']);
  });

  it('an empty 400: refused at once, not tried again', async () => {
    hub.company.control.fault({ kind: 'empty-400', call: 'POST /Leads' });
    const { body } = await hub.disposition(aDisposition('Lead'));
    expect(body['outcome']).toBe('refused');
    const { delivery } = await hub.ask(getDelivery, { org: hub.org, delivery: String(body['run']) });
    expect(delivery.attempts).toBe(1);
  });
});

describe('a trigger that changes while a run waits to be tried again', () => {
  it('switches steps on without doubling the one that was cut', async () => {
    const before = hub.company.control.sizes();
    const steps = { location: true, lead: false, task: true, service: false, recurring_service: false, card: false };
    const trigger = { record_type: 'Pest', actions: ['Odd'], enabled: true, steps };
    const { triggers } = await import('./testing/pp-hub.ts');
    await hub.configure('triggers', [...triggers, trigger]);
    hub.company.control.fault({ kind: 'cut', when: 'after', call: 'POST /Tasks' });
    const posted = hub.disposition(aDisposition('Odd'));
    await eventually(
      () => hub.company.control.sizes().tasks,
      (tasks) => tasks === before.tasks + 1,
    );
    await hub.configure('triggers', [...triggers, { ...trigger, steps: { ...steps, lead: true } }]);
    expect((await ended((await posted).body['run']))['outcome']).toBe('delivered');
    const after = hub.company.control.sizes();
    expect([after.tasks, after.leads]).toEqual([before.tasks + 1, before.leads + 1]);
  });

  it('and goes away parks it and says so', async () => {
    const { triggers } = await import('./testing/pp-hub.ts');
    const trigger = { ...triggers[1]!, actions: ['Gone'] };
    await hub.configure('triggers', [...triggers, trigger]);
    hub.company.control.fault({ kind: 'cut', call: 'POST /Locations' });
    const posted = hub.disposition(aDisposition('Gone'));
    await eventually(
      () => hub.company.control.counts()['POST /Locations']?.calls ?? 0,
      (calls) => calls > 0,
    );
    await hub.configure('triggers', triggers);
    const end = await ended((await posted).body['run']);
    expect([end['outcome'], end['code']]).toEqual(['refused', 'pestpac.trigger-gone']);
    expect(hub.heardOf(WriteSettled.type).some(({ data }) => (data as { code?: string }).code === end['code'])).toBe(
      true,
    );
  });
});
