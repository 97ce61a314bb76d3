import { ConnectionChanged, type ConnectionState, connectionSubject, eventOf, type HubEvent } from '@occ-hub/contracts';
import { newId } from '@occ-hub/service';
import type { Source } from './examples.ts';

/** A change of a connection as its provider tells it. */
export function connectionChanged(
  { org, provider, connection }: Source,
  change: { before: ConnectionState; state: ConnectionState; reason?: string },
  time: string,
): HubEvent<typeof ConnectionChanged> {
  const attributes = {
    id: newId('evt'),
    source: `/providers/${provider}`,
    subject: connectionSubject({ org, provider, id: connection }),
    time,
    orgid: org,
    connectionid: connection,
    provider,
    origin: 'crm',
  } as const;
  return eventOf(ConnectionChanged, attributes, { reason: '', ...change });
}
