import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '@occ-hub/errors';
import type { Leases } from '@occ-hub/store';
import type { Write } from '../sink.ts';

type Alone = Write<unknown, unknown, unknown>['alone'];

/** A process that dies keeps the others waiting for so long. */
const termMs = 30_000;
const renewEveryMs = 10_000;
const lookEveryMs = 150;

/** `Write.alone` of the writes of one connection. `waitMs`: how long somebody else's work is waited for. */
export function aloneBy(leases: Leases, connection: string, waitMs = 5_000): Alone {
  return async (name, work) => {
    const lease = await taken(leases, leaseOf(connection, name), waitMs);
    // Lost, it is lost: a call that is under way cannot be taken back.
    const renewing = setInterval(() => void lease.renew().catch(() => undefined), renewEveryMs);
    try {
      return await work();
    } finally {
      clearInterval(renewing);
      await lease.release().catch(() => undefined);
    }
  };
}

async function taken(leases: Leases, name: string, waitMs: number) {
  const until = performance.now() + waitMs;
  for (;;) {
    const lease = await leases.take(name, termMs);
    if (lease) return lease;
    if (performance.now() >= until) throw busy();
    await sleep(lookEveryMs);
  }
}

/** A name may be a person's phone, and leases stay for ever: it is one of 4096. Two names that share one wait for each other. */
function leaseOf(connection: string, name: string): string {
  return `alone/${connection}/${createHash('sha256').update(name).digest('hex').slice(0, 3)}`;
}

function busy(): HubError {
  const message = 'Another write of the same is under way. The hub tries again by itself.';
  return new HubError({ kind: 'transient', code: 'ledger.busy', message, retryAfterMs: 2_000, untried: true });
}
