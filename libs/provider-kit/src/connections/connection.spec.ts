import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { type StateAndReason, isWorking, stateAfter } from './connection.ts';

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
    expect(stateAfter(at('paused'), { what: 'resumed' }).state).toBe('healthy');
  });

  it('goes back to draft when new settings are saved over refused ones, until they are proved', () => {
    expect(stateAfter(at('needs-reauthorization'), { what: 'saved' }).state).toBe('draft');
    expect(stateAfter(at('healthy'), { what: 'saved' }).state).toBe('healthy');
    expect(isWorking('draft')).toBe(false);
  });
});
