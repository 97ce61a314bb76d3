import { describe, expect, it } from 'vitest';
import { aDelivery } from '../testing/a-delivery.ts';
import type { Delivery } from './delivery.ts';
import { withoutCardNumbers } from './withhold.ts';

const provider = { id: 'some-crm', refusesCardNumbers: true };
const number = '4111 1111 1111 1111';
const { event } = aDelivery();
const of = (changes: { subject?: string; data?: unknown }): Delivery => {
  const attributes = { ...event.attributes, subject: changes.subject ?? event.attributes.subject };
  return aDelivery({ event: { attributes, data: changes.data ?? event.data }, lane: attributes.subject });
};

describe('withoutCardNumbers', () => {
  it('keeps of an event with a card number what it is about, so that it can be told and sent anew, and nothing else', () => {
    const kept = withoutCardNumbers(provider, of({ data: { note: number } }));
    expect(kept).toMatchObject({ state: 'parked', kind: 'rejected', untold: 'rejected', withheld: true });
    expect([kept.lane, kept.event.attributes.subject]).toEqual([event.attributes.subject, event.attributes.subject]);
    expect(kept.event.data).toEqual({});
  });

  it('keeps no subject that holds the number itself', () => {
    const kept = withoutCardNumbers(provider, of({ subject: `org-1/some-crm/${number}` }));
    expect([kept.lane, kept.event.attributes.subject]).toEqual(Array(2).fill('org-1/some-crm/refused/evt-1'));
    expect(JSON.stringify(kept)).not.toContain('4111');
  });

  it('leaves what holds none, and what goes to a provider that takes them, as it is', () => {
    expect(withoutCardNumbers(provider, of({}))).toEqual(of({}));
    const held = of({ data: { note: number } });
    expect(withoutCardNumbers({ id: 'some-crm' }, held)).toBe(held);
  });
});
