import { checkParts } from '../configuration/check-parts.ts';
import { createConfigurations } from '../configuration/configurations.ts';
import type { Desks } from '../commands/desks.ts';
import { createKeys } from '../endpoints/keys.ts';
import { endpointRoutes } from '../endpoints/routes.ts';
import type { Dispatcher } from '../ledger/dispatcher.ts';
import { deliveryOf } from '../ledger/intake.ts';
import { type Routes, callbackRoutes } from '../oauth/callback-routes.ts';
import type { AssembleFacts } from './assemble-facts.ts';
import { assembleLedger } from './assemble-ledger.ts';
import { assemblePolling } from './assemble-polling.ts';
import { assembleVendor } from './assemble-vendor.ts';
import { createCoreQuestions } from './core-questions.ts';

/** The machinery of a provider, put together. Nothing runs yet. */
export function assemble(facts: AssembleFacts) {
  const { provider, env, stores, clock } = facts;
  checkParts(provider);
  let dispatcher: Dispatcher | undefined;
  const wake = () => dispatcher?.wake();
  const core = createCoreQuestions(facts.asker, facts.subjectOf, facts.newId);
  const vendor = assembleVendor(facts, wake);
  const ledger = assembleLedger({ ...facts, vendor, core, wake });
  const polling = assemblePolling(facts, vendor, core);
  const keys = createKeys({ store: stores.keys, clock, random: facts.randomBytes });

  const { registry, clients, vault, consent } = vendor;
  const { connections, runs, deliveries, versions } = stores;
  const configurations = createConfigurations({ provider, store: versions, clock });
  const desks: Desks = {
    ...{ provider, env, connections, clients, registry, vault, consent, poller: polling.poller, runs },
    ...{
      deliveries,
      desk: ledger.desk,
      choices: ledger.choices,
      keys,
      keyStore: stores.keys,
      configurations,
      versions,
    },
  };
  return {
    ...{ ...vendor, ...ledger, poller: polling.poller, desks },
    /** The dispatcher finds nothing before the registry is filled. */
    startSending: () => (dispatcher = ledger.startSending()),
    routes: doors(facts, { vendor, ledger, polling, keys, wake }),
  };
}

interface DoorParts {
  readonly vendor: ReturnType<typeof assembleVendor>;
  readonly ledger: ReturnType<typeof assembleLedger>;
  readonly polling: ReturnType<typeof assemblePolling>;
  readonly keys: ReturnType<typeof createKeys>;
  readonly wake: () => void;
}

/** What browsers and lead sources come to. */
function doors(facts: AssembleFacts, { vendor, ledger, polling, keys, wake }: DoorParts): Routes {
  const { provider, env, stores, clock, newId, log } = facts;
  const { registry, clients, vault, consent } = vendor;
  const { connections, deliveries, aliases, versions } = stores;
  const endpoints = endpointRoutes({
    ...{ provider: provider.id, definition: provider, deliveries, aliases, wake, clock },
    ...{ waiters: ledger.waiters, announcer: ledger.announcer, keys, registry, clients, vault, versions },
    choices: ledger.choices,
    callsPerMinute: env.ENDPOINT_CALLS_PER_MINUTE,
    deliveryOf: (event) => deliveryOf(event, { provider, newId, clock }),
  });
  const callback =
    consent.begin && callbackRoutes({ ...consent.begin, ...polling, connections, registry, log, appUrl: env.APP_URL });
  return (router) => {
    callback?.(router);
    endpoints(router);
  };
}
