import { WriteSettled, connectionHealth, getDelivery, previewTransfer, replayDeliveries } from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PpHub, aCard, aDisposition, openPpHub } from './testing/pp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: PpHub;
beforeAll(async () => {
  hub = await openPpHub(serversOfThisRun(), { settings: { retry_attempts: 2, retry_interval_seconds: 2 } });
});
afterAll(() => hub.close());
afterEach(async () => {
  hub.company.control.clearFaults();
  await hub.company.control.up();
});

const deliveryOf = async (run: unknown) =>
  (await hub.ask(getDelivery, { org: hub.org, delivery: String(run) })).delivery;
const settledOf = (run: unknown) =>
  hub.heardOf(WriteSettled.type).filter(({ data }) => (data as { delivery_id: string }).delivery_id === run);

describe('two retries, two seconds apart', () => {
  it('and two failures: it succeeds after the whole intervals, and nobody is written to', async () => {
    hub.company.control.fault({ kind: '503', call: 'POST /Leads', count: 2 });
    const { body } = await hub.disposition(aDisposition('Lead'));
    expect(body['outcome']).toBe('delivered');
    const { attempts, history } = await deliveryOf(body['run']);
    expect(attempts).toBe(3);
    const [first, second, third] = history.map(({ at }) => Date.parse(at));
    expect(Math.min(second! - first!, third! - second!)).toBeGreaterThanOrEqual(2_000);
    expect(Math.max(second! - first!, third! - second!)).toBeLessThan(4_000);
    await eventually(
      () => settledOf(body['run']).length,
      (told) => told === 1,
    );
    expect(settledOf(body['run'])[0]!.data).not.toHaveProperty('report_to');
  });

  it('and three failures: it fails, one mail is asked for, and a replay goes on at the failed step', async () => {
    const before = hub.company.control.sizes();
    hub.company.control.fault({ kind: '500', call: 'POST /Tasks', count: 3 });
    const { status, body } = await hub.disposition(aDisposition('Sold'));
    expect([status, body['outcome'], body['step']]).toEqual([202, 'failed', 'create-task']);
    const told = await eventually(
      () => settledOf(body['run']),
      (settled) => settled.length > 0,
    );
    expect(told).toHaveLength(1);
    expect(told[0]!.data).toMatchObject({
      ...{ outcome: 'parked', step: 'create-task', report_to: hub.settings['failure_email'] },
    });
    hub.company.control.forget();
    await hub.ask(replayDeliveries, {
      org: hub.org,
      deliveries: [String(body['run'])],
      plan: false,
      by: 'adm',
      send_again: false,
    });
    const end = await eventually(
      () => hub.call(`/runs/${String(body['run'])}`),
      ({ body: { outcome } }) => outcome === 'delivered',
    );
    expect(hub.company.control.counts()['POST /Leads']).toBeUndefined();
    const after = hub.company.control.sizes();
    expect([after.locations, after.leads, after.tasks, after.setups]).toEqual(
      [before.locations, before.leads, before.tasks, before.setups].map((size) => size + 1),
    );
    expect(end.body['ids']).toMatchObject({ setup_id: expect.any(String) });
  }, 40_000);
});

describe('PestPac that is away', () => {
  it('is asked again as set; then the run fails, a replay carries it out, and everything is there once', async () => {
    const before = hub.company.control.sizes();
    await hub.company.control.down({ refuse: true });
    const { body } = await hub.disposition(aDisposition('Sold', { card: aCard }));
    expect([body['outcome'], body['step']]).toEqual(['failed', 'find-location']);
    await hub.company.control.up();
    await hub.ask(replayDeliveries, {
      ...{ org: hub.org, deliveries: [String(body['run'])], plan: false, by: 'adm', send_again: false },
    });
    await eventually(
      () => hub.call(`/runs/${String(body['run'])}`),
      ({ body: { outcome } }) => outcome === 'delivered',
    );
    const { locations, leads, cards } = hub.company.control.sizes();
    expect([locations, leads, cards]).toEqual([before.locations + 1, before.leads + 1, before.cards + 1]);
  });
});

describe('a quota that is used up, which PestPac answers as 401', () => {
  it('renews no token, counts no attempt, and the run goes on by itself when the quota is there again', async () => {
    const own = await openPpHub(serversOfThisRun());
    try {
      own.company.control.fault({ kind: 'quota', call: 'POST /Leads' });
      const disposition = aDisposition('Lead');
      const posted = own.disposition(disposition, 'quota-1');
      const deliveries = own.database.collection('deliveries');
      const waiting = await eventually(
        () => deliveries.findOne({ code: 'pestpac.quota-used', state: 'waiting' }),
        (delivery) => delivery !== null,
      );
      expect(waiting!['attempts']).toBe(0);
      expect(own.company.control.counts()['POST /oauth2/token']).toMatchObject({ calls: 1 });
      const health = await own.ask(connectionHealth, { org: own.org, connection: own.connection });
      expect(health.state).not.toBe('needs-reauthorization');
      const rests = 15 * 60_000;
      expect(waiting!['nextAttemptAt']).toBeGreaterThan(Date.now() + rests - 60_000);
      // A quarter of an hour later, as far as the store knows.
      const later = { $inc: { nextAttemptAt: -rests, restUntil: -rests } };
      await own.running().stop();
      await deliveries.updateMany({}, later);
      await own.database.collection('connections').updateMany({ restUntil: { $exists: true } }, later);
      await own.restart();
      expect((await posted).status).toBe(503);
      const end = await eventually(
        () => own.disposition(disposition, 'quota-1'),
        ({ body }) => body['outcome'] !== 'running',
        25_000,
      );
      expect(end.body['outcome']).toBe('delivered');
      expect(own.company.control.sizes().leads).toBe(1);
    } finally {
      await own.close();
    }
  }, 60_000);
});

describe('a preview', () => {
  it('shows to the letter what the run then sends', async () => {
    const fresh = await openPpHub(serversOfThisRun());
    try {
      const disposition = aDisposition('Sold', { card: aCard });
      const { preview } = await fresh.ask(previewTransfer, {
        ...{ org: fresh.org, connection: fresh.connection, sample: disposition },
      });
      const sizes = fresh.company.control.sizes();
      const { body } = await fresh.disposition(disposition);
      expect(body['outcome']).toBe('delivered');
      const ids = body['ids'] as Record<string, string>;
      const run = /\[cp:(\w+)\]/.exec(JSON.stringify(fresh.company.control.records('leads').at(-1)))![1]!;
      const shown = (preview as { calls: { method: string; path: string; body?: object }[] }).calls
        .filter(({ method }) => method === 'POST')
        .map(({ body: sent }) => filled(sent ?? {}, { ...ids, run, token: aCard.token }));
      const sent = fresh.company.control
        .received()
        .filter(({ call }) => call.startsWith('POST') && !call.includes('token'))
        .map((each) => each.body);
      expect(shown.map(withoutTimes)).toEqual(sent.map(withoutTimes));
      expect(sizes.leads).toBe(0);
    } finally {
      await fresh.close();
    }
  });
});

/** The preview's placeholders, filled with what the run learnt. */
function filled(body: object, ids: Record<string, string>): unknown {
  const text = JSON.stringify(body)
    .replaceAll(
      /"\{(LocationID|BillToID)\}"/g,
      (_, name: string) => ids[name === 'BillToID' ? 'bill_to_id' : 'location_id']!,
    )
    .replaceAll('{LeadID}', ids['lead_id']!)
    .replaceAll('{CardToken}', ids['token']!)
    .replaceAll('{run}', ids['run']!);
  return JSON.parse(text);
}

/** A preview is made a moment earlier. */
function withoutTimes(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { DateReceived: _, CardToken: __, ...rest } = body as Record<string, unknown>;
  return rest;
}
