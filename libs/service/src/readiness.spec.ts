import { describe, expect, it } from 'vitest';
import { createReadiness } from './readiness.ts';

describe('createReadiness', () => {
  it('is ready when every part is there', async () => {
    const readiness = createReadiness();
    readiness.add('store', async () => {});
    expect(await readiness.report()).toEqual({ ready: true, checks: [{ name: 'store', ok: true }] });
  });

  it('names what is away and why, in one line, while the others are fine', async () => {
    const readiness = createReadiness();
    readiness.add('store', async () => {
      throw new Error('connect ECONNREFUSED\n  at somewhere');
    });
    readiness.add('kafka', async () => {});
    expect(await readiness.report()).toEqual({
      ready: false,
      checks: [
        { name: 'store', ok: false, why: 'connect ECONNREFUSED' },
        { name: 'kafka', ok: true },
      ],
    });
  });

  it('gives up on a check that does not answer', async () => {
    const readiness = createReadiness({ timeoutMs: 20 });
    readiness.add('store', () => new Promise<void>(() => {}));
    expect(await readiness.report()).toMatchObject({ ready: false, checks: [{ why: 'no answer within 20 ms' }] });
  });

  it('asks the parts again only after the kept result is old, however many probes come', async () => {
    let now = 0;
    let asked = 0;
    const readiness = createReadiness({ clock: () => now, cacheMs: 500 });
    readiness.add('store', async () => void asked++);
    await Promise.all([readiness.report(), readiness.report()]);
    now = 499;
    await readiness.report();
    expect(asked).toBe(1);
    now = 500;
    await readiness.report();
    expect(asked).toBe(2);
  });
});
