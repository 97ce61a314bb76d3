import { describe, expect, it } from 'vitest';
import { keyId, verdictOnKey } from './idempotency.ts';
import type { KeyRecord } from './idempotency.store.ts';

const held = (changes: Partial<KeyRecord>): KeyRecord => ({
  _id: 'k',
  fingerprint: 'same',
  state: 'running',
  body: null,
  created_at: new Date(1_000),
  ...changes,
});

describe('a second request with a key', () => {
  it.each([
    ['replay', held({ state: 'done' }), 'same', 2_000],
    ['other-request', held({ state: 'done' }), 'different', 2_000],
    ['other-request', held({}), 'different', 999_000],
    ['in-flight', held({}), 'same', 61_000],
    ['take-over', held({}), 'same', 61_001],
  ] as const)('is %s', (verdict, record, fingerprint, now) => {
    expect(verdictOnKey(record, fingerprint, now)).toBe(verdict);
  });
});

it('keys of two orgs, routes or texts are different keys', () => {
  const base = { org: 'a', route: 'post /b', key: 'c' };
  const others = [
    { ...base, org: 'ab' },
    { ...base, route: 'post /' },
    { ...base, key: 'bc' },
    { ...base, org: 'a,' },
  ];
  expect(new Set([base, ...others].map(keyId)).size).toBe(5);
});
