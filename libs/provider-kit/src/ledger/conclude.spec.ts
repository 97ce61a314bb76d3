import { HubError, type Kind, bugAttempts, writePolicy } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { type ConcludeFacts, type Ending, conclude } from './conclude.ts';
import { aDelivery } from '../testing/a-delivery.ts';
import type { Upserted } from '../sink.ts';
import { UncertainStep } from './steps.ts';

const now = Date.parse('2026-03-05T17:00:00Z');
const ninetyDays = 90 * 86_400_000;
const failed = (kind: Kind, more: Partial<ConstructorParameters<typeof HubError>[0]> = {}): Ending => ({
  what: 'failed',
  error: new HubError({ kind, code: `x.${kind}`, message: 'What to do.', ...more }),
});

function concluded(ending: Ending, attempts = 1, facts: Partial<ConcludeFacts> = {}) {
  const attempt = { attempt: attempts, at: now - 40, ms: 40, exchanges: [] };
  const delivery = aDelivery({ attempts, state: 'sending', owner: 'me' });
  const steps = { unkept: {}, inDoubt: false, restMs: 0 };
  const given = { delivery, ending, attempt, policy: writePolicy, random: 1, now, ...steps, ...facts };
  const { change, ...rest } = conclude(given);
  return { ...rest, set: change.set as Record<string, unknown>, steps: change.steps, entry: change.attempt };
}

describe('conclude', () => {
  it('keeps the ids of a delivered write beside those of earlier steps, tells it, and lets it expire', () => {
    const delivery = aDelivery({
      vendorIds: { location: 'L1' },
      code: 'x.transient',
      message: 'old',
      kind: 'transient',
    });
    const ending = { what: 'delivered', vendorIds: { order: 'O1' } } as const;
    const { set, told, outcome } = concluded(ending, 2, { delivery });
    expect([told, outcome]).toEqual(['delivered', 'delivered']);
    expect(set).toMatchObject({
      ...{ state: 'delivered', untold: 'delivered', vendorIds: { location: 'L1', order: 'O1' } },
      ...{ kind: null, code: null, message: null, owner: null, updatedAt: now, expiresAt: new Date(now + ninetyDays) },
    });
  });

  it('notes when something was made last, and that a delivery was ever in doubt, for good', () => {
    const { set } = concluded(failed('rejected'), 1, { unkept: { place: { location: 'L1' } }, cut: true });
    expect(set).toMatchObject({ madeAt: now, doubted: true, asking: null });
    const nothing = concluded(failed('rejected'), 1, { inDoubt: true }).set;
    for (const name of ['madeAt', 'doubted']) expect(nothing).not.toHaveProperty(name);
  });

  it.each<[string, Ending, boolean]>([
    ['delivered', { what: 'delivered', vendorIds: {} }, true],
    ['skipped', { what: 'skipped', reason: 'Not wanted.' }, true],
    ['superseded', { what: 'superseded', reason: 'There is a newer one.' }, true],
    ['superseded by the CRM', failed('stale'), true],
    ['parked', failed('rejected'), false],
    ['tried again', failed('transient'), false],
  ])('of what is %s the sealed secrets are forgotten only where nobody opens them any more', (_, ending, forgotten) => {
    const plain = aDelivery({});
    const event = { ...plain.event, data: { lead_key: 'l1', sealed: 'eyJ' } };
    const { set } = concluded(ending, 1, { delivery: aDelivery({ event, attempts: 1 }) });
    expect(set['event']).toEqual(forgotten ? { ...event, data: { lead_key: 'l1' } } : undefined);
    expect(concluded(ending, 1, { delivery: plain }).set).not.toHaveProperty('event');
  });

  it.each(['skipped', 'superseded'] as const)('ends as %s with its reason', (what) => {
    const { set, told, entry } = concluded({ what, reason: 'Not wanted.' });
    expect(told).toBe(what);
    expect(set).toMatchObject({ state: what, message: 'Not wanted.', untold: what, code: null });
    expect(entry).toMatchObject({ outcome: what, message: 'Not wanted.' });
  });

  it('tries a transient failure again after a growing wait, and tells nobody yet', () => {
    const { set, told, outcome, hold } = concluded(failed('transient'));
    expect([told, outcome, hold]).toEqual([undefined, 'retried', false]);
    expect(set).toMatchObject({ state: 'waiting', nextAttemptAt: now + 2_000, code: 'x.transient' });
    expect(set).not.toHaveProperty('untold');
    expect(set).not.toHaveProperty('attempts');
    expect(concluded(failed('transient'), 3).set).toMatchObject({ nextAttemptAt: now + 8_000 });
  });

  it.each([
    'It failed on its side (500). The hub tries again by itself.',
    'It failed on its side (500); the hub waits and goes on by itself.',
    'It failed on its side (500).',
  ])('promises no further attempt after the last one: %s', (message) => {
    const { set } = concluded(failed('transient', { message }), writePolicy.attempts);
    const said = `It failed on its side (500). The hub tried ${writePolicy.attempts} times and stopped: replay it when that is over.`;
    expect(set).toMatchObject({ state: 'parked', message: said });
  });

  it('promises none where the promise stands before the words of the CRM', () => {
    const message = 'It failed on its side (500). The hub tries again by itself. It says: Down for repair.';
    const { set } = concluded(failed('transient', { message }), writePolicy.attempts);
    expect(set['message']).toMatch(/^It failed on its side \(500\)\. It says: Down for repair\. The hub tried/);
  });

  it('says where a person set how long it waits', () => {
    const policy = { attempts: 3, firstDelayMs: 10_000, longestDelayMs: 10_000, exact: true };
    const set = { nextAttemptAt: now + 10_000, exactly: true };
    expect(concluded(failed('transient'), 2, { policy }).set).toMatchObject(set);
    expect(concluded(failed('transient')).set).toMatchObject({ exactly: false });
  });

  it('lets a write rest that was cut, for as long as it has to, and longer where the wait is longer', () => {
    const cut = { inDoubt: true, restMs: 60_000 };
    expect(concluded(failed('transient'), 1, cut).set).toMatchObject({ nextAttemptAt: now + 60_000, inDoubt: true });
    const asked = failed('transient', { retryAfterMs: 90_000 });
    expect(concluded(asked, 1, cut).set).toMatchObject({ nextAttemptAt: now + 90_000 });
  });

  it('waits exactly as long as the vendor asked', () => {
    expect(concluded(failed('transient', { retryAfterMs: 7_000 })).set).toMatchObject({ nextAttemptAt: now + 7_000 });
  });

  it('parks a transient failure when its attempts are used up, under its own code, for good', () => {
    const { set, told } = concluded(failed('transient'), writePolicy.attempts);
    expect(told).toBe('parked');
    expect(set).toMatchObject({ state: 'parked', kind: 'transient', code: 'x.transient' });
    expect(set).not.toHaveProperty('expiresAt');
  });

  it('holds on refused credentials: due at once, the attempt does not count, nothing is told', () => {
    const { set, told, outcome, hold } = concluded(failed('credential'), 20);
    expect([told, outcome, hold]).toEqual([undefined, 'held', true]);
    expect(set).toMatchObject({ state: 'waiting', nextAttemptAt: now, attempts: 19, kind: 'credential' });
  });

  it('does not count what the vendor would not even look at, and waits as long as was asked, however often', () => {
    const untried = failed('transient', { untried: true, retryAfterMs: 90_000 });
    for (const attempts of [1, writePolicy.attempts]) {
      const { set, told, outcome, hold } = concluded(untried, attempts);
      expect([told, outcome, hold]).toEqual([undefined, 'retried', false]);
      expect(set).toMatchObject({ state: 'waiting', nextAttemptAt: now + 90_000, attempts: attempts - 1 });
    }
  });

  it('tells a refused record as rejected and an unreadable or misconfigured one as parked', () => {
    expect(concluded(failed('rejected'))).toMatchObject({
      told: 'rejected',
      set: { state: 'parked', untold: 'rejected' },
    });
    expect(concluded(failed('unreadable'))).toMatchObject({ told: 'parked', set: { state: 'parked' } });
    expect(concluded(failed('config'))).toMatchObject({ told: 'parked', set: { state: 'parked' } });
  });

  it('ends a stale write as superseded', () => {
    const { set, told } = concluded(failed('stale'));
    expect([told, set['state'], set['expiresAt']]).toEqual(['superseded', 'superseded', new Date(now + ninetyDays)]);
  });

  it('tries a bug three times, then parks it without showing its words', () => {
    const bug: Ending = { what: 'failed', error: new TypeError('cannot read Pat Moreno') };
    expect(concluded(bug).set).toMatchObject({ state: 'waiting', code: 'hub.bug' });
    const { set, told } = concluded(bug, bugAttempts);
    expect([set['state'], told, set['kind'], set['code']]).toEqual(['parked', 'parked', 'bug', 'hub.bug']);
    expect(JSON.stringify(set)).not.toContain('Moreno');
  });

  it('parks a step of unknown end as uncertain, whatever the attempt, and says what to do', () => {
    const { set, told } = concluded({ what: 'failed', error: new UncertainStep('add-file', undefined) });
    expect([set['state'], told, set['code']]).toEqual(['uncertain', 'parked', 'ledger.uncertain']);
    expect(set['message']).toMatch(/replay with "send again"; if it is there, abort/);
  });

  it('adds one entry to the history, with the exchanges of the attempt', () => {
    const exchange = { method: 'POST', path: '/x', request: '', status: 200, answer: '(empty)', ms: 3 };
    const attempt = { attempt: 4, at: now - 9, ms: 9, exchanges: [exchange] };
    const { entry } = concluded(failed('rejected'), 4, { attempt });
    const facts = { outcome: 'parked', code: 'x.rejected', message: 'What to do.' };
    expect(entry).toEqual({ ...attempt, ...facts });
  });

  it('writes finished steps and the doubt with the end', () => {
    const unkept = { 'create-lead': { lead: '7' } };
    const { set, steps } = concluded(failed('transient', { mayHaveApplied: true }), 1, { unkept, inDoubt: true });
    expect([steps, set]).toMatchObject([unkept, { inDoubt: true, state: 'waiting' }]);
  });

  it('waits with the question of an attempt that asked, tells nobody, and does not count the attempt', () => {
    const options = [{ id: 'loc-1', title: 'Oak Street 1' }];
    const question = { name: 'location', prompt: 'Which location?', options, expiresInMs: 60_000 };
    const { set, told, outcome, hold, entry } = concluded({ what: 'asked', question }, 3);
    expect([told, outcome, hold]).toEqual([undefined, 'awaiting-choice', false]);
    const choice = { name: 'location', prompt: 'Which location?', options, expiresAt: now + 60_000 };
    expect(set).toMatchObject({ state: 'awaiting-choice', choice, attempts: 2, owner: null, code: null, kind: null });
    expect(set).not.toHaveProperty('untold');
    expect(entry).toMatchObject({ outcome: 'awaiting-choice' });
    expect(JSON.stringify(entry)).not.toContain('Oak Street');
  });

  it('keeps where a failure stopped, whatever becomes of it, and forgets it with a good end', () => {
    for (const kind of ['transient', 'credential', 'rejected', 'unreadable'] as const)
      expect(concluded(failed(kind), 1, { failedStep: 'create-lead' }).set).toMatchObject({
        failedStep: 'create-lead',
      });
    const uncertain: Ending = { what: 'failed', error: new UncertainStep('create-lead', undefined) };
    expect(concluded(uncertain, 1, { failedStep: 'create-lead' }).set).toMatchObject({ failedStep: 'create-lead' });
    expect(concluded(failed('rejected')).set).toMatchObject({ failedStep: null });
    expect(concluded({ what: 'delivered', vendorIds: {} }, 1, { failedStep: 'a' }).set).toMatchObject({
      failedStep: null,
    });
  });

  it('keeps what the write said that it made with any end, and when; and leaves it alone where it said nothing', () => {
    const upserted = { job: { external_id: 'L1' }, appointments: [] } as unknown as Upserted;
    for (const ending of [{ what: 'delivered', vendorIds: {} } as const, failed('transient'), failed('rejected')])
      expect(concluded(ending, 1, { upserted }).set).toMatchObject({ upserts: { ...upserted, at: now } });
    expect(concluded(failed('rejected')).set).not.toHaveProperty('upserts');
  });
});
