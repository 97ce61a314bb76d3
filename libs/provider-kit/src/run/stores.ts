import type { Clock, NewId } from '@occ-hub/service';
import { type Store, type Leases, createLeases } from '@occ-hub/store';
import { type VersionStore, createVersionStore } from '../configuration/version.store.ts';
import { type ConnectionStore, createConnectionStore } from '../connections/connection.store.ts';
import {
  type DeliveryModel,
  type DeliveryStore,
  createDeliveryModel,
  createDeliveryStore,
} from '../ledger/delivery.store.ts';
import { type OwnerStore, createOwnerStore } from '../ledger/owner.store.ts';
import { type GrantStore, createGrantStore } from '../oauth/grant.store.ts';
import { type PendingStore, createPendingStore } from '../oauth/pending.store.ts';
import { type DigestStore, createDigestStore } from '../poll/digest.store.ts';
import { type WatermarkStore, createWatermarkStore } from '../poll/watermark.store.ts';
import { type AliasStore, createAliasStore } from '../endpoints/alias.store.ts';
import { type KeyStore, createKeyStore } from '../endpoints/key.store.ts';
import { type RunStore, createRunStore } from '../poll/run.store.ts';
import { type TokenStore, createTokenStore } from '../vault/token.store.ts';

/** Everything that a provider service remembers. */
export interface Stores {
  readonly connections: ConnectionStore;
  readonly tokens: TokenStore;
  readonly grants: GrantStore;
  readonly pendings: PendingStore;
  readonly digests: DigestStore;
  readonly watermarks: WatermarkStore;
  readonly runs: RunStore;
  readonly deliveryModel: DeliveryModel;
  readonly deliveries: DeliveryStore;
  readonly owners: OwnerStore;
  readonly keys: KeyStore;
  readonly aliases: AliasStore;
  /** Versions of the configuration of connections. */
  readonly versions: VersionStore;
  readonly leases: Leases;
}

/** Opens the stores, making indexes where they are missing. */
export async function openStores(
  store: Store,
  { clock, owner, newId }: { clock: Clock; owner: string; newId: NewId },
): Promise<Stores> {
  const deliveryModel = await createDeliveryModel(store);
  return {
    connections: await createConnectionStore(store, newId),
    tokens: await createTokenStore(store),
    grants: createGrantStore(store),
    pendings: await createPendingStore(store),
    digests: await createDigestStore(store),
    watermarks: createWatermarkStore(store),
    runs: await createRunStore(store),
    deliveryModel,
    deliveries: createDeliveryStore(deliveryModel, clock),
    owners: createOwnerStore(store),
    keys: await createKeyStore(store),
    aliases: await createAliasStore(store, clock),
    versions: await createVersionStore(store),
    leases: createLeases(store, { clock, owner }),
  };
}
