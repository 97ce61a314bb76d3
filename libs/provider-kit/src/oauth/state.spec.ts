import { describe, expect, it } from 'vitest';
import { readKeyRing } from '../vault/key-ring.ts';
import { createStates } from './state.ts';

const ringOf = (names: string) =>
  readKeyRing(
    names
      .split(' ')
      .map((name) => `${name}:${Buffer.alloc(32, name).toString('base64')}`)
      .join(','),
  );
const start = Date.parse('2026-03-05T17:00:00Z');
const statesOf = (names: string, { provider = 'some-crm', at = start } = {}) =>
  createStates({ ring: ringOf(names), provider, clock: () => at });

describe('the state of an authorization', () => {
  const soon = start + 600_000;

  it('names the authorization that it was made for, in every replica', async () => {
    const state = await statesOf('k1').sign('pending-1', soon);
    expect(await statesOf('k1').read(state)).toEqual({ pending: 'pending-1' });
  });

  it('is read with any key of the ring, so that a change of keys ends no authorization', async () => {
    const state = await statesOf('k1 k2').sign('pending-1', soon);
    expect(await statesOf('k2 k1').read(state)).toEqual({ pending: 'pending-1' });
    expect(await statesOf('k2').read(state)).toEqual({ refused: 'forged' });
  });

  it('ends after its time', async () => {
    const state = await statesOf('k1').sign('pending-1', soon);
    expect(await statesOf('k1', { at: soon - 1_000 }).read(state)).toEqual({ pending: 'pending-1' });
    expect(await statesOf('k1', { at: soon + 1_000 }).read(state)).toEqual({ refused: 'expired' });
  });

  it('means nothing to another provider', async () => {
    const state = await statesOf('k1').sign('pending-1', soon);
    expect(await statesOf('k1', { provider: 'other-crm' }).read(state)).toEqual({ refused: 'forged' });
  });

  it('is refused when a single sign of it was changed', async () => {
    const state = await statesOf('k1').sign('pending-1', soon);
    for (const at of [3, state.indexOf('.') + 5, state.lastIndexOf('.') + 5]) {
      const changed = state.slice(0, at) + (state[at] === 'A' ? 'B' : 'A') + state.slice(at + 1);
      expect(await statesOf('k1').read(changed)).toEqual({ refused: 'forged' });
    }
  });

  it('is refused when it is signed by nobody, or is no state at all', async () => {
    const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
    const claims = part({ sub: 'pending-1', aud: 'some-crm', exp: soon / 1000 });
    for (const state of [
      `${part({ alg: 'none' })}.${claims}.`,
      `${part({ alg: 'HS256' })}.${claims}.AAAA`,
      '',
      'x.y.z',
    ])
      expect(await statesOf('k1').read(state)).toEqual({ refused: 'forged' });
  });

  it('is not signed with the key of the vault itself', async () => {
    const state = await statesOf('k1').sign('pending-1', soon);
    const { compactVerify } = await import('jose');
    await expect(compactVerify(state, ringOf('k1').keys.get('k1')!)).rejects.toThrow(/signature/);
  });
});
