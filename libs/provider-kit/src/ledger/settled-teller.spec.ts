import { type HubEvent, WriteSettled } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import { aDelivery } from '../testing/a-delivery.ts';
import { captureLog } from '../testing/captured-log.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';
import { createSettledTeller } from './settled-teller.ts';

function world() {
  const marked = new Map<string, Delivery>();
  const published: HubEvent[] = [];
  const kafka = { away: false };
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
    },
    reportTo: async () => undefined,
    ...{ provider: 'some-crm', clock: () => 100_000, newId: () => `id-${(made += 1)}`, log: captureLog('test').log },
  });
  const settle = (changes: Partial<Delivery>) => {
    const delivery = aDelivery({ attempts: 2, untold: 'delivered', ...changes });
    marked.set(delivery._id, delivery);
    return delivery;
  };
  return { teller, marked, published, kafka, asked, settle };
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
});
