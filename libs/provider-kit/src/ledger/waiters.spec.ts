import { describe, expect, it } from 'vitest';
import { createWaiters } from './waiters.ts';

describe('createWaiters', () => {
  it('wakes everybody who waits for a delivery when it ends, and nobody else', async () => {
    const waiters = createWaiters();
    let woken = 0;
    const wait = (delivery: string) => waiters.until(delivery, 60_000).then(() => (woken += 1));
    const [one, two] = [wait('d1'), wait('d1')];
    void wait('d2');
    waiters.ended('d1');
    await Promise.all([one, two]);
    expect(woken).toBe(2);
    waiters.ended('d2');
  });

  it('waits no longer than asked, and an end that nobody waits for is nothing', async () => {
    const waiters = createWaiters();
    waiters.ended('d1');
    await waiters.until('d1', 1);
  });
});
