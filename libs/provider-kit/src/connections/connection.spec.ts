import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { noGrant } from '../oauth/grant-faults.ts';
import { type ConnectionNews, type StateAndReason, isWorking, noSettings, stateAfter } from './connection.ts';

const at = (state: StateAndReason['state']): StateAndReason => ({ state, reason: null });
const error = new HubError({ kind: 'credential', code: 'x', message: 'Check the password.' });

describe('stateAfter', () => {
  it('needs a person after refused credentials, and a stray success does not hide it', () => {
    const refused = stateAfter(at('healthy'), { what: 'refused', error });
    expect(refused).toEqual({ state: 'needs-reauthorization', reason: 'Check the password.' });
    expect(stateAfter(refused, { what: 'worked' })).toBe(refused);
    expect(stateAfter(refused, { what: 'proved' })).toEqual({ state: 'healthy', reason: null });
  });

  it('is retrying while the vendor is in trouble and healthy at the next success', () => {
    const trouble = stateAfter(at('healthy'), { what: 'trouble', error });
    expect(trouble.state).toBe('retrying');
    expect(isWorking(trouble.state)).toBe(true);
    expect(stateAfter(trouble, { what: 'worked' }).state).toBe('healthy');
  });

  it("keeps a person's pause whatever else happens", () => {
    for (const news of [
      { what: 'refused', error },
      { what: 'trouble', error },
      { what: 'proved' },
      { what: 'worked' },
      { what: 'saved' },
    ] as const) {
      expect(stateAfter(at('paused'), news).state).toBe('paused');
    }
  });

  it('goes back after a pause to what it was before, and is never healthy unproved', () => {
    for (const state of ['healthy', 'retrying', 'needs-reauthorization', 'draft'] as const) {
      const before = { state, reason: `why ${state}` };
      const paused = stateAfter(before, { what: 'paused' });
      expect(stateAfter(stateAfter(paused, { what: 'paused' }), { what: 'resumed' })).toEqual(before);
      expect(stateAfter(before, { what: 'resumed' })).toBe(before);
    }
    // Paused by a release that did not remember.
    expect(stateAfter(at('paused'), { what: 'resumed' }).state).toBe('draft');
  });

  it('goes back after a pause to what happened meanwhile', () => {
    const cases: [StateAndReason['state'], ConnectionNews, StateAndReason['state']][] = [
      ['healthy', { what: 'refused', error }, 'needs-reauthorization'],
      ['draft', { what: 'proved' }, 'healthy'],
      ['healthy', { what: 'saved', anew: true }, 'draft'],
      ['healthy', { what: 'trouble', error }, 'retrying'],
    ];
    for (const [from, news, to] of cases) {
      const after = stateAfter(stateAfter(at(from), { what: 'paused' }), news);
      expect([after.state, stateAfter(after, { what: 'resumed' }).state]).toEqual(['paused', to]);
    }
  });

  it('is a draft after a disconnection during a pause, and has nothing to resume', () => {
    const after = stateAfter(stateAfter(at('healthy'), { what: 'paused' }), { what: 'disconnected' });
    expect(after.under).toBeUndefined();
    expect(stateAfter(after, { what: 'resumed' }).state).toBe('draft');
  });

  it('goes back to draft when new settings are saved over refused ones, until they are proved', () => {
    expect(stateAfter(at('needs-reauthorization'), { what: 'saved' }).state).toBe('draft');
    expect(stateAfter(at('healthy'), { what: 'saved' }).state).toBe('healthy');
    expect(isWorking('draft')).toBe(false);
  });

  it('goes back to draft when the new settings name another app than the one that was authorized', () => {
    for (const state of ['healthy', 'retrying'] as const)
      expect(stateAfter(at(state), { what: 'saved', anew: true }).state).toBe('draft');
    expect(stateAfter(at('paused'), { what: 'saved', anew: true }).state).toBe('paused');
  });

  it('is a draft after a disconnection, whatever it was before', () => {
    for (const state of ['healthy', 'retrying', 'needs-reauthorization', 'paused', 'draft'] as const) {
      const after = stateAfter(at(state), { what: 'disconnected' });
      expect(after).toMatchObject({ state: 'draft', reason: expect.stringMatching(/^Disconnected\./) as string });
    }
  });

  it('stays a draft while nobody has consented, though work of before a disconnection still asks', () => {
    const disconnected = stateAfter(at('healthy'), { what: 'disconnected' });
    const none = noGrant({ id: 'some-crm', title: 'Some CRM' });
    expect(stateAfter(disconnected, { what: 'refused', error: none })).toBe(disconnected);
    expect(stateAfter(disconnected, { what: 'refused', error: noSettings() })).toBe(disconnected);
    expect(stateAfter(at('healthy'), { what: 'refused', error: none }).state).toBe('needs-reauthorization');
  });
});
