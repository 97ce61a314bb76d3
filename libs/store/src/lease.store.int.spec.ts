import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createLeases } from './lease.store.ts';
import { openTestStore } from './testing/test-store.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
});
afterAll(() => opened.forget());

const hour = 3_600_000;
/** Leases of a process; its own clock may be off. */
const leasesOf = (owner: string, { offMs = 0 } = {}) =>
  createLeases(opened.store, { clock: () => Date.now() + offMs, owner });

describe('createLeases', () => {
  it('gives a lease to one of many who reach for it at once', async () => {
    const taken = await Promise.all(Array.from({ length: 32 }, (_, n) => leasesOf(`owner-${n}`).take('race', 60_000)));
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('gives one that ran out to one of many who reach for it at once', async () => {
    await leasesOf('a').take('second race', 1);
    await sleep(20);
    const reach = (_: unknown, n: number) => leasesOf(`owner-${n}`).take('second race', 60_000);
    const taken = await Promise.all(Array.from({ length: 32 }, reach));
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('gives it to nobody, its holder neither, until it is released', async () => {
    const lease = await leasesOf('a').take('released', 60_000);
    expect(await leasesOf('b').take('released', 60_000)).toBeUndefined();
    expect(await leasesOf('a').take('released', 60_000)).toBeUndefined();
    await lease!.release();
    expect(await leasesOf('b').take('released', 60_000)).toBeDefined();
  });

  it('takes it from a holder that fell silent, who then can neither renew nor release it', async () => {
    const silent = await leasesOf('a').take('silent', 100);
    await sleep(150);
    const next = await leasesOf('b').take('silent', 60_000);
    expect(next!.fence).toBeGreaterThan(silent!.fence);
    expect(await silent!.renew()).toBe(false);
    await silent!.release();
    expect(await leasesOf('c').take('silent', 60_000)).toBeUndefined();
  });

  it('is kept by who renews it in time, and tells until when by the clock of its holder', async () => {
    const lease = await leasesOf('a', { offMs: hour }).take('kept', 400);
    for (let n = 0; n < 3; n += 1) {
      await sleep(250);
      const asked = Date.now() + hour;
      expect(await lease!.renew()).toBe(true);
      expect(lease!.until - asked - 400).toBeLessThan(250);
      expect(lease!.until).toBeGreaterThanOrEqual(asked + 400);
    }
    expect(await leasesOf('b').take('kept', 60_000)).toBeUndefined();
  });

  it('lasts as long for processes whose clocks differ by hours', async () => {
    const [behind, ahead] = [leasesOf('behind', { offMs: -hour }), leasesOf('ahead', { offMs: hour })];
    await behind.take('skewed', 300);
    expect(await ahead.take('skewed', 300)).toBeUndefined();
    await sleep(350);
    expect(await ahead.take('skewed', 300)).toBeDefined();
    expect(await behind.take('skewed', 300)).toBeUndefined();
    await sleep(350);
    expect(await behind.take('skewed', 300)).toBeDefined();
  });

  it("was taken at an instant of the store's clock, later than the last time, whoever takes it", async () => {
    const instants: number[] = [];
    for (const offMs of [hour, -hour, 0, -hour, hour]) {
      const lease = await leasesOf('any', { offMs }).take('dated', 60_000);
      instants.push(lease!.takenAt);
      await lease!.release();
    }
    instants.slice(1).forEach((instant, index) => expect(instant).toBeGreaterThan(instants[index]!));
    for (const instant of instants) expect(Math.abs(instant - Date.now())).toBeLessThan(5_000);
  });

  it('is later than the last time also when the clock of the store steps back', async () => {
    await (await leasesOf('a').take('stepped', 60_000))!.release();
    const future = Date.now() + hour;
    await opened.store.collection('leases').updateOne({ _id: 'stepped' as never }, { $set: { takenAt: future } });
    expect((await leasesOf('a').take('stepped', 60_000))?.takenAt).toBe(future + 1);
  });

  it('knows different names apart', async () => {
    expect(await leasesOf('a').take('one', 60_000)).toBeDefined();
    expect(await leasesOf('a').take('other', 60_000)).toBeDefined();
  });
});
