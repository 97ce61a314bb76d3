import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openTestStore } from './testing/test-store.ts';
import { createLeases } from './lease.store.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
});
afterAll(() => opened.forget());

let now = 1_000_000;
const leasesOf = (owner: string) => createLeases(opened.store, { clock: () => now, owner });

describe('createLeases', () => {
  it('gives a lease to one of many who reach for it at once', async () => {
    const taken = await Promise.all(Array.from({ length: 32 }, (_, n) => leasesOf(`owner-${n}`).take('race', 1_000)));
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('gives it to nobody, its holder neither, until it is released', async () => {
    const lease = await leasesOf('a').take('released', 1_000);
    expect(await leasesOf('b').take('released', 1_000)).toBeUndefined();
    expect(await leasesOf('a').take('released', 1_000)).toBeUndefined();
    await lease!.release();
    expect(await leasesOf('b').take('released', 1_000)).toBeDefined();
  });

  it('takes it from a holder that fell silent, who then can neither renew nor release it', async () => {
    const silent = await leasesOf('a').take('silent', 1_000);
    now += 1_001;
    const next = await leasesOf('b').take('silent', 1_000);
    expect(next!.fence).toBeGreaterThan(silent!.fence);
    expect(await silent!.renew()).toBe(false);
    await silent!.release();
    expect(await leasesOf('c').take('silent', 1_000)).toBeUndefined();
  });

  it('is kept by who renews it in time', async () => {
    const lease = await leasesOf('a').take('kept', 1_000);
    for (let n = 0; n < 3; n += 1) {
      now += 900;
      expect(await lease!.renew()).toBe(true);
    }
    expect(await leasesOf('b').take('kept', 1_000)).toBeUndefined();
  });

  it('knows different names apart', async () => {
    expect(await leasesOf('a').take('one', 1_000)).toBeDefined();
    expect(await leasesOf('a').take('other', 1_000)).toBeDefined();
  });
});
