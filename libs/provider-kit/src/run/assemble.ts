import type { Asker, Publisher } from '@occ-hub/bus';
import type { SyncRun } from '@occ-hub/contracts';
import { writePolicy } from '@occ-hub/errors';
import type { Clock, Log, NewId, RandomBytes } from '@occ-hub/service';
import type { Store } from '@occ-hub/store';
import { createBudget } from '../budget/budget.ts';
import type { Desks } from '../commands/desks.ts';
import { createChangeTeller } from '../connections/change-teller.ts';
import { createClients } from '../connections/clients.ts';
import { createProber } from '../connections/prober.ts';
import { createRegistry } from '../connections/registry.ts';
import { createVendorSender } from '../http/vendor-sender.ts';
import { createDesk } from '../ledger/desk.ts';
import { type Dispatcher, startDispatcher } from '../ledger/dispatcher.ts';
import { createAnnouncer } from '../ledger/announcer.ts';
import type { Delivery } from '../ledger/delivery.ts';
import { createIntake, deliveryOf } from '../ledger/intake.ts';
import { createWaiters } from '../ledger/waiters.ts';
import { createKeys } from '../endpoints/keys.ts';
import { endpointRoutes } from '../endpoints/routes.ts';
import { createHurry } from '../ledger/hurry.ts';
import { createHeartbeat } from '../ledger/owner.ts';
import { createSettledTeller } from '../ledger/settled-teller.ts';
import { createPoller } from '../poll/poller.ts';
import { readLists } from '../poll/read-lists.ts';
import type { AnyProvider } from '../provider.ts';
import { type Routes, callbackRoutes } from '../oauth/callback-routes.ts';
import { createConsents } from '../oauth/consents.ts';
import { createGrants } from '../oauth/grants.ts';
import { createTokenWork } from '../oauth/token-work.ts';
import { readKeyRing } from '../vault/key-ring.ts';
import { resealOld } from '../vault/reseal.ts';
import { createVault } from '../vault/vault.ts';
import { assembleConsent } from './assemble-consent.ts';
import { createCoreQuestions } from './core-questions.ts';
import type { KitEnv } from './env.ts';
import type { ProviderMetrics } from './metrics.ts';
import type { Stores } from './stores.ts';
import { createIoOfConnection } from './io-of-connection.ts';

export interface AssembleFacts {
  readonly provider: AnyProvider;
  readonly env: KitEnv & Readonly<Record<string, unknown>>;
  readonly store: Store;
  readonly stores: Stores;
  readonly publisher: Publisher;
  readonly asker: Asker;
  /** The name on the NATS server of a subject of ours. */
  readonly subjectOf: (subject: string) => string;
  readonly tellProgress: (run: SyncRun) => void;
  readonly metrics: ProviderMetrics;
  readonly owner: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly random: () => number;
  readonly randomBytes: RandomBytes;
  /** Base of this service as browsers reach it. */
  readonly publicUrl: string;
  readonly log: Log;
}

/** The machinery of a provider, put together. Nothing runs yet but the dispatcher, which finds nothing before the registry is filled. */
export function assemble(facts: AssembleFacts) {
  const { provider, env, stores, publisher, asker, owner, clock, newId, random, log } = facts;
  const { connections, deliveries } = stores;
  let dispatcher: Dispatcher | undefined;
  const wake = () => dispatcher?.wake();
  const inDoubtWaitMs = env.IN_DOUBT_WAIT_MS;
  const hurry = (connection: string) => {
    const now = clock();
    void deliveries.hurry(connection, { now, inDoubtUntil: now - inDoubtWaitMs }).then(wake, () => undefined);
  };
  const onWorking = createHurry({ clock, hurry });

  const ring = readKeyRing(env.VAULT_KEYS.reveal());
  const vault = createVault(ring);
  const vendor = { id: provider.id, title: provider.title };
  const sender = createVendorSender({ vendor, clock, connectionsPerHost: env.DELIVERIES_AT_ONCE });
  const budget = createBudget({ store: facts.store, clock, callsPerSecond: env.CALLS_PER_SECOND });
  const publish = publisher.publish;
  const changes = createChangeTeller({
    store: connections,
    leases: stores.leases,
    publish,
    provider: provider.id,
    log,
  });
  const onUntold = changes.nudge;
  const registry = createRegistry({ store: connections, clock, log, onWorking, onRest: budget.rest, onUntold });
  const { publicUrl } = facts;
  const grants = createGrants(stores.grants, vault);
  const tokenWork = createTokenWork();
  const consents = createConsents({
    ...{ provider, env, publicUrl, sender, grants, leases: stores.leases, work: tokenWork, clock, log },
  });
  const io = createIoOfConnection({ stores, vault, budget, sender, consents, clock, log });
  const clients = createClients({ provider, env, vault, io });
  const core = createCoreQuestions(asker, facts.subjectOf, newId);

  const tell = (run: SyncRun) => {
    facts.metrics.ran(run);
    facts.tellProgress(run);
  };
  const poller = createPoller({
    provider: provider.id,
    definition: provider,
    clients,
    registry,
    connections,
    clock,
    newId,
    log,
    digests: stores.digests,
    runs: stores.runs,
    leases: stores.leases,
    publish,
    watermarks: stores.watermarks,
    linkedReps: core.linkedReps,
    readLists: (client) => readLists(provider, client),
    keepLists: core.keepLists,
    tell,
  });
  const heartbeat = createHeartbeat({
    ...{ owner, owners: stores.owners, deliveries, clock, log, wake, inDoubtWaitMs },
  });
  const teller = createSettledTeller({ store: deliveries, publish, provider: provider.id, clock, newId, log });
  const announcer = createAnnouncer({ store: deliveries, publish, clock, log });
  const waiters = createWaiters();
  const tellEnd = (delivery: Delivery) => {
    waiters.ended(delivery._id);
    teller.tell(delivery);
  };
  const keys = createKeys({ store: stores.keys, clock, random: facts.randomBytes });
  const startSending = () =>
    (dispatcher = startDispatcher({
      provider,
      vault,
      registry,
      clients,
      store: deliveries,
      bytesOf: core.bytesOf,
      clock,
      owner,
      teller: { ...teller, tell: tellEnd },
      random,
      log,
      hold: heartbeat.hold,
      policy: writePolicy,
      inDoubtWaitMs,
      limits: { inAll: env.DELIVERIES_AT_ONCE, perConnection: env.DELIVERIES_PER_CONNECTION },
      resting: budget.resting,
      settled: facts.metrics.settled,
    }));

  const desk = createDesk(stores.deliveryModel, { clock, wake, tell: teller.tell });
  const consentFacts = { consents, clients, stores, sender, ring, vault, clock, random: facts.randomBytes, log };
  const consent = assembleConsent(consentFacts);
  const desks: Desks = {
    ...{ provider, connections, clients, registry, vault, consent, poller, runs: stores.runs, deliveries, desk },
    ...{ keys, keyStore: stores.keys },
  };
  const ledgerFacts = { provider, newId, clock };
  const endpoints = endpointRoutes({
    ...{ provider: provider.id, definition: provider, deliveries, waiters, announcer, wake, clock },
    ...{ aliases: stores.aliases, keys, registry, clients, vault, callsPerMinute: env.ENDPOINT_CALLS_PER_MINUTE },
    deliveryOf: (event) => deliveryOf(event, ledgerFacts),
  });
  async function forgetPolled(connection: string): Promise<void> {
    await stores.digests.forget(connection);
    await Promise.all(provider.sources.map(({ name }) => stores.watermarks.forget(connection, name)));
  }
  const callback =
    consent.begin &&
    callbackRoutes({ ...consent.begin, connections, registry, poller, forgetPolled, log, appUrl: env.APP_URL });
  return {
    registry,
    poller,
    heartbeat,
    teller,
    changes,
    sender,
    tokenWork,
    desks,
    startSending,
    intake: createIntake({ provider, store: deliveries, newId, clock, wake }),
    announcer,
    /** What browsers and lead sources come to. */
    routes(router: Parameters<Routes>[0]) {
      callback?.(router);
      endpoints(router);
    },
    async reseal() {
      await resealOld(registry.all(), connections, vault);
      await grants.reseal();
    },
    prober: createProber({ provider, clients, connections, registry, clock, log }),
  };
}
