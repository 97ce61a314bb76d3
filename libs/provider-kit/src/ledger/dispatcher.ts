import { setTimeout as sleep } from 'node:timers/promises';
import { type RetryPolicy, isHubError } from '@occ-hub/errors';
import type { Log, LogFields } from '@occ-hub/service';
import { isWorking } from '../connections/connection.ts';
import { type AttemptParts, tryOnce } from './attempt.ts';
import { type Ending, conclude } from './conclude.ts';
import type { Delivery } from './delivery.ts';
import { chooseHeads } from './heads.ts';
import type { SettledTeller } from './settled-teller.ts';

export interface DispatcherParts extends AttemptParts {
  readonly owner: string;
  readonly teller: SettledTeller;
  readonly policy: RetryPolicy;
  readonly random: () => number;
  readonly log: Log;
  readonly limits: { readonly inAll: number; readonly perConnection: number };
  /** Connections that the vendor asked to leave alone for a while. */
  readonly resting: () => readonly string[];
  /** Counts attempts by what became of them. */
  readonly settled: (outcome: string) => void;
}

export interface Dispatcher {
  /** Something new is due. */
  wake(): void;
  /** Lets what is in hand end, for at most so long. */
  stop(withinMs: number): Promise<void>;
}

/** Without a wake-up: retries become due, and other replicas' deliveries may be left behind. */
const idleMs = 500;
/** A page of due work looked at together. Larger than what can start, since lanes hold some of it back. */
const pageFactor = 4;

/** Sends what is due: many lanes at once, each lane in order. One loop per process; replicas share the work by claims. */
export function startDispatcher(parts: DispatcherParts): Dispatcher {
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
    const without = excluded(parts, (connection) => freeOf(connection) <= 0);
    const due = await parts.store.due({ now: parts.clock(), limit: free * pageFactor, without });
    if (due.length === 0) return 0;
    const unsettled = await parts.store.unsettledIn([...new Set(due.map((each) => each.lane))]);
    const chosen = chooseHeads({ due, unsettled, free, freeOf });
    if (chosen.length === 0) return 0;
    const mine = await parts.store.claim(chosen, parts.owner);
    for (const delivery of due) if (mine.has(delivery._id)) start({ ...delivery, attempts: delivery.attempts + 1 });
    return mine.size;
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      try {
        if ((await startDue()) === 0) await rest();
      } catch (error) {
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
      await parts.store.handBack({ owner: parts.owner });
    },
  };
}

/** Connections that may not be worked for: not authorized, paused, resting, or busy to their limit. */
function excluded(parts: DispatcherParts, isFull: (connection: string) => boolean): readonly string[] {
  const out = new Set(parts.resting());
  for (const { _id, state } of parts.registry.all()) if (!isWorking(state) || isFull(_id)) out.add(_id);
  return [...out];
}

async function sendOne(parts: DispatcherParts, delivery: Delivery, isStopping: () => boolean): Promise<void> {
  const { clock, owner, log } = parts;
  const { ending, exchanges, startedAt } = await tryOnce(parts, delivery, owner);
  const now = clock();
  const attempt = { attempt: delivery.attempts, at: startedAt, ms: now - startedAt, exchanges };
  const result = conclude({ delivery, ending, attempt, policy: parts.policy, random: parts.random(), now });
  const fields = {
    deliveryId: delivery._id,
    connectionId: delivery.connection,
    event: delivery.eventType,
    attempt: delivery.attempts,
    ms: now - startedAt,
    outcome: result.outcome,
  };
  parts.settled(result.outcome);
  if (ending.what === 'failed') log.warn({ ...fields, error: ending.error }, 'delivery attempt failed');
  else log.info(fields, 'delivery settled');
  if (!(await writeEnd(parts, { delivery, update: result.update, fields }, isStopping))) return;
  if (result.told) parts.teller.tell({ ...delivery, ...(result.update['$set'] as Partial<Delivery>) });
  await tellRegistry(parts, delivery, { ending, hold: result.hold }).catch((error: unknown) =>
    log.warn({ ...fields, error }, 'the state of the connection could not be kept'),
  );
}

/**
 * Writes the end of an attempt down. While the store is away the end stays in our hand: it is known, and must not be
 * tried again. Only a process that stops gives it up, after one try; the delivery is then handed back.
 */
async function writeEnd(
  { store, owner, log }: DispatcherParts,
  end: { delivery: Delivery; update: Readonly<Record<string, unknown>>; fields: LogFields },
  isStopping: () => boolean,
): Promise<boolean> {
  for (;;) {
    try {
      await store.mark({ id: end.delivery._id, owner, update: end.update });
      return true;
    } catch (error) {
      log.warn({ ...end.fields, error, outcome: 'unmarked' }, 'the end of an attempt cannot be written yet');
      if (isStopping()) return false;
      await sleep(idleMs);
    }
  }
}

async function tellRegistry(
  { registry }: DispatcherParts,
  delivery: Delivery,
  { ending, hold }: { ending: Ending; hold: boolean },
): Promise<void> {
  if (ending.what !== 'failed') return void (await registry.tell(delivery.connection, { what: 'worked' }));
  if (!isHubError(ending.error)) return;
  if (hold) await registry.tell(delivery.connection, { what: 'refused', error: ending.error });
  else if (ending.error.kind === 'transient')
    await registry.tell(delivery.connection, { what: 'trouble', error: ending.error });
}
