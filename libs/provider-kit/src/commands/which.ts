import { HubError } from '@occ-hub/errors';
import type { Connection } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';

export interface Which {
  readonly org: string;
  readonly connection: string;
}

/** The connection that a command names. Another org's is as unknown as one that does not exist. */
export async function connectionOf(connections: ConnectionStore, { org, connection }: Which): Promise<Connection> {
  const found = await connections.get(connection);
  if (found?.org === org) return found;
  throw new HubError({
    kind: 'rejected',
    code: 'connection.unknown',
    message: 'Save the settings of this connection first.',
  });
}
