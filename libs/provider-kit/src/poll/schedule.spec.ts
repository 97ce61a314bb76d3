import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPoll, spreadOf } from './schedule.ts';

const schedule = '5,20,35,50 * * * *';
const connections = fc.string({ minLength: 1, maxLength: 20 });
const times = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });

describe('nextPoll', () => {
  it('comes after the asked instant, within a quarter of an hour, on a mark plus the spread', () => {
    fc.assert(
      fc.property(connections, times, (connection, after) => {
        const next = nextPoll({ schedule, connection, after });
        expect(next).toBeGreaterThan(after);
        expect(next - after).toBeLessThanOrEqual(900_000);
        const mark = new Date(next - spreadOf(connection));
        expect([5, 20, 35, 50]).toContain(mark.getUTCMinutes());
        expect(mark.getUTCSeconds()).toBe(0);
      }),
    );
  });

  it('skips the marks of a long outage', () => {
    const after = Date.UTC(2026, 10, 24, 12, 6);
    const next = nextPoll({ schedule, connection: 'c1', after });
    expect(next).toBe(
      Date.UTC(2026, 10, 24, 12, 5) + spreadOf('c1') > after
        ? Date.UTC(2026, 10, 24, 12, 5) + spreadOf('c1')
        : Date.UTC(2026, 10, 24, 12, 20) + spreadOf('c1'),
    );
  });
});
