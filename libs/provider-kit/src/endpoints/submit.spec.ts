import { type HubEvent, LeadSubmitted } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../ledger/delivery.ts';
import { createWaiters } from '../ledger/waiters.ts';
import { aDelivery } from '../testing/a-delivery.ts';
import { memoryLedger } from '../testing/memory-ledger.ts';
import { type SubmitParts, known, submit } from './submit.ts';

function world() {
  const { store } = memoryLedger();
  const waiters = createWaiters();
  const tied = new Map<string, string>();
  const announced: HubEvent[] = [];
  const state = { now: 0 };
  const parts: SubmitParts = {
    provider: 'lead-source',
    deliveries: store,
    deliveryOf: (event) => aDelivery({ _id: event.attributes.id, event, state: 'waiting' } as Partial<Delivery>),
    aliases: {
      async tie(keys, delivery) {
        const known = keys.map((key) => tied.get(key)).find((each) => each !== undefined) ?? delivery;
        for (const key of keys) tied.set(key, known);
        return known;
      },
      find: async (keys) => keys.map((key) => tied.get(key)).find((each) => each !== undefined),
    },
    waiters,
    announcer: {
      announce: (event) => void announced.push(event),
      sweep: async () => undefined,
      settled: async () => undefined,
    },
    wake: () => undefined,
    clock: () => state.now,
  };
  const post = (
    keys: readonly string[],
    withinMs = 0,
    variables: Record<string, string> = { 'lead.phone_1': '4105550143' },
  ) =>
    submit(
      parts,
      { org: 'org-1', connection: 'con-1' },
      {
        ...{ event: LeadSubmitted, keys, subject: 'org-1/lead-source/lead/1', origin: 'lead-source', withinMs },
        data: { lead_key: keys[0]!, door: 'add_lead', variables },
      },
    );
  const deliver = async (vendorIds: Record<string, string>) => {
    for (const { _id } of await store.claim([...new Set(tied.values())], 'me')) {
      await store.mark({ id: _id, owner: 'me', set: { state: 'delivered', owner: null, vendorIds } });
      waiters.ended(_id);
    }
  };
  const knownBy = (...keys: string[]) =>
    known(parts, { org: 'org-1', connection: 'con-1' }, { event: LeadSubmitted, keys });
  return { post, deliver, announced, state, knownBy };
}

describe('what was submitted', () => {
  it('is known by any of its keys, with what it came with and how it stands; nothing else is', async () => {
    const { post, knownBy } = world();
    const { delivery, data } = await post(['log/1', 'event/1']);
    expect(await knownBy('event/1')).toMatchObject({ delivery, data, repeated: true, state: 'waiting' });
    expect(await knownBy('log/2')).toBeUndefined();
  });
});

describe('submit', () => {
  it('puts it into the ledger, tells the bus, and answers with its end', async () => {
    const { post, deliver, announced } = world();
    const posted = post(['log/1'], 60_000);
    await Promise.resolve();
    setTimeout(() => void deliver({ lead_id: '384191' }), 5);
    expect(await posted).toMatchObject({ repeated: false, state: 'delivered', vendorIds: { lead_id: '384191' } });
    expect(announced.map(({ attributes }) => attributes.type)).toEqual([LeadSubmitted.type]);
  });

  it('answers how it stands when the time is up', async () => {
    expect(await world().post(['log/1'])).toMatchObject({ repeated: false, state: 'waiting' });
  });

  it.each([
    ['a value', { comments: 'x'.repeat(10_001) }, 'variables.comments'],
    ['a name', { ['n'.repeat(201)]: 'x' }, 'variables.'],
    [
      'the whole',
      Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`v${n}`, 'x'.repeat(9_000)])),
      'bytes of at most',
    ],
  ])(
    'refuses what no event can carry because %s is too long, naming it and no value, and keeps nothing',
    async (_what, variables, words) => {
      const { post, announced } = world();
      const refused = await post(['log/1'], 0, variables).catch((error: unknown) => error);
      expect(refused).toMatchObject({ kind: 'unreadable', code: 'endpoint.too-much' });
      expect((refused as Error).message).toContain(words);
      expect((refused as Error).message).not.toContain('xxx');
      expect(await post(['log/1'])).toMatchObject({ repeated: false });
      expect(announced).toHaveLength(1);
    },
  );

  it('takes what comes again with any of its keys for a repeat, and tells nobody twice', async () => {
    const { post, deliver, announced } = world();
    await post(['log/1', 'event/a']);
    await deliver({ lead_id: '7' });
    for (const keys of [['log/1'], ['event/a'], ['log/2', 'event/a'], ['log/2']])
      expect(await post(keys), keys.join()).toMatchObject({
        repeated: true,
        state: 'delivered',
        vendorIds: { lead_id: '7' },
      });
    expect(announced).toHaveLength(1);
    expect(await post(['log/3'])).toMatchObject({ repeated: false });
  });
});
