import { describe, expect, it } from 'vitest';
import { idempotencyKeyOf, waitMsOf } from './run-request.ts';

const withHeaders = (headers: Record<string, string>) => ({ headers });

describe('an idempotency key', () => {
  it.each(['a', 'web-10293', '!~', 'x'.repeat(200)])('may be %s', (key) => {
    expect(idempotencyKeyOf(withHeaders({ 'idempotency-key': key }))).toBe(key);
  });

  it.each([undefined, '', 'two words', 'é', 'x'.repeat(201), 'a\tb'])('may not be %j', (key) => {
    expect(() => idempotencyKeyOf(withHeaders(key === undefined ? {} : { 'idempotency-key': key }))).toThrow(
      expect.objectContaining({ kind: 'unreadable', code: 'endpoint.idempotency-key' }),
    );
  });
});

describe('how long a caller waits', () => {
  it.each([
    [undefined, 25_000],
    ['wait=0', 0],
    ['wait=5', 5_000],
    ['respond-async, wait=10', 10_000],
    ['respond-async; Wait = 10', 10_000],
    ['wait=61', 60_000],
    ['wait=9999999', 60_000],
    ['wait=-1', 25_000],
    ['wait=soon', 25_000],
    ['await=5', 25_000],
    ['return=minimal', 25_000],
  ])('%j is %i ms', (prefer, ms) => {
    expect(waitMsOf(withHeaders(prefer === undefined ? {} : { prefer }))).toBe(ms);
  });
});
