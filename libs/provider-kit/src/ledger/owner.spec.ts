import { isHubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { aDelivery } from '../testing/a-delivery.ts';
import { captureLog } from '../testing/captured-log.ts';
import { memoryLedger } from '../testing/memory-ledger.ts';
import { createHeartbeat } from './owner.ts';
import type { OwnerStore } from './owner.store.ts';

/** Processes that share a ledger and a clock. */
function world() {
  let now = 1_000_000;
  const living = new Map<string, number>();
  const store = { away: false };
  const owners: OwnerStore = {
    async live(owner, forMs) {
      if (store.away) throw new Error('the store is away');
      living.set(owner, now + forMs);
    },
    alive: async () => [...living].flatMap(([owner, until]) => (until > now ? [owner] : [])),
    leave: async (owner) => void living.delete(owner),
  };
  const ledger = memoryLedger();
  const process = (owner: string) => {
    const woken: number[] = [];
    const wake = () => void woken.push(now);
    const parts = {
      owner,
      owners,
      deliveries: ledger.store,
      clock: () => now,
      log: captureLog('test').log,
      wake,
      inDoubtWaitMs: 60_000,
    };
    return { ...createHeartbeat(parts), woken };
  };
  return { process, ledger, store, later: (ms: number) => void (now += ms) };
}
async function inHandOf(ledger: ReturnType<typeof memoryLedger>, owner: string): Promise<void> {
  await ledger.add([aDelivery({ _id: `of-${owner}`, lane: owner })]);
  await ledger.store.claim([`of-${owner}`], owner);
}

describe('createHeartbeat', () => {
  it('leaves what is in living hands, its own too, and wakes nobody for nothing', async () => {
    const { process, ledger, later } = world();
    const [one, other] = [process('one'), process('other')];
    for (const owner of ['one', 'other']) await inHandOf(ledger, owner);
    for (let n = 0; n < 5; n += 1) {
      await Promise.all([one.beat(), other.beat()]);
      later(2_500);
    }
    expect(ledger.states()).toEqual(['sending', 'sending']);
    expect([...one.woken, ...other.woken]).toEqual([]);
  });

  it('hands back what a process had in hand that has been silent for ten seconds, not before', async () => {
    const { process, ledger, later } = world();
    const [one, silent] = [process('one'), process('silent')];
    await Promise.all([one.beat(), silent.beat()]);
    await inHandOf(ledger, 'silent');
    later(9_999);
    await one.beat();
    expect(ledger.states()).toEqual(['sending']);
    later(1);
    await one.beat();
    // The vendor may still be at it: it is asked only a minute later.
    expect(ledger.get('of-silent')).toMatchObject({ state: 'waiting', owner: null, nextAttemptAt: 1_070_000 });
    expect(one.woken).toHaveLength(1);
  });

  it('gives itself up before the others do, and what it had begun stays given up', async () => {
    const { process, store, later } = world();
    const one = process('one');
    expect(() => one.hold().stillOurs()).toThrow();
    await one.beat();
    const before = one.hold();
    store.away = true;
    later(7_999);
    await expect(one.beat()).rejects.toThrow('away');
    before.stillOurs();
    later(1);
    expect(() => before.stillOurs()).toThrow(/lost touch with its store/);
    store.away = false;
    await one.beat();
    expect(() => before.stillOurs()).toThrow(/lost touch/);
    expect(before.signal.aborted).toBe(true);
    one.hold().stillOurs();
  });

  it('is tried again later, not held against the vendor', async () => {
    const one = world().process('one');
    try {
      one.hold().stillOurs();
      expect.unreachable();
    } catch (error) {
      expect(isHubError(error, 'transient') && [error.code, error.mayHaveApplied]).toEqual([
        'ledger.out-of-touch',
        false,
      ]);
    }
  });
});
