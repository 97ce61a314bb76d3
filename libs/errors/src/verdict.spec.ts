import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HubError, kinds } from './hub-error.ts';
import { backoffMs, bugAttempts, verdictFor, writePolicy, type RetryPolicy } from './verdict.ts';

const policies = fc
  .record({
    attempts: fc.integer({ min: 1, max: 30 }),
    first: fc.integer({ min: 1, max: 60_000 }),
    span: fc.integer({ min: 0, max: 3_600_000 }),
  })
  .map(({ attempts, first, span }): RetryPolicy => ({ attempts, firstDelayMs: first, longestDelayMs: first + span }));
const random = fc.double({ min: 0, max: 0.999999, noNaN: true });
const failure = (kind: (typeof kinds)[number], retryAfterMs?: number) =>
  new HubError({ kind, code: `test.${kind}`, message: 'x', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });

describe('verdictFor', () => {
  it('parks what the other side refused or we cannot read at the first attempt', () => {
    for (const kind of ['rejected', 'unreadable', 'config'] as const) {
      expect(verdictFor({ error: failure(kind), attempt: 1, policy: writePolicy, random: 0 })).toEqual({
        action: 'park',
        kind,
        code: `test.${kind}`,
      });
    }
  });

  it('holds on a credential error and acknowledges a stale one, whatever the attempt', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), policies, random, (attempt, policy, r) => {
        expect(verdictFor({ error: failure('credential'), attempt, policy, random: r }).action).toBe('hold');
        expect(verdictFor({ error: failure('stale'), attempt, policy, random: r }).action).toBe('ack');
      }),
    );
  });

  it('retries a transient error until the policy is used up, then parks it under its own code', () => {
    fc.assert(
      fc.property(policies, random, (policy, r) => {
        for (let attempt = 1; attempt <= policy.attempts; attempt++) {
          const verdict = verdictFor({ error: failure('transient'), attempt, policy, random: r });
          expect(verdict.action).toBe(attempt < policy.attempts ? 'retry' : 'park');
        }
      }),
    );
  });

  it('never parks what the other side would not even look at: it waits as asked, or as after any failure', () => {
    const facts = { kind: 'transient', code: 'test.limit', message: 'x', untried: true } as const;
    fc.assert(
      fc.property(policies, random, fc.integer({ min: 1, max: 1000 }), (policy, r, attempt) => {
        const asked = new HubError({ ...facts, retryAfterMs: 60_000 });
        expect(verdictFor({ error: asked, attempt, policy, random: r })).toEqual({ action: 'retry', afterMs: 60_000 });
        expect(verdictFor({ error: new HubError(facts), attempt, policy, random: r })).toEqual({
          action: 'retry',
          afterMs: backoffMs(attempt, policy, r),
        });
      }),
    );
  });

  it('parks a refusal at once, whoever calls it untried', () => {
    const error = new HubError({ kind: 'rejected', code: 'test.rejected', message: 'x', untried: true });
    expect(verdictFor({ error, attempt: 1, policy: writePolicy, random: 0 }).action).toBe('park');
  });

  it('waits exactly as long as the other side asked', () => {
    expect(verdictFor({ error: failure('transient', 7_000), attempt: 1, policy: writePolicy, random: 0.5 })).toEqual({
      action: 'retry',
      afterMs: 7_000,
    });
  });

  it('tries a bug three times, then parks it for a person', () => {
    const at = (attempt: number) =>
      verdictFor({ error: new TypeError('x'), attempt, policy: writePolicy, random: 0 }).action;
    expect([at(1), at(bugAttempts - 1), at(bugAttempts)]).toEqual(['retry', 'retry', 'park']);
  });
});

describe('backoffMs', () => {
  it('stays within half and all of a ceiling that doubles up to the cap', () => {
    fc.assert(
      fc.property(policies, random, fc.integer({ min: 1, max: 2000 }), (policy, r, attempt) => {
        const wait = backoffMs(attempt, policy, r);
        expect(wait).toBeLessThanOrEqual(policy.longestDelayMs);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(Math.min(policy.longestDelayMs, policy.firstDelayMs) / 2));
      }),
    );
  });

  it('is the whole delay, every time, where a person set it', () => {
    const policy: RetryPolicy = { attempts: 3, firstDelayMs: 10_000, longestDelayMs: 10_000, exact: true };
    fc.assert(
      fc.property(random, fc.integer({ min: 1, max: 3 }), (r, attempt) => {
        expect(backoffMs(attempt, policy, r)).toBe(10_000);
      }),
    );
  });
});
