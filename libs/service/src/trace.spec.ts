import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { childTraceparent, currentTraceparent, newTraceparent, traceIdOf, withTrace } from './trace.ts';

const ones = (bytes: number) => new Uint8Array(bytes).fill(0x11);
const given = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

describe('traceparent', () => {
  it('is W3C trace context', () => {
    expect(newTraceparent(ones)).toBe(`00-${'11'.repeat(16)}-${'11'.repeat(8)}-01`);
  });

  it('keeps the trace and changes the span for a child', () => {
    expect(childTraceparent(given, ones)).toBe(`00-${'a'.repeat(32)}-${'11'.repeat(8)}-01`);
  });

  it('starts anew when the parent is missing or malformed', () => {
    const bad = ['', 'x', `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`, `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`];
    for (const parent of [undefined, ...bad]) {
      expect(traceIdOf(parent)).toBeUndefined();
      expect(traceIdOf(childTraceparent(parent, ones))).toBe('11'.repeat(16));
    }
  });
});

describe('withTrace', () => {
  it('is seen after an await, apart for concurrent work, and not outside', async () => {
    const seen = await Promise.all(
      ['one', 'two'].map((name) => withTrace(name, () => sleep(2).then(() => currentTraceparent()))),
    );
    expect(seen).toEqual(['one', 'two']);
    expect(currentTraceparent()).toBeUndefined();
  });
});
