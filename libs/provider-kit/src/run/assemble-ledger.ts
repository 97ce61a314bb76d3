import { writePolicy } from '@occ-hub/errors';
import { createAnnouncer } from '../ledger/announcer.ts';
import { createChoices } from '../ledger/choices.ts';
import type { Delivery } from '../ledger/delivery.ts';
import { createDesk } from '../ledger/desk.ts';
import { type Dispatcher, startDispatcher } from '../ledger/dispatcher.ts';
import { createIntake } from '../ledger/intake.ts';
import { createHeartbeat } from '../ledger/owner.ts';
import { createReportTo } from '../ledger/report-to.ts';
import { createSettledTeller } from '../ledger/settled-teller.ts';
import { createWaiters } from '../ledger/waiters.ts';
import type { AssembleFacts } from './assemble-facts.ts';
import type { VendorSide } from './assemble-vendor.ts';
import type { CoreQuestions } from './core-questions.ts';

export interface LedgerFacts extends AssembleFacts {
  readonly vendor: VendorSide;
  readonly core: CoreQuestions;
  readonly wake: () => void;
}

export type LedgerSide = ReturnType<typeof assembleLedger>;

/** Everything from an event that came in to its end at the vendor, told. Nothing is sent before `startSending`. */
export function assembleLedger({ vendor, core, wake, ...facts }: LedgerFacts) {
  const { provider, env, stores, owner, clock, newId, log } = facts;
  const { deliveries, owners, versions, leases } = stores;
  const { publish } = facts.publisher;
  const inDoubtWaitMs = env.IN_DOUBT_WAIT_MS;
  const heartbeat = createHeartbeat({ owner, owners, deliveries, clock, log, wake, inDoubtWaitMs });
  const { registry, clients } = vendor;
  const reportTo = createReportTo({ provider, registry, clients });
  const teller = createSettledTeller({
    store: deliveries,
    publish,
    provider: provider.id,
    reportTo,
    clock,
    newId,
    log,
  });
  const waiters = createWaiters();
  const tellEnd = (delivery: Delivery) => {
    waiters.ended(delivery._id);
    teller.tell(delivery);
  };
  const startSending = (): Dispatcher =>
    startDispatcher({
      ...{ provider, store: deliveries, owner, clock, log, inDoubtWaitMs, policy: writePolicy },
      ...{ vault: vendor.vault, versions, leases, registry, clients, bytesOf: core.bytesOf },
      teller: { ...teller, tell: tellEnd },
      asked: waiters.ended,
      random: facts.random,
      hold: heartbeat.hold,
      limits: { inAll: env.DELIVERIES_AT_ONCE, perConnection: env.DELIVERIES_PER_CONNECTION },
      resting: vendor.budget.resting,
      settled: facts.metrics.settled,
    });
  return {
    ...{ heartbeat, teller, waiters, startSending },
    announcer: createAnnouncer({ store: deliveries, publish, clock, log }),
    intake: createIntake({ provider, store: deliveries, newId, clock, wake }),
    choices: createChoices(stores.deliveryModel, { clock, newId, wake, tell: tellEnd }),
    desk: createDesk(stores.deliveryModel, { clock, wake, tell: teller.tell }),
  };
}
