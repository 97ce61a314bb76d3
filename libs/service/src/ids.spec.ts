import { describe, expect, it } from 'vitest';
import { createIds, newId } from './ids.ts';

const zeros = (bytes: number) => new Uint8Array(bytes);

describe('createIds', () => {
  it('sorts by time, and within one millisecond by the order of making', () => {
    let now = 1_000;
    const make = createIds({ clock: () => now, random: zeros });
    const made = [make(), make(), make()];
    now = 1_001;
    made.push(make());
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(4);
  });

  it('goes on upwards when the clock goes back', () => {
    let now = 5_000;
    const make = createIds({ clock: () => now, random: zeros });
    const before = make();
    now = 10;
    expect(make() > before).toBe(true);
  });

  it('moves on to the next millisecond when the random part is used up', () => {
    const make = createIds({ clock: () => 7, random: (bytes) => new Uint8Array(bytes).fill(255) });
    const [first, second] = [make(), make()];
    expect(second > first).toBe(true);
  });
});

describe('newId', () => {
  it('makes ids that the contracts accept, with and without a prefix', () => {
    expect(newId()).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(newId('job')).toMatch(/^job_[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('never repeats', () => {
    const made = Array.from({ length: 10_000 }, () => newId());
    expect(new Set(made).size).toBe(10_000);
    expect([...made].sort()).toEqual(made);
  });
});
