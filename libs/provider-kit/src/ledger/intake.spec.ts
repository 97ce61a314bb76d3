import { NoteAdded } from '@occ-hub/contracts';
import { verdictFor } from '@occ-hub/errors';
import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import type { AnyProvider } from '../provider.ts';
import { aNote } from '../testing/a-delivery.ts';
import { memoryLedger } from '../testing/memory-ledger.ts';
import { createIntake } from './intake.ts';

function world(changes: Partial<AnyProvider> = {}) {
  const ledger = memoryLedger();
  const provider = {
    id: 'some-crm',
    sinks: [{ event: NoteAdded, replaces: (data: { note_id: string }) => `note/${data.note_id}` }],
    ...changes,
  } as unknown as AnyProvider;
  const state = { woken: 0, made: 0 };
  const newId = () => String((state.made += 1)).padStart(4, '0');
  const wake = () => void (state.woken += 1);
  return { ledger, state, intake: createIntake({ provider, store: ledger.store, newId, clock: () => 5_000, wake }) };
}

describe('createIntake', () => {
  it('makes one delivery of an event, due at once, in the lane of its job', async () => {
    const { ledger, intake } = world();
    const event = aNote('evt-1');
    await intake([event]);
    expect(ledger.get('evt-1')).toMatchObject({
      ...{ org: 'org-1', connection: 'con-1', lane: 'org-1/some-crm/1001', eventType: 'occ.note.added.v1', event },
      ...{ state: 'waiting', attempts: 0, nextAttemptAt: 5_000, replaces: 'note/note-evt-1', order: '0001' },
    });
  });

  it('leaves a repeated event as it is, and wakes nobody for it', async () => {
    const { ledger, state, intake } = world();
    await intake([aNote('evt-1')]);
    await ledger.store.claim(['evt-1'], 'me');
    await intake([aNote('evt-1')]);
    expect([ledger.get('evt-1')?.state, ledger.states().length, state.woken]).toEqual(['sending', 1, 1]);
  });

  it('leaves events of other providers to them', async () => {
    const { ledger, state, intake } = world();
    await intake([aNote('evt-1', { provider: 'other-crm' }), aNote('evt-2')]);
    await intake([aNote('evt-3', { provider: 'other-crm' })]);
    expect([ledger.get('evt-1'), ledger.states().length, state.woken]).toEqual([undefined, 1, 1]);
  });

  it('keeps of an event with a card number only that it was refused, where the provider refuses those', async () => {
    const { ledger, intake } = world({ refusesCardNumbers: true });
    const event = aNote('evt-1', { job: '4111-1111-1111-1111' });
    const data = { ...(event.data as object), note: 'Card 5555 5555 5555 4444, thanks' };
    await intake([{ ...event, data }, aNote('evt-2')]);
    const kept = ledger.get('evt-1');
    expect(kept).toMatchObject({ state: 'parked', kind: 'rejected', code: 'card-number.refused', untold: 'rejected' });
    expect(kept?.event.data).toEqual({});
    expect(JSON.stringify(kept)).not.toMatch(/1111|5555/);
    expect(ledger.get('evt-2')).toMatchObject({ state: 'waiting', lane: 'org-1/some-crm/1001' });
  });

  it('keeps the order of the events', async () => {
    const { ledger, intake } = world();
    await intake(['c', 'a', 'b'].map((id) => aNote(id)));
    expect(['c', 'a', 'b'].map((id) => ledger.get(id)?.order)).toEqual(['0001', '0002', '0003']);
  });

  it('asks for the events again while the store is away, however long: they are no bug and lose no life', async () => {
    const { ledger, intake } = world();
    const away = new mongoose.mongo.MongoNetworkError('connect ECONNREFUSED');
    const add = ledger.store.add;
    ledger.store.add = () => Promise.reject(away);
    const error: unknown = await intake([aNote('evt-1')]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'transient', code: 'store.away', cause: away });
    // As the bus decides after hours of it.
    const policy = { attempts: Infinity, firstDelayMs: 200, longestDelayMs: 30_000 };
    expect(verdictFor({ error, attempt: 1_000, policy, random: 1 })).toEqual({ action: 'retry', afterMs: 2_000 });
    ledger.store.add = add;
    await intake([aNote('evt-1')]);
    expect(ledger.states()).toEqual(['waiting']);
  });
});
