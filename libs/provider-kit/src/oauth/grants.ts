import type { Grant } from '../http/vendor-io.ts';
import type { Vault } from '../vault/vault.ts';
import type { GrantStore } from './grant.store.ts';

/** What is sealed of a grant. */
export interface GrantSecrets extends Grant {
  readonly refreshToken: string;
  /** Why the vendor ended it. Then nobody asks the vendor again until a person consents. */
  readonly ended?: string;
}

/** A grant with what the store knows of it. */
export interface KnownGrant extends GrantSecrets {
  readonly app: string;
  readonly revision: number;
  readonly refreshedAt: number;
}

/** The grants of this provider, opened and sealed. */
export interface Grants {
  /** Fails as `config` when no key of the ring opens it. */
  read(connection: string): Promise<KnownGrant | undefined>;
  /** Keeps what a person has just consented to. */
  keep(connection: string, grant: GrantSecrets, app: string): Promise<void>;
  /** Puts another grant in the place of a known one; false when something else happened to it meanwhile. */
  replace(connection: string, known: KnownGrant, grant: GrantSecrets): Promise<boolean>;
  forget(connection: string): Promise<void>;
  /** Seals with the ring's first key whatever an older key had sealed; gives the number. Fails as `config` where a key is missing. */
  reseal(): Promise<number>;
}

/** The name of a connection's grant: in the vault, and of the right to refresh it. */
export function grantRecord(connection: string): string {
  return `grant/${connection}`;
}

export function createGrants(store: GrantStore, vault: Vault): Grants {
  const seal = (connection: string, grant: GrantSecrets) => vault.seal(grantRecord(connection), grant);
  return {
    async read(connection) {
      const stored = await store.get(connection);
      if (!stored) return undefined;
      const secrets = (await vault.open(grantRecord(connection), stored.sealed)) as GrantSecrets;
      const { app, revision, refreshedAt } = stored;
      return { ...secrets, app, revision, refreshedAt };
    },
    async keep(connection, grant, app) {
      await store.keep(connection, { sealed: await seal(connection, grant), app });
    },
    async replace(connection, { revision }, grant) {
      return store.replace(connection, { from: revision, sealed: await seal(connection, grant) });
    },
    forget: (connection) => store.forget(connection),
    async reseal() {
      const old = (await store.all()).filter(({ sealed }) => vault.isOld(sealed));
      for (const { _id, sealed } of old) {
        const secrets = await vault.open(grantRecord(_id), sealed);
        await store.reseal(_id, { from: sealed, to: await vault.seal(grantRecord(_id), secrets) });
      }
      return old.length;
    },
  };
}
