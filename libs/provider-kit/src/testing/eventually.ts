import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again every 20 ms until it is there; throws with what was seen last when it is not there in time. */
export async function eventually<Seen>(
  look: () => Promise<Seen> | Seen,
  isThere: (seen: Seen) => boolean,
  withinMs = 10_000,
): Promise<Seen> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (isThere(seen)) return seen;
    if (performance.now() > deadline) {
      throw new Error(`not within ${withinMs} ms; last seen: ${JSON.stringify(seen)?.slice(0, 2_000)}`);
    }
    await sleep(20);
  }
}
