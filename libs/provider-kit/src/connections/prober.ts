import { isHubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import type { AnyProvider } from '../provider.ts';
import type { Clients } from './clients.ts';
import type { ConnectionStore } from './connection.store.ts';
import type { Registry } from './registry.ts';

/** How often refused credentials are tried again: the office may have put them right at the vendor. */
const againMs = 5 * 60_000;

/** Tries the cheapest call of every held connection whose time has come; one that passes goes back to work. */
export function createProber(parts: {
  provider: AnyProvider;
  clients: Clients;
  connections: ConnectionStore;
  registry: Registry;
  clock: Clock;
}) {
  const { provider, clients, connections, registry, clock } = parts;
  return async (): Promise<void> => {
    for (const connection of registry.all()) {
      const { _id, state, probeAt } = connection;
      if (state !== 'needs-reauthorization' || probeAt === null || probeAt > clock()) continue;
      if (!(await connections.moveProbe(_id, { from: probeAt, to: clock() + againMs }))) continue;
      try {
        await provider.probe((await clients.open(connection)).client);
        await registry.tell(_id, { what: 'proved' });
      } catch (error) {
        if (!isHubError(error)) throw error;
      }
    }
  };
}
