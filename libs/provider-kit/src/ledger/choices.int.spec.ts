import {
  AppointmentUpserted,
  JobUpserted,
  WriteSettled,
  abortDelivery,
  connectionHealth,
  pauseConnection,
  replayDeliveries,
} from '@occ-hub/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { startChild } from '../testing/child.ts';
import { type ChoosingHub, openChoosingHub } from '../testing/choosing/choosing-hub.ts';
import { eventually } from '../testing/eventually.ts';
import type { Started } from '../testing/test-hub.ts';

const main = new URL('../testing/choosing/main.ts', import.meta.url);
const settings = { wait_ms: 3_600_000, tries: 5, mail: 'office@example.com' };
const places = [
  { id: 'loc-1', title: '12 Oak Street' },
  { id: 'loc-2', title: '34 Elm Street' },
];
let hub: ChoosingHub;
let replica: Started;
let jobs = 1000;
beforeAll(async () => {
  const servers = {
    ...{ kafkaBrokers: inject('kafkaBrokers'), natsUrl: inject('natsUrl'), mongoUrl: inject('mongoUrl') },
  };
  hub = await openChoosingHub({ servers, env: { KAFKA_PARTITIONS: '1' } });
  replica = await hub.start();
  await hub.connect(settings);
});
beforeEach(async () => {
  jobs += 1;
  hub.crm.written.length = 0;
  hub.crm.asked = 0;
  hub.crm.options = [...places];
  hub.crm.before = async () => undefined;
  await hub.connect(settings);
});
afterAll(() => hub.close());

/** A note of a job of its own, and its delivery waiting for a choice. */
async function asking(words: string) {
  const event = hub.note(jobs, words);
  await hub.publish([event]);
  return { event, delivery: await hub.untilAsking(event) };
}
const health = () => hub.ask(connectionHealth, { org: hub.org, connection: hub.connection });

describe('a delivery that waits for a choice', () => {
  it('shows the question, sends nothing, counts as waiting and no attempt; once somebody chose it is delivered, and no step twice', async () => {
    const { event, delivery } = await asking('Six windows');
    expect(delivery.choice).toMatchObject({
      name: 'location',
      prompt: 'Which location is it for?',
      options: [{ id: 'loc-1', title: '12 Oak Street' }, { id: 'loc-2' }],
    });
    expect(Date.parse(delivery.choice!.expires_at) - Date.now()).toBeGreaterThan(3_500_000);
    expect(delivery).toMatchObject({ attempts: 0, steps: [{ name: 'person' }], choices: [], in_doubt: false });
    expect(delivery).not.toHaveProperty('failed_step');
    expect((await health()).waiting).toBe(1);
    expect(hub.deliveries.toldOf(event)).toEqual([]);
    expect((await hub.choose(event, 'loc-2', 'location')).delivery.state).toBe('waiting');
    const [settled] = await hub.deliveries.settled([event]);
    expect(settled).toMatchObject({ outcome: 'delivered', attempts: 1, vendor_ids: { location: 'loc-2' } });
    expect(settled).not.toHaveProperty('report_to');
    expect(hub.crm.written).toEqual(['person Six windows', 'note Six windows']);
    const after = await hub.deliveries.one(event);
    expect(after.choices).toMatchObject([{ name: 'location', option: 'loc-2', by: 'adm' }]);
    expect(after).not.toHaveProperty('choice');
    expect(await hub.stored(event)).not.toContain('Elm Street');
  });

  it('holds its lane: what comes later is sent after it, in order, and knows what it made; others pass', async () => {
    const { event } = await asking('first');
    const [second, other] = [hub.note(jobs, 'second'), hub.note((jobs += 1), 'other')];
    await hub.publish([second, other]);
    await hub.untilAsking(other);
    expect((await hub.deliveries.one(second)).state).toBe('waiting');
    await hub.choose(event, 'loc-1');
    await hub.untilAsking(second);
    await hub.choose(second, 'loc-1');
    await hub.deliveries.settled([second]);
    await hub.choose(other, 'loc-1');
    await hub.deliveries.settled([other]);
    const ofLane = hub.crm.written.filter((each) => !each.endsWith('other'));
    // The person was made once: the second knows it from the first.
    expect(ofLane).toEqual(['person first', 'note first', 'note second']);
  });

  it('takes one choice of many at once, by any replica, and refuses the others', async () => {
    const { event } = await asking('Six windows');
    const second = await hub.start();
    const tries = Array.from({ length: 12 }, (_, n) => hub.choose(event, n % 2 === 0 ? 'loc-1' : 'loc-2'));
    const ends = await Promise.allSettled(tries);
    const refused = ends
      .filter((end) => end.status === 'rejected')
      .map(({ reason }) => (reason as { code: string }).code);
    expect(refused).toEqual(Array.from({ length: 11 }, () => 'ledger.no-choice'));
    await hub.deliveries.settled([event]);
    expect((await hub.deliveries.one(event)).choices).toHaveLength(1);
    expect(hub.crm.written).toEqual(['person Six windows', 'note Six windows']);
    await second.stop();
  });

  it('takes only what was offered, for the question that stands', async () => {
    const { event } = await asking('Six windows');
    await expect(hub.choose(event, 'loc-9')).rejects.toMatchObject({ kind: 'rejected', code: 'ledger.choice-unknown' });
    await expect(hub.choose(event, 'loc-1', 'service')).rejects.toMatchObject({ code: 'ledger.no-choice' });
    const unknown = hub.choose(hub.note(jobs, 'nobody sent this'), 'loc-1');
    await expect(unknown).rejects.toMatchObject({ code: 'ledger.delivery-unknown' });
    await hub.choose(event, 'loc-1', 'location');
    await hub.deliveries.settled([event]);
    await expect(hub.choose(event, 'loc-1')).rejects.toMatchObject({ code: 'ledger.no-choice' });
  });

  it('parks when nobody chose in time, told once and to whom; a replay asks anew and forgets no step', async () => {
    await hub.connect({ ...settings, wait_ms: 300 });
    const second = await hub.start();
    const { event } = await asking('Six windows');
    const [settled] = await hub.deliveries.settled([event]);
    expect(settled).toMatchObject({
      ...{ outcome: 'parked', code: 'ledger.choice-expired', step: 'location', report_to: 'office@example.com' },
    });
    expect(await hub.stored(event)).not.toContain('Oak Street');
    await expect(hub.choose(event, 'loc-1')).rejects.toMatchObject({ code: 'ledger.no-choice' });
    await hub.connect(settings);
    hub.crm.options = [...hub.crm.options, { id: 'loc-3', title: '56 Ash Street' }];
    await hub.ask(replayDeliveries, { org: hub.org, deliveries: [event.attributes.id], by: 'adm', plan: false });
    const { choice } = await hub.untilAsking(event);
    expect(choice?.options.map(({ id }) => id)).toEqual(['loc-1', 'loc-2', 'loc-3']);
    await hub.choose(event, 'loc-3');
    await eventually(
      () => hub.deliveries.toldOf(event).map(({ outcome }) => outcome),
      (outcomes) => outcomes.length === 2,
    );
    expect(hub.deliveries.toldOf(event).map(({ outcome }) => outcome)).toEqual(['parked', 'delivered']);
    expect(hub.crm.written).toEqual(['person Six windows', 'note Six windows']);
    await second.stop();
  });

  it('comes to one end where choice and expiry race', async () => {
    await hub.connect({ ...settings, wait_ms: 1_500 });
    const events = Array.from({ length: 20 }, (_, n) => hub.note((jobs += 1), `race ${n}`));
    await hub.publish(events);
    const asked = await Promise.all(events.map((event) => hub.untilAsking(event)));
    const taken = new Set<string>();
    await Promise.all(
      events.map(async (event, n) => {
        const left = Date.parse(asked[n]!.choice!.expires_at) - Date.now();
        await new Promise((resolve) => setTimeout(resolve, left - 40 + 4 * n));
        await hub.choose(event, 'loc-1').then(
          () => taken.add(event.attributes.id),
          () => undefined,
        );
      }),
    );
    const settled = await hub.deliveries.settled(events);
    for (const { event_id: id, outcome } of settled)
      expect([id, outcome]).toEqual([id, taken.has(id) ? 'delivered' : 'parked']);
    for (const event of events) expect(hub.deliveries.toldOf(event)).toHaveLength(1);
    expect(hub.crm.written.filter((each) => each.startsWith('note'))).toHaveLength(taken.size);
  });

  it('is aborted like what is parked, and is not replayed', async () => {
    const { event } = await asking('Six windows');
    const id = event.attributes.id;
    const { skipped } = await hub.ask(replayDeliveries, { org: hub.org, deliveries: [id], by: 'adm', plan: false });
    expect(skipped).toEqual([{ delivery: id, reason: 'It waits for a choice: choose, and it goes on by itself.' }]);
    await hub.ask(abortDelivery, { org: hub.org, delivery: id, by: 'adm', reason: 'Called them' });
    expect(await hub.deliveries.settled([event])).toMatchObject([{ outcome: 'aborted' }]);
    expect(await hub.stored(event)).not.toContain('Oak Street');
    await expect(hub.choose(event, 'loc-1')).rejects.toMatchObject({ code: 'ledger.no-choice' });
    expect(hub.crm.written).toEqual(['person Six windows']);
  });

  it('takes a choice while its connection is paused, and goes on when that works again', async () => {
    const { event } = await asking('Six windows');
    await hub.ask(pauseConnection, { org: hub.org, connection: hub.connection, paused: true });
    await hub.choose(event, 'loc-1');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(hub.crm.written).toEqual(['person Six windows']);
    await hub.ask(pauseConnection, { org: hub.org, connection: hub.connection, paused: false });
    await hub.deliveries.settled([event]);
    expect(hub.crm.written).toEqual(['person Six windows', 'note Six windows']);
  });

  it('is one delivery, however often its event comes meanwhile', async () => {
    const { event } = await asking('Six windows');
    await hub.publish([event, event]);
    await hub.choose(event, 'loc-1');
    await hub.deliveries.settled([event]);
    await hub.publish([event]);
    const last = hub.note((jobs += 1), 'last');
    await hub.publish([last]);
    await hub.untilAsking(last);
    await hub.choose(last, 'loc-1');
    expect(hub.crm.written.filter((each) => each.endsWith('Six windows'))).toHaveLength(2);
    expect(hub.deliveries.toldOf(event)).toHaveLength(1);
    await hub.deliveries.settled([last]);
  });

  it('outlives processes that stop and that die, while it waits and while it asks', async () => {
    await replica.stop();
    const asked = Promise.withResolvers<void>();
    hub.crm.before = async (what) => {
      if (what !== 'options') return;
      asked.resolve();
      await new Promise(() => undefined);
    };
    const first = await startChild(main, { ...process.env, ...hub.env } as Record<string, string>);
    const event = hub.note(jobs, 'Six windows');
    await hub.publish([event]);
    await asked.promise;
    await first.kill();
    hub.crm.before = async () => undefined;
    const second = await startChild(main, { ...process.env, ...hub.env } as Record<string, string>);
    await hub.deliveries.until(event, ({ state }) => state === 'awaiting-choice', 30_000);
    await second.kill();
    const third = await startChild(main, { ...process.env, ...hub.env } as Record<string, string>);
    expect((await hub.deliveries.one(event)).choice?.options.map(({ id }) => id)).toContain('loc-2');
    await third.terminate();
    replica = await hub.start();
    await hub.choose(event, 'loc-2');
    expect(await hub.deliveries.settled([event])).toMatchObject([{ outcome: 'delivered' }]);
    expect(hub.crm.written).toEqual(['person Six windows', 'note Six windows']);
  }, 60_000);
});

describe('what a write made', () => {
  const heardOf = (location: string) =>
    hub.heard
      .filter(({ data }) => JSON.stringify(data).includes(`"${location}"`))
      .map(({ attributes }) => attributes.type);

  it('is told before the write is, once, also where a later step failed; and forgotten then', async () => {
    hub.crm.options = [{ id: 'made-1', title: '12 Oak Street' }];
    hub.crm.before = async (what) => {
      if (what === 'note') throw new Error('away');
    };
    await hub.connect({ ...settings, tries: 2 });
    const { event } = await asking('Six windows');
    await hub.choose(event, 'made-1');
    const [settled] = await hub.deliveries.settled([event]);
    const failed = { outcome: 'parked', attempts: 2, step: 'note', report_to: 'office@example.com' };
    expect(settled).toMatchObject({ ...failed, code: 'choosing-crm.away' });
    expect((await hub.deliveries.one(event)).failed_step).toBe('note');
    await hub.mark();
    expect(heardOf('made-1')).toEqual([JobUpserted.type, AppointmentUpserted.type]);
    const order = hub.heard.filter(
      ({ attributes }) => attributes.causationid === event.attributes.id && attributes.orgid === hub.org,
    );
    expect(order.map(({ attributes }) => attributes.type).sort()).toEqual(
      [AppointmentUpserted.type, JobUpserted.type, WriteSettled.type].sort(),
    );
    await eventually(
      () => hub.stored(event),
      (stored) => !stored.includes('upserts'),
    );
    hub.crm.before = async () => undefined;
    await hub.ask(replayDeliveries, { org: hub.org, deliveries: [event.attributes.id], by: 'adm', plan: false });
    await eventually(
      () => hub.deliveries.toldOf(event).length,
      (count) => count === 2,
    );
    expect(await hub.deliveries.one(event)).not.toHaveProperty('failed_step');
  });
});
