import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type UsageNote, createUsageNotes } from './usage-notes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function world() {
  const kept: [string, UsageNote][] = [];
  const failures: unknown[] = [];
  const store = { away: false };
  const note = createUsageNotes({
    async keep(connection, calls) {
      if (store.away) throw new Error('the store is away');
      kept.push([connection, calls]);
    },
    clock: () => Date.now(),
    onFailure: (_connection, error) => void failures.push(error),
  });
  return { note, kept, failures, store };
}
const calls = (used: number) => ({ used, limit: 15_000 });

describe('createUsageNotes', () => {
  it('keeps the first word at once, then the last one of each half minute, with its age', async () => {
    const { note, kept } = world();
    for (let used = 1; used <= 100; used += 1) {
      note('con-1', calls(used));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(kept).toEqual([['con-1', { ...calls(1), ageMs: 0 }]]);
    await vi.advanceTimersByTimeAsync(60_000);
    // The hundredth came 9.9 seconds after the first.
    expect(kept.slice(1)).toEqual([['con-1', { ...calls(100), ageMs: 20_100 }]]);
  });

  it('keeps again at once after half a minute of silence', async () => {
    const { note, kept } = world();
    note('con-1', calls(1));
    await vi.advanceTimersByTimeAsync(30_000);
    note('con-1', calls(2));
    expect(kept.map(([, { used }]) => used)).toEqual([1, 2]);
  });

  it('does not let connections wait for each other', () => {
    const { note, kept } = world();
    note('con-1', calls(1));
    note('con-2', calls(7));
    expect(kept.map(([connection]) => connection)).toEqual(['con-1', 'con-2']);
  });

  it('never throws, and says it again after the store was away', async () => {
    const { note, kept, failures, store } = world();
    store.away = true;
    note('con-1', calls(1));
    await vi.advanceTimersByTimeAsync(0);
    expect(failures).toHaveLength(1);
    store.away = false;
    note('con-1', calls(2));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(kept.map(([, { used }]) => used)).toEqual([2]);
  });
});
