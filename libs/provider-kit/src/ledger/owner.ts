import { HubError } from '@occ-hub/errors';
import type { Clock, Log } from '@occ-hub/service';
import type { DeliveryStore } from './delivery.store.ts';
import type { OwnerStore } from './owner.store.ts';

/** A process that falls silent for so long is given up by the others: what it had in hand is handed back. */
const termMs = 10_000;
/** It gives itself up earlier, so that it never sends what others may have in hand. */
const marginMs = 2_000;

export const beatMs = 2_500;

/** The right to work on what was claimed, as long as the others take this process for alive. Once lost it stays lost. */
export interface Hold {
  /** Ends calls under way when the hold is lost. */
  readonly signal: AbortSignal;
  /** Throws when the hold was lost: what this process had in hand may be in other hands. */
  stillOurs(): void;
}

/** This process's sign of life. */
export interface Heartbeat {
  /** Says "I live" and hands back what the dead had in hand. Called every `beatMs`. */
  beat(): Promise<void>;
  /** The hold of an attempt that begins now. */
  hold(): Hold;
}

export interface HeartbeatParts {
  readonly owner: string;
  readonly owners: OwnerStore;
  readonly deliveries: DeliveryStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly wake: () => void;
  /** How long what the dead had in hand rests: the vendor may still be at it. */
  readonly inDoubtWaitMs: number;
}

export function createHeartbeat(parts: HeartbeatParts): Heartbeat {
  const { owner, owners, deliveries, clock, log, wake, inDoubtWaitMs } = parts;
  let life = new AbortController();
  let livesUntil = 0;
  let watchdog: NodeJS.Timeout | undefined;

  return {
    async beat() {
      const now = clock();
      await owners.live(owner, termMs);
      clearTimeout(watchdog);
      if (now >= livesUntil - marginMs || life.signal.aborted) {
        life.abort();
        life = new AbortController();
      }
      livesUntil = now + termMs;
      const current = life;
      watchdog = setTimeout(() => current.abort(), Math.max(0, livesUntil - marginMs - clock())).unref();
      const count = await deliveries.handBack({ aliveOwners: await owners.alive() }, now + inDoubtWaitMs);
      if (count === 0) return;
      log.warn({ part: 'ledger', count, outcome: 'handed-back' }, 'a process died with deliveries in hand');
      wake();
    },
    hold() {
      const { signal } = life;
      return {
        signal,
        stillOurs() {
          if (!signal.aborted && clock() < livesUntil - marginMs) return;
          const message =
            'This process lost touch with its store and must not send any more. The hub goes on by itself.';
          throw new HubError({ kind: 'transient', code: 'ledger.out-of-touch', message });
        },
      };
    },
  };
}
