import { HubError } from '@occ-hub/errors';
import type { Clock, Log } from '@occ-hub/service';
import type { DeliveryStore } from './delivery.store.ts';
import type { OwnerStore } from './owner.store.ts';

/** A process that falls silent for so long is given up by the others: what it had in hand is handed back. */
const termMs = 10_000;
/** It gives itself up earlier, so that it never sends what others may have in hand. */
const marginMs = 2_000;

export const beatMs = 2_500;

/** This process's sign of life. */
export interface Heartbeat {
  /** Says "I live" and hands back what the dead had in hand. Called every `beatMs`. */
  beat(): Promise<void>;
  /** Throws when the last sign of life is too old. */
  stillAlive(): void;
}

export function createHeartbeat(parts: {
  owner: string;
  owners: OwnerStore;
  deliveries: DeliveryStore;
  clock: Clock;
  log: Log;
  wake: () => void;
}): Heartbeat {
  const { owner, owners, deliveries, clock, log } = parts;
  let livesUntil = 0;
  return {
    async beat() {
      const now = clock();
      await owners.live(owner, now + termMs);
      livesUntil = now + termMs;
      const count = await deliveries.handBack({ aliveOwners: await owners.alive(now) });
      if (count === 0) return;
      log.warn({ part: 'ledger', count, outcome: 'handed-back' }, 'a process died with deliveries in hand');
      parts.wake();
    },
    stillAlive() {
      if (clock() < livesUntil - marginMs) return;
      const message = 'This process lost touch with its store and must not send any more. The hub goes on by itself.';
      throw new HubError({ kind: 'transient', code: 'ledger.out-of-touch', message });
    },
  };
}
