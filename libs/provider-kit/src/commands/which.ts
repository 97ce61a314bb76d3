import { HubError } from '@occ-hub/errors';
import type { Connection } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';

export interface Which {
  readonly org: string;
  readonly connection: string;
}

/** The connection that a command names. Another org's is as unknown as one that does not exist. */
export async function connectionOf(connections: ConnectionStore, { org, connection }: Which): Promise<Connection> {
  return ofOrg(await connections.get(connection), org);
}

/** The connection, if it is this org's. */
export function ofOrg(found: Connection | undefined, org: string): Connection {
  if (found?.org === org) return found;
  throw new HubError({
    kind: 'rejected',
    code: 'connection.unknown',
    message: 'Save the settings of this connection first.',
  });
}
