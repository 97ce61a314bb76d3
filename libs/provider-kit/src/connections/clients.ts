import type { z } from 'zod';
import type { VendorIo } from '../http/vendor-io.ts';
import type { AnyProvider } from '../provider.ts';
import { readSettings } from '../settings.ts';
import type { Vault } from '../vault/vault.ts';
import { type Connection, noSettings } from './connection.ts';

/** A connection ready for work: its settings with their secrets, and the vendor's client made from them. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly client: never;
  readonly timeZone: string;
}

export interface Clients {
  /** Opens the vault and connects, once per saved version of the settings. Fails as `credential` when there are none, as `config` or `rejected` when they cannot be used. */
  open(connection: Connection): Promise<OpenConnection>;
}

export interface ClientParts {
  readonly provider: AnyProvider;
  readonly env: Readonly<Record<string, unknown>>;
  readonly vault: Vault;
  readonly io: (connection: Connection, settings: Readonly<Record<string, unknown>>) => VendorIo;
}

/** The name under which a connection's secrets are sealed. */
export function vaultRecord(connection: string): string {
  return `connection/${connection}`;
}

export function createClients({ provider, env, vault, io }: ClientParts): Clients {
  const opened = new Map<string, { version: number; open: Promise<OpenConnection> }>();

  async function openNow(connection: Connection): Promise<OpenConnection> {
    if (!connection.secrets) throw noSettings();
    const secrets = (await vault.open(vaultRecord(connection._id), connection.secrets)) as Record<string, unknown>;
    const settings = readSettings(provider.settings, { ...connection.settings, ...secrets }) as Record<string, unknown>;
    const client = provider.connect(
      settings as never,
      io(connection, settings),
      env as z.output<z.ZodObject> as never,
    ) as never;
    return { connection, settings, client, timeZone: provider.timeZone(settings as never) };
  }

  return {
    async open(connection) {
      const known = opened.get(connection._id);
      if (known?.version === connection.version) return { ...(await known.open), connection };
      const open = openNow(connection);
      opened.set(connection._id, { version: connection.version, open });
      open.catch(() => opened.delete(connection._id));
      return open;
    },
  };
}
