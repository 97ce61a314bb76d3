import { setTimeout as sleep } from 'node:timers/promises';
import type { Leases } from '@occ-hub/store';
import { describe, expect, it } from 'vitest';
import { aloneBy } from './alone.ts';

/** Leases that every replica shares, in memory. */
function sharedLeases() {
  const held = new Set<string>();
  const leases: Leases = {
    async take(name, termMs) {
      if (held.has(name)) return undefined;
      held.add(name);
      const release = async () => void held.delete(name);
      return { fence: 1, takenAt: 0, until: termMs, renew: async () => true, release };
    },
  };
  return { leases, held };
}

describe('work that is done alone', () => {
  it('goes one after the other where it has the same name, at whatever replica, and gives what came of it', async () => {
    const { leases } = sharedLeases();
    const [here, there] = [aloneBy(leases, 'con-1'), aloneBy(leases, 'con-1')];
    const seen: string[] = [];
    const work = (who: string) => async () => {
      seen.push(`${who} begins`);
      await sleep(50);
      seen.push(`${who} ends`);
      return who;
    };
    const given = await Promise.all([here('phone', work('one')), there('phone', work('other'))]);
    expect(given).toEqual(['one', 'other']);
    expect(seen).toEqual(['one begins', 'one ends', 'other begins', 'other ends']);
  });

  it('goes at once where the name or the connection is another', async () => {
    const { leases } = sharedLeases();
    const first = aloneBy(leases, 'con-1', 0);
    const inner = await first('phone', () =>
      Promise.all([first('card', async () => 1), aloneBy(leases, 'con-2', 0)('phone', async () => 2)]),
    );
    expect(inner).toEqual([1, 2]);
  });

  it('is not counted as an attempt where another holds it too long, and not begun', async () => {
    const { leases } = sharedLeases();
    const alone = aloneBy(leases, 'con-1', 200);
    let begun = false;
    const waited = alone('phone', () => alone('phone', async () => (begun = true)));
    await expect(waited).rejects.toMatchObject({ kind: 'transient', code: 'ledger.busy', untried: true });
    expect(begun).toBe(false);
  });

  it('is given up whatever came of the work, and its name is not shown', async () => {
    const { leases, held } = sharedLeases();
    const alone = aloneBy(leases, 'con-1');
    const failed = alone('6175550142', async () => {
      expect([...held].join()).not.toContain('6175550142');
      throw new Error('the vendor is away');
    });
    await expect(failed).rejects.toThrow('the vendor is away');
    expect(held.size).toBe(0);
  });
});
