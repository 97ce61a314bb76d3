import { isHubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { VendorIo } from '../http/vendor-io.ts';
import type { AnyProvider } from '../provider.ts';
import { secret } from '../settings.ts';
import { readKeyRing } from '../vault/key-ring.ts';
import { createVault } from '../vault/vault.ts';
import { createClients, vaultRecord } from './clients.ts';
import type { Connection } from './connection.ts';

const Settings = z.object({ user: z.string(), zone: z.string(), password: secret(z.string()) });
const vault = createVault(readKeyRing(`k:${Buffer.alloc(32, 1).toString('base64')}`));

function world() {
  const made: unknown[] = [];
  const provider = {
    settings: Settings,
    connect: (settings: unknown, io: VendorIo, env: unknown) => {
      made.push({ settings, io, env });
      return { number: made.length };
    },
    timeZone: ({ zone }: { zone: string }) => zone,
  } as unknown as AnyProvider;
  const io = (connection: Connection) => ({ of: connection._id }) as unknown as VendorIo;
  const clients = createClients({ provider, env: { APP_KEY: 'k' }, vault, io });
  return { clients, made };
}
async function connection(changes: Partial<Connection> & { password?: string } = {}): Promise<Connection> {
  const { password = 'p', ...facts } = changes;
  const secrets = await vault.seal(vaultRecord('con-1'), { password });
  const settings = { user: 'u', zone: 'America/New_York' };
  return { _id: 'con-1', org: 'org-1', settings, secrets, version: 1, ...facts } as unknown as Connection;
}
const failure = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isHubError(error) ? [error.kind, error.code] : error;
};

describe('createClients', () => {
  it("makes the vendor's client from the settings with their secrets, its io and the service's own environment", async () => {
    const { clients, made } = world();
    const { client, timeZone } = await clients.open(await connection());
    expect([client, timeZone]).toEqual([{ number: 1 }, 'America/New_York']);
    const settings = { user: 'u', zone: 'America/New_York', password: 'p' };
    expect(made).toEqual([{ settings, io: { of: 'con-1' }, env: { APP_KEY: 'k' } }]);
  });

  it('makes one client per saved version, however many ask at once', async () => {
    const { clients, made } = world();
    const [one, two] = [await connection(), await connection({ version: 2, password: 'new' })];
    await Promise.all([clients.open(one), clients.open(one)]);
    expect((await clients.open(one)).client).toEqual({ number: 1 });
    expect((await clients.open(two)).client).toEqual({ number: 2 });
    expect(made).toHaveLength(2);
  });

  it('gives the connection as it is now, not as it was when its client was made', async () => {
    const { clients } = world();
    await clients.open(await connection({ state: 'draft' }));
    expect((await clients.open(await connection({ state: 'healthy' }))).connection.state).toBe('healthy');
  });

  it('asks for settings where none were saved', async () => {
    const { clients } = world();
    const none = await connection({ secrets: null });
    expect(await failure(clients.open(none))).toEqual(['credential', 'connection.no-settings']);
  });

  it('says that a key is missing, and tries again once it is there', async () => {
    const { clients } = world();
    const foreign = createVault(readKeyRing(`old:${Buffer.alloc(32, 9).toString('base64')}`));
    const sealed = await connection({ secrets: await foreign.seal(vaultRecord('con-1'), { password: 'p' }) });
    expect(await failure(clients.open(sealed))).toEqual(['config', 'vault.cannot-open']);
    expect((await clients.open(await connection())).client).toEqual({ number: 1 });
  });

  it('refuses settings that no longer fit the provider, naming the field', async () => {
    const { clients } = world();
    const stale = await connection({ settings: { user: 'u' } });
    expect(await failure(clients.open(stale))).toEqual(['rejected', 'settings.invalid']);
  });
});
