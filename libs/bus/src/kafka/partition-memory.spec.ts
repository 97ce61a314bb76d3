import { describe, expect, it } from 'vitest';
import type { RawRecord } from './dead-letter.ts';
import { createPartitionMemory } from './partition-memory.ts';

const recordOf = (offset: number, timestamp = '1000'): RawRecord => ({
  topic: 't',
  partition: 0,
  offset: String(offset),
  timestamp,
  key: null,
  value: null,
  headers: {},
});

describe('createPartitionMemory', () => {
  it('knows what it was told to remember, and not another record at the same offset of a topic made anew', () => {
    const memory = createPartitionMemory();
    memory.remember(recordOf(5));
    expect([memory.knows(recordOf(5)), memory.knows(recordOf(5, '2000')), memory.knows(recordOf(6))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('forgets the oldest beyond its size', () => {
    const memory = createPartitionMemory(3);
    for (const offset of [1, 2, 3, 4]) memory.remember(recordOf(offset));
    expect([1, 2, 3, 4].map((offset) => memory.knows(recordOf(offset)))).toEqual([false, true, true, true]);
  });

  it('counts the failures of one record until it is finished or another fails', () => {
    const memory = createPartitionMemory();
    memory.failed(recordOf(1));
    memory.failed(recordOf(1));
    expect(memory.failuresOf(recordOf(1))).toBe(2);
    memory.failed(recordOf(2));
    expect([memory.failuresOf(recordOf(1)), memory.failuresOf(recordOf(2))]).toEqual([0, 1]);
    memory.remember(recordOf(2));
    expect(memory.failuresOf(recordOf(2))).toBe(0);
  });

  it('runs one piece of work at a time, also after one that failed', async () => {
    const memory = createPartitionMemory();
    const order: string[] = [];
    const first = memory.exclusively(async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      order.push('first');
      throw new Error('failed');
    });
    const second = memory.exclusively(async () => void order.push('second'));
    await expect(first).rejects.toThrow('failed');
    await second;
    expect(order).toEqual(['first', 'second']);
  });
});
