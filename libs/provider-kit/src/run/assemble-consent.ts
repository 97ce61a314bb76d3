import type { Clock, Log, RandomBytes } from '@occ-hub/service';
import type { Clients } from '../connections/clients.ts';
import type { VendorSender } from '../http/vendor-sender.ts';
import type { BeginParts } from '../oauth/begin.ts';
import type { Consents } from '../oauth/consents.ts';
import type { GiveBackParts } from '../oauth/give-back.ts';
import { createStates } from '../oauth/state.ts';
import type { KeyRing } from '../vault/key-ring.ts';
import type { Vault } from '../vault/vault.ts';
import type { Stores } from './stores.ts';

export interface ConsentFacts {
  readonly consents: Consents | undefined;
  readonly clients: Clients;
  readonly stores: Stores;
  readonly sender: VendorSender;
  readonly ring: KeyRing;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly log: Log;
}

/** How connections get access where people consent, and how any of them gives it back. */
export interface ConsentDesk {
  /** Undefined where the provider declares no consent. */
  readonly begin: BeginParts | undefined;
  readonly giveBack: GiveBackParts;
}

export function assembleConsent(facts: ConsentFacts): ConsentDesk {
  const { consents, clients, stores, sender, ring, vault, clock, random, log } = facts;
  const { pendings, tokens, leases } = stores;
  const giveBack = { consents, clients, pendings, tokens, leases, log };
  if (!consents) return { begin: undefined, giveBack };
  const states = createStates({ ring, provider: consents.vendor.id, clock });
  return { begin: { consents, clients, pendings, states, vault, sender, clock, random }, giveBack };
}
