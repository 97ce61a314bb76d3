import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTokenWork } from './token-work.ts';

describe('work with tokens', () => {
  it('is waited for, also what begins meanwhile, and what fails', async () => {
    const work = createTokenWork();
    const done: string[] = [];
    const second = async () => {
      await sleep(20);
      done.push('second');
    };
    const first = work.run(async () => {
      await sleep(20);
      done.push('first');
      void work.run(second);
      throw new Error('failed');
    });
    await Promise.all([work.settled(5_000), expect(first).rejects.toThrow('failed')]);
    expect(done).toEqual(['first', 'second']);
  });

  it('is waited for only so long', async () => {
    const work = createTokenWork();
    const never = Promise.withResolvers<void>();
    void work.run(() => never.promise);
    const began = performance.now();
    await work.settled(50);
    expect(performance.now() - began).toBeLessThan(2_000);
    never.resolve();
  });

  it('does not begin any more after the end', async () => {
    const work = createTokenWork();
    const under = work.run(() => sleep(20, 'kept'));
    await work.end(5_000);
    expect(await under).toBe('kept');
    let begun = false;
    const late = work.run(async () => void (begun = true));
    await expect(late).rejects.toMatchObject({ kind: 'transient', code: 'service.stopping' });
    expect(begun).toBe(false);
  });
});
