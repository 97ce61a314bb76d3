import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createBudget } from './budget.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
});
afterAll(() => opened.forget());

const budget = (calls: number, clock = () => 0, seconds = 1) =>
  createBudget({ store: opened.store, clock, pace: { calls, seconds } });
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

  it('lets a burst of a longer window through at once, and no more before it is over', async () => {
    const [one, other] = [budget(20, () => 0, 3), budget(20, () => 0, 3)];
    expect(await secondsFor(times(10, () => one.take('burst')))).toBeLessThan(1);
    const seconds = await secondsFor(times(20, () => other.take('burst')));
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

  it('lets no call out while the connection rests, and the waiting ones once it has rested', async () => {
    const resting = budget(0, () => performance.now());
    resting.rest('tired', 300);
    const other = secondsFor(resting.take('lively'));
    expect(await secondsFor(times(5, () => resting.take('tired')))).toBeGreaterThan(0.28);
    expect(await other).toBeLessThan(0.1);
    expect(await secondsFor(resting.take('tired'))).toBeLessThan(0.1);
  });

  it('waits on when the rest is made longer meanwhile', async () => {
    const resting = budget(20, () => performance.now());
    resting.rest('tired', 100);
    const waited = secondsFor(resting.take('tired'));
    resting.rest('tired', 400);
    expect(await waited).toBeGreaterThan(0.38);
  });

  it('makes nobody wait for long: the call fails as transient and says when to come again', async () => {
    const resting = budget(0, () => 1_000);
    resting.rest('exhausted', 600_000);
    await expect(resting.take('exhausted')).rejects.toMatchObject({
      kind: 'transient',
      code: 'budget.resting',
      retryAfterMs: 600_000,
      untried: true,
      mayHaveApplied: false,
    });
  });

  it('waits no longer than whoever asked does', async () => {
    const resting = budget(0, () => performance.now());
    resting.rest('tired', 20_000);
    const why = new Error('stopped');
    const asked = new AbortController();
    const taking = resting.take('tired', asked.signal);
    asked.abort(why);
    await expect(taking).rejects.toBe(why);
  });

  it('says whether there is something to tell the other replicas: not for each of many answers of one moment', () => {
    const resting = budget(0, () => 1_000);
    expect([resting.rest('tired', 5_000), resting.rest('tired', 5_400), resting.rest('tired', 60_000)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
