import { describe, expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { createLimits } from './limits.ts';

const HOUR = 3_600_000;

describe('daily limit', () => {
  test('counts, prints itself and refuses what is beyond', () => {
    const limits = createLimits(
      { dailyLimit: 2 },
      createClock(() => 0),
    );
    limits.count();
    expect([limits.header(), limits.refusal()]).toEqual(['api-usage=1/2', undefined]);
    limits.count();
    expect(limits.refusal()).toEqual({
      status: 403,
      body: [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    });
  });

  test('calls older than 24 hours of the org fall out, one by one', () => {
    const clock = createClock(() => 0);
    const limits = createLimits({ dailyLimit: 2 }, clock);
    limits.count();
    clock.advance(HOUR);
    limits.count();
    clock.advance(23 * HOUR);
    expect(limits.used()).toBe(1);
    clock.advance(HOUR);
    expect(limits.used()).toBe(0);
  });

  test('can be set', () => {
    const limits = createLimits(
      {},
      createClock(() => 0),
    );
    expect(limits.header()).toBe('api-usage=0/100000');
    limits.set({ used: 990, max: 1000 });
    limits.count();
    expect(limits.header()).toBe('api-usage=991/1000');
  });
});
