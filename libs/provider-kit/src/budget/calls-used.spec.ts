import { describe, expect, it } from 'vitest';
import { isNearlyUsed } from './calls-used.ts';

const now = Date.parse('2026-03-09T03:30:00Z');
const minute = 60_000;

describe('isNearlyUsed', () => {
  it.each([
    [14_249, false],
    [14_250, true],
    [15_000, true],
    [16_000, true],
  ])('says of %i of 15000 calls: %s', (used, nearly) => {
    expect(isNearlyUsed({ used, limit: 15_000, at: now }, now)).toBe(nearly);
  });

  it('believes an hour what it heard: somebody has to ask again', () => {
    const calls = { used: 15_000, limit: 15_000, at: now };
    expect(isNearlyUsed(calls, now + 59 * minute)).toBe(true);
    expect(isNearlyUsed(calls, now + 60 * minute)).toBe(false);
  });

  it('holds nobody up where the vendor says nothing of a limit', () => {
    expect(isNearlyUsed(undefined, now)).toBe(false);
    expect(isNearlyUsed({ used: 9, limit: 0, at: now }, now)).toBe(false);
  });
});
