import { setTimeout as sleep } from 'node:timers/promises';
import { isWorking } from '../connections/connection.ts';
import type { Delivery } from './delivery.ts';
import { type SendParts, sendOne } from './send-one.ts';
import { createTurns } from './turns.ts';

export interface DispatcherParts extends SendParts {
  readonly limits: { readonly inAll: number; readonly perConnection: number };
  /** Connections that the vendor asked to leave alone for a while. */
  readonly resting: () => readonly string[];
}

export interface Dispatcher {
  /** Something new is due. */
  wake(): void;
  /** Lets what is in hand end, for at most so long. */
  stop(withinMs: number): Promise<void>;
}

/** Without a wake-up: retries become due, and other replicas' deliveries may be left behind. */
const idleMs = 500;

/** Sends what is due: many lanes at once, each lane in order. One loop per process; replicas share the work by claims. */
export function startDispatcher(parts: DispatcherParts): Dispatcher {
  const turns = createTurns(parts);
  const inHand = new Map<string, { connection: string; work: Promise<void> }>();
  let stopping = false;
  let wakeUp: (() => void) | undefined;
  let woken = false;

  const wake = () => {
    woken = true;
    wakeUp?.();
  };
  const handsOf = (connection: string) => [...inHand.values()].filter((each) => each.connection === connection).length;

  async function rest(): Promise<void> {
    if (woken || stopping) return void (woken = false);
    const timer = new AbortController();
    await Promise.race([
      new Promise<void>((resolve) => (wakeUp = resolve)),
      sleep(idleMs, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
    wakeUp = undefined;
    woken = false;
  }

  function start(delivery: Delivery): void {
    if (inHand.has(delivery._id)) return;
    const work = sendOne(parts, delivery, () => stopping).finally(() => {
      inHand.delete(delivery._id);
      wake();
    });
    inHand.set(delivery._id, { connection: delivery.connection, work });
  }

  async function startDue(): Promise<number> {
    const free = parts.limits.inAll - inHand.size;
    if (free <= 0) return 0;
    const freeOf = (connection: string) => parts.limits.perConnection - handsOf(connection);
    const taken = await turns.take(
      { free, freeOf },
      excluded(parts, (connection) => freeOf(connection) <= 0),
    );
    taken.forEach(start);
    return taken.length;
  }

  /** After a failed look a claim may have gone through without our knowing: then it is in nobody's hands. */
  async function letGo(): Promise<void> {
    await parts.store.handBack({ owner: parts.owner, but: [...inHand.keys()] }, parts.clock());
  }

  async function loop(): Promise<void> {
    for (let sure = true; !stopping;) {
      try {
        if (!sure) await letGo();
        sure = true;
        if ((await startDue()) === 0) await rest();
      } catch (error) {
        sure = false;
        parts.log.warn({ error, part: 'ledger', outcome: 'waiting' }, 'the ledger cannot be read; trying again');
        await sleep(idleMs);
      }
    }
  }

  const looping = loop();
  return {
    wake,
    async stop(withinMs) {
      stopping = true;
      wake();
      await looping;
      await Promise.race([
        Promise.allSettled([...inHand.values()].map((each) => each.work)),
        sleep(withinMs, undefined, { ref: false }),
      ]);
      await parts.store.handBack({ owner: parts.owner }, parts.clock() + parts.inDoubtWaitMs);
    },
  };
}

/** Connections that may not be worked for: not authorized, paused, resting, or busy to their limit. */
function excluded(parts: DispatcherParts, isFull: (connection: string) => boolean): readonly string[] {
  const out = new Set(parts.resting());
  for (const { _id, state } of parts.registry.all()) if (!isWorking(state) || isFull(_id)) out.add(_id);
  return [...out];
}
