import { setTimeout as sleep } from 'node:timers/promises';
import { type RetryPolicy, isHubError } from '@occ-hub/errors';
import type { Log, LogFields } from '@occ-hub/service';
import { type AttemptParts, tryOnce } from './attempt.ts';
import { type Conclusion, type Ending, conclude } from './conclude.ts';
import type { Delivery } from './delivery.ts';
import type { SettledTeller } from './settled-teller.ts';

export interface SendParts extends AttemptParts {
  readonly owner: string;
  readonly teller: SettledTeller;
  readonly policy: RetryPolicy;
  /** How long a write rests that was cut: the vendor may still be at it. */
  readonly inDoubtWaitMs: number;
  readonly random: () => number;
  readonly log: Log;
  /** A delivery waits for a choice now. */
  readonly asked: (delivery: string) => void;
  /** Counts attempts by what became of them. */
  readonly settled: (outcome: string) => void;
}

/** How soon an end that the store did not take is written again. */
const againMs = 500;

/** One attempt from the vendor's answer to its end in the ledger. Never throws. */
export async function sendOne(parts: SendParts, delivery: Delivery, isStopping: () => boolean): Promise<void> {
  const { clock, owner, log } = parts;
  const { exchanges, startedAt, cut, policy = parts.policy, ...tried } = await tryOnce(parts, delivery, owner);
  const { ending } = tried;
  const now = clock();
  const attempt = { attempt: delivery.attempts, at: startedAt, ms: now - startedAt, exchanges };
  const result = conclude({
    ...tried,
    ...{ cut, delivery, attempt, policy, now },
    random: parts.random(),
    restMs: cut ? parts.inDoubtWaitMs : 0,
  });
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
  else if (ending.what === 'asked') log.info(fields, 'delivery waits for a choice');
  else log.info(fields, 'delivery settled');
  const mark = await writeEnd(parts, { delivery, change: result.change, fields }, isStopping);
  if (mark === undefined) return;
  if (result.told) parts.teller.tell({ ...delivery, ...result.change.set, mark });
  if (ending.what === 'asked') parts.asked(delivery._id);
  await tellRegistry(parts, delivery, { ending, hold: result.hold }).catch((error: unknown) =>
    log.warn({ ...fields, error }, 'the state of the connection could not be kept'),
  );
}

/**
 * Writes the end of an attempt down. While the store is away the end stays in our hand: it is known, and must not be
 * tried again. Only a process that stops gives it up, after one try; the delivery is then handed back. Gives the
 * number of the mark; undefined when it is not ours to tell: given up, or in other hands.
 */
async function writeEnd(
  { store, owner, log }: SendParts,
  end: { delivery: Delivery; change: Conclusion['change']; fields: LogFields },
  isStopping: () => boolean,
): Promise<string | undefined> {
  for (;;) {
    try {
      const mark = await store.mark({ id: end.delivery._id, owner, ...end.change });
      if (mark !== undefined) return mark;
      log.warn({ ...end.fields, outcome: 'taken-over' }, 'another process has the delivery in hand by now');
      return undefined;
    } catch (error) {
      log.warn({ ...end.fields, error, outcome: 'unmarked' }, 'the end of an attempt cannot be written yet');
      if (isStopping()) return undefined;
      await sleep(againMs);
    }
  }
}

async function tellRegistry(
  { registry }: SendParts,
  delivery: Delivery,
  { ending, hold }: { ending: Ending; hold: boolean },
): Promise<void> {
  if (ending.what !== 'failed') return void (await registry.tell(delivery.connection, { what: 'worked' }));
  if (!isHubError(ending.error)) return;
  if (hold) await registry.tell(delivery.connection, { what: 'refused', error: ending.error });
  else if (ending.error.kind === 'transient')
    await registry.tell(delivery.connection, { what: 'trouble', error: ending.error });
}
