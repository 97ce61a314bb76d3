import { AppointmentUpserted, EventAttributes, type HubEvent, JobUpserted, WriteSettled } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import { madeAtCrm } from '../testing/made-at-crm.ts';
import { aDelivery } from '../testing/a-delivery.ts';
import { captureLog } from '../testing/captured-log.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';
import { createSettledTeller } from './settled-teller.ts';

const made = { ...madeAtCrm('loc-7'), at: 5_000 };

function world() {
  const marked = new Map<string, Delivery>();
  const published: HubEvent[] = [];
  const kafka = { away: false, lost: 0 };
  const mails = new Map([['con-1', 'office@example.com']]);
  let settingsAway = false;
  const asked: number[] = [];
  const store = {
    async untold(olderThan: number) {
      asked.push(olderThan);
      return [...marked.values()];
    },
    markTold: async ({ _id }: { _id: string }) => void marked.delete(_id),
  } as unknown as DeliveryStore;
  let made = 0;
  const teller = createSettledTeller({
    store,
    async publish(events) {
      if (kafka.away) throw new Error('kafka is away');
      published.push(...events);
      if (kafka.lost-- > 0) throw new Error('its answer was lost');
    },
    async reportTo({ connection }) {
      if (settingsAway) throw new Error('the settings cannot be read for now');
      return mails.get(connection);
    },
    ...{ provider: 'some-crm', clock: () => 100_000, newId: () => `id-${(made += 1)}`, log: captureLog('test').log },
  });
  const settle = (changes: Partial<Delivery>) => {
    const delivery = aDelivery({ attempts: 2, untold: 'delivered', ...changes });
    marked.set(delivery._id, delivery);
    return delivery;
  };
  return {
    ...{ teller, marked, published, kafka, asked, settle },
    settingsAre: (away: boolean) => void (settingsAway = away),
  };
}

describe('createSettledTeller', () => {
  it('tells what became of which event, under the key of its job, and takes the mark away', async () => {
    const { teller, settle, published, marked } = world();
    const delivery = settle({ vendorIds: { order: 'O1' } });
    teller.tell(delivery);
    await teller.settled();
    expect(published[0]?.attributes).toMatchObject({
      ...{ type: WriteSettled.type, subject: delivery.lane, causationid: delivery._id, origin: 'occ' },
      ...{ source: '/providers/some-crm', orgid: 'org-1', connectionid: 'con-1', time: '1970-01-01T00:00:00.000Z' },
    });
    expect(WriteSettled.data.parse(published[0]?.data)).toEqual({
      ...{ delivery_id: delivery._id, event_id: delivery._id, event_type: 'occ.note.added.v1' },
      ...{ outcome: 'delivered', attempts: 2, vendor_ids: { order: 'O1' } },
    });
    expect(marked.size).toBe(0);
  });

  it('tells the code and the words of what was refused', async () => {
    const { teller, settle, published } = world();
    teller.tell(settle({ untold: 'rejected', code: 'some-crm.refused', message: 'No such record.' }));
    await teller.settled();
    expect(published[0]?.data).toMatchObject({
      outcome: 'rejected',
      code: 'some-crm.refused',
      message: 'No such record.',
    });
  });

  it('never throws, and tells later what Kafka did not take', async () => {
    const { teller, settle, published, marked, kafka } = world();
    kafka.away = true;
    teller.tell(settle({}));
    await teller.settled();
    await teller.sweep();
    expect([published.length, marked.size]).toEqual([0, 1]);
    kafka.away = false;
    await teller.sweep();
    expect([published.length, marked.size]).toEqual([1, 0]);
  });

  it('leaves to a sweep only what is older than a telling takes', async () => {
    const { teller, asked } = world();
    await teller.sweep();
    expect(asked).toEqual([90_000]);
  });

  it.each(['rejected', 'parked'] as const)(
    'tells of what is %s at which step it stopped, and whom to report it to',
    async (outcome) => {
      const { teller, settle, published } = world();
      teller.tell(settle({ untold: outcome, failedStep: 'create-lead' }));
      await teller.settled();
      const data = WriteSettled.data.parse(published[0]?.data);
      expect([data.step, data.report_to]).toEqual(['create-lead', 'office@example.com']);
    },
  );

  it('names nobody to report to where nothing failed, or where the connection names nobody', async () => {
    const { teller, settle, published } = world();
    teller.tell(settle({}));
    teller.tell(settle({ _id: 'evt-2', connection: 'con-2', untold: 'parked' }));
    await teller.settled();
    for (const { data } of published) expect(WriteSettled.data.parse(data)).not.toHaveProperty('report_to');
  });

  it('tells nothing while it cannot read whom to report to, and all of it then', async () => {
    const { teller, settle, published, marked, settingsAre } = world();
    settingsAre(true);
    teller.tell(settle({ untold: 'parked', upserts: made }));
    await teller.settled();
    expect([published.length, marked.size]).toEqual([0, 1]);
    settingsAre(false);
    await teller.sweep();
    expect([published.length, marked.size]).toEqual([3, 0]);
  });

  it('tells what a write made before it tells what became of it, as of when it was made', async () => {
    const { teller, settle, published } = world();
    teller.tell(settle({ updatedAt: 9_000, upserts: made }));
    await teller.settled();
    expect(published.map(({ attributes }) => attributes.type)).toEqual([
      ...[JobUpserted.type, AppointmentUpserted.type, WriteSettled.type],
    ]);
    const [job, appointment] = published;
    expect(job?.attributes).toMatchObject({
      ...{ subject: 'org-1/some-crm/loc-7', origin: 'crm', causationid: 'evt-1', connectionid: 'con-1' },
      ...{ time: '1970-01-01T00:00:05.000Z', source: '/providers/some-crm' },
    });
    expect(job?.data).toEqual({ job: made.job, revision: 5_000 });
    expect(appointment?.attributes).toMatchObject({ subject: 'org-1/some-crm/loc-7', origin: 'crm' });
    expect(appointment?.data).toEqual({ appointment: made.appointments[0], revision: 5_000 });
    for (const { attributes } of published) expect(EventAttributes.parse(attributes)).toEqual(attributes);
  });

  it('gives what it tells again the ids it had, and what a later attempt made others', async () => {
    const { teller, settle, published, kafka } = world();
    kafka.lost = 1;
    teller.tell(settle({ upserts: made }));
    await teller.settled();
    await teller.sweep();
    const ids = published.map(({ attributes }) => attributes.id);
    expect(ids.slice(0, 2)).toEqual(ids.slice(2, 4));
    expect(new Set(ids).size).toBe(3);
    teller.tell(settle({ upserts: { ...made, at: 6_000 } }));
    await teller.settled();
    expect(new Set(published.map(({ attributes }) => attributes.id)).size).toBe(6);
  });

  it('leaves out what nobody could read or the bus cannot carry, and tells the rest', async () => {
    const { teller, settle, published, marked } = world();
    const large = { ...made.appointments[0]!, external_id: 'task-9', notes: 'x'.repeat(891 * 1024) };
    const upserts = { ...made, job: { ...made.job, external_id: '' }, appointments: [large, ...made.appointments] };
    teller.tell(settle({ upserts }));
    await teller.settled();
    expect(published.map(({ attributes }) => attributes.type)).toEqual([AppointmentUpserted.type, WriteSettled.type]);
    expect(marked.size).toBe(0);
  });
});
