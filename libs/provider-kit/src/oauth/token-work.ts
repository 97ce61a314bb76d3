import { setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '@occ-hub/errors';

/** Work that holds tokens which lie nowhere else: cut off between the vendor's answer and the store, it loses them. */
export interface TokenWork {
  /** Does the work; a stop waits for it. Fails as `transient` after `end`, before anything was asked of the vendor. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Waits until nothing is under way any more, so long at most. */
  settled(withinMs: number): Promise<void>;
  /** Lets nothing begin any more, and waits once more. */
  end(withinMs: number): Promise<void>;
}

export function createTokenWork(): TokenWork {
  const underWay = new Set<Promise<unknown>>();
  let ended = false;

  async function allDone(): Promise<void> {
    while (underWay.size > 0) await Promise.allSettled(underWay);
  }

  async function settled(withinMs: number): Promise<void> {
    await Promise.race([allDone(), sleep(withinMs, undefined, { ref: false })]);
  }

  return {
    async run(work) {
      if (ended) throw stopping();
      const done = work();
      underWay.add(done);
      try {
        return await done;
      } finally {
        underWay.delete(done);
      }
    },
    settled,
    async end(withinMs) {
      ended = true;
      await settled(withinMs);
    },
  };
}

function stopping(): HubError {
  const message = 'This process of the hub is about to stop. The hub goes on by itself in another one.';
  return new HubError({ kind: 'transient', code: 'service.stopping', message });
}
