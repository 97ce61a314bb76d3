import { authorize } from '@occ-hub/contracts';
import type { Clock } from '@occ-hub/service';
import { found } from '../store/found.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import { trySync } from '../syncs/start-sync.ts';
import type { UserLinkStore } from '../user-links/user-link.store.ts';
import type { ConnectionRecord, SyncStarted } from './connection.ts';
import type { ConnectionStore } from './connection.store.ts';
import type { z } from 'zod';

export interface AuthorizeParts {
  readonly connections: ConnectionStore;
  readonly links: UserLinkStore;
  readonly askProvider: AskProvider;
  readonly clock: Clock;
}

/**
 * Has the provider try the saved credentials, keeps the CRM's users and lists, and starts a first sync when somebody is
 * linked already. Refused credentials are `credential`; what was kept before stays.
 */
export async function authorizeConnection(
  { connections, links, askProvider, clock }: AuthorizeParts,
  record: ConnectionRecord,
): Promise<{ connection: ConnectionRecord; sync: z.infer<typeof SyncStarted> }> {
  const { _id, org, provider } = record;
  const { users, lookups, state } = await askProvider(provider, authorize, { org, connection: _id });
  const now = new Date(clock());
  const changes = { crm_users: users, lookups, state, state_at: now, read_at: now, updated_at: now };
  const connection = found(await connections.change(org, _id, changes), 'connection');
  const linked = await links.activeCrmIds(org, _id);
  if (linked.length > 0) return { connection, sync: await trySync(askProvider, record, 'authorized') };
  return { connection, sync: { started: false, note: 'Link users first: appointments of linked users come in.' } };
}
