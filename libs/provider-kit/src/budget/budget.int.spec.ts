import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createBudget } from './budget.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
});
afterAll(() => opened.forget());

const budget = (callsPerSecond: number, clock = () => 0) =>
  createBudget({ store: opened.store, clock, callsPerSecond });
async function secondsFor(work: Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work;
  return (performance.now() - startedAt) / 1_000;
}
const times = (count: number, take: () => Promise<void>) => Promise.all(Array.from({ length: count }, take));

describe('createBudget', () => {
  it('lets so many calls a second through for one connection, over two replicas together', async () => {
    const [one, other] = [budget(20), budget(20)];
    const seconds = await secondsFor(
      Promise.all([times(30, () => one.take('shared')), times(30, () => other.take('shared'))]),
    );
    // 60 calls at 20 a second: the third window opens after two seconds.
    expect(seconds).toBeGreaterThan(1.5);
    expect(seconds).toBeLessThan(5);
  });

  it("does not let one connection's calls wait for another's", async () => {
    const paced = budget(10);
    const busy = times(25, () => paced.take('busy'));
    expect(await secondsFor(paced.take('idle'))).toBeLessThan(0.5);
    await busy;
  });

  it('holds nobody up without a limit', async () => {
    const free = budget(0);
    expect(await secondsFor(times(1_000, () => free.take('free')))).toBeLessThan(0.2);
  });

  it('keeps connections that asked for rest, for as long as they asked', () => {
    let now = 1_000;
    const resting = budget(0, () => now);
    resting.rest('tired', 5_000);
    resting.rest('exhausted', 60_000);
    now += 4_999;
    expect(resting.resting()).toEqual(['tired', 'exhausted']);
    now += 1;
    expect(resting.resting()).toEqual(['exhausted']);
  });

  it('does not let a shorter rest cut a longer one', () => {
    const resting = budget(0, () => 1_000);
    resting.rest('tired', 60_000);
    resting.rest('tired', 0);
    expect(resting.resting()).toEqual(['tired']);
  });
});
