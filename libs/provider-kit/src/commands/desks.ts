import type { Configurations } from '../configuration/configurations.ts';
import type { VersionStore } from '../configuration/version.store.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';
import type { Clients } from '../connections/clients.ts';
import type { Registry } from '../connections/registry.ts';
import type { KeyStore } from '../endpoints/key.store.ts';
import type { Keys } from '../endpoints/keys.ts';
import type { Choices } from '../ledger/choices.ts';
import type { DeliveryStore } from '../ledger/delivery.store.ts';
import type { Desk } from '../ledger/desk.ts';
import type { Poller } from '../poll/poller.ts';
import type { RunStore } from '../poll/run.store.ts';
import type { ConsentDesk } from '../run/assemble-consent.ts';
import type { AnyProvider } from '../provider.ts';
import type { Vault } from '../vault/vault.ts';

/** What the commands of a provider act on. */
export interface Desks {
  readonly provider: AnyProvider;
  /** What the service was given by its environment. */
  readonly env: Readonly<Record<string, unknown>>;
  readonly connections: ConnectionStore;
  readonly clients: Clients;
  readonly registry: Registry;
  readonly vault: Vault;
  readonly consent: ConsentDesk;
  readonly poller: Poller;
  readonly runs: RunStore;
  readonly deliveries: DeliveryStore;
  readonly desk: Desk;
  readonly choices: Choices;
  readonly keys: Keys;
  readonly keyStore: KeyStore;
  readonly configurations: Configurations;
  readonly versions: VersionStore;
}
