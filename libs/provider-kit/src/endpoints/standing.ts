import { HubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import type { Submitted } from '../endpoint.ts';
import { type Delivery, unsettledStates } from '../ledger/delivery.ts';
import type { DeliveryStore } from '../ledger/delivery.store.ts';
import type { Waiters } from '../ledger/waiters.ts';

export interface StandingParts {
  readonly deliveries: Pick<DeliveryStore, 'get'>;
  readonly waiters: Waiters;
  readonly clock: Clock;
}

/** Another replica may have it in hand: then only a look at the store tells. */
const lookEveryMs = 500;

/** How a delivery stands at its end, when somebody has to choose, or when the time is up. `until`: milliseconds since 1970. */
export async function standingBy(
  { deliveries, waiters, clock }: StandingParts,
  id: string,
  { until, repeated }: { readonly until: number; readonly repeated: boolean },
): Promise<Submitted> {
  for (;;) {
    const left = until - clock();
    const ended = waiters.until(id, Math.min(Math.max(left, 0), lookEveryMs));
    const delivery = await deliveries.get(id);
    if (delivery && (left <= 0 || !isUnderWay(delivery))) return standing(delivery, repeated);
    if (!delivery && left <= 0) throw vanished();
    await ended;
  }
}

/** How a delivery stands now. */
export function standing(delivery: Delivery, repeated: boolean): Submitted {
  const { _id, event, state, kind, code, message, failedStep = null, vendorIds, choice = null } = delivery;
  return { delivery: _id, repeated, data: event.data, state, kind, code, message, failedStep, vendorIds, choice };
}

function isUnderWay({ state }: Delivery): boolean {
  return unsettledStates.includes(state) && state !== 'awaiting-choice';
}

/** Somebody forgot the org or its deliveries meanwhile. */
function vanished(): HubError {
  const message = 'What was handed over is not in the ledger any more. Send it again.';
  return new HubError({ kind: 'transient', code: 'ledger.delivery-gone', message });
}
