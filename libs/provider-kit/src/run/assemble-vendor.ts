import { type Pace, createBudget } from '../budget/budget.ts';
import { createChangeTeller } from '../connections/change-teller.ts';
import { createClients } from '../connections/clients.ts';
import { createProber } from '../connections/prober.ts';
import { createRegistry } from '../connections/registry.ts';
import { createVendorSender } from '../http/vendor-sender.ts';
import { createHurry } from '../ledger/hurry.ts';
import { createConsents } from '../oauth/consents.ts';
import { createGrants } from '../oauth/grants.ts';
import { createTokenWork } from '../oauth/token-work.ts';
import { readKeyRing } from '../vault/key-ring.ts';
import { resealOld } from '../vault/reseal.ts';
import { createVault } from '../vault/vault.ts';
import { assembleConsent } from './assemble-consent.ts';
import type { AssembleFacts } from './assemble-facts.ts';
import { createIoOfConnection } from './io-of-connection.ts';

export type VendorSide = ReturnType<typeof assembleVendor>;

/** Connections and all that reaches the vendor for them: vault, tokens, budget, clients. `wake`: there may be work to send. */
export function assembleVendor(facts: AssembleFacts, wake: () => void) {
  const { provider, env, stores, clock, log } = facts;
  const { connections, deliveries, leases } = stores;
  const ring = readKeyRing(env.VAULT_KEYS.reveal());
  const vault = createVault(ring);
  const vendor = { id: provider.id, title: provider.title };
  const sender = createVendorSender({ vendor, clock, connectionsPerHost: env.DELIVERIES_AT_ONCE });
  const budget = createBudget({ store: facts.store, clock, pace: paceOf(facts) });
  const changes = createChangeTeller({
    ...{ store: connections, leases, publish: facts.publisher.publish, provider: provider.id, log },
  });
  const hurry = (connection: string) => {
    const now = clock();
    const due = { now, inDoubtUntil: now - env.IN_DOUBT_WAIT_MS };
    void deliveries.hurry(connection, due).then(wake, () => undefined);
  };
  const registry = createRegistry({
    ...{ store: connections, clock, log, onRest: budget.rest, onUntold: changes.nudge },
    onWorking: createHurry({ clock, hurry }),
  });
  const grants = createGrants(stores.grants, vault);
  const tokenWork = createTokenWork();
  const consents = createConsents({
    ...{ provider, env, publicUrl: facts.publicUrl, sender, grants, leases, work: tokenWork, clock, log },
  });
  const io = createIoOfConnection({ stores, vault, budget, sender, consents, clock, log });
  const clients = createClients({ provider, env, vault, io });
  const random = facts.randomBytes;
  return {
    ...{ vault, sender, budget, changes, registry, tokenWork, clients },
    consent: assembleConsent({ consents, clients, stores, sender, ring, vault, clock, random, log }),
    prober: createProber({ provider, clients, connections, registry, clock, log }),
    /** Seals anew what an older key sealed. */
    async reseal() {
      await resealOld(registry.all(), connections, vault);
      await grants.reseal();
    },
  };
}

/** What who runs the hub says, else what suits the vendor. */
function paceOf({ env, provider }: Pick<AssembleFacts, 'env' | 'provider'>): Pace {
  const { CALLS_PER_SECOND: calls } = env;
  return calls === undefined ? (provider.pace ?? usualPace) : { calls, seconds: 1 };
}

const usualPace: Pace = { calls: 20, seconds: 1 };
