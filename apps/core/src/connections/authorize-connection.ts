import { authorize, describeProvider } from '@occ-hub/contracts';
import { type KeepListsParts, keepLists } from '../crm-lists/keep-lists.ts';
import { found } from '../store/found.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import { trySync } from '../syncs/start-sync.ts';
import type { ConnectionRecord, SyncStarted } from './connection.ts';
import type { z } from 'zod';

const NOTHING_COMES = 'No appointments come in from this side: users need no links.';
const LINK_FIRST = 'Link users first: appointments of linked users come in.';
const NO_USERS = 'The other side named no users: there are none to link.';

export interface AuthorizeParts extends KeepListsParts {
  readonly askProvider: AskProvider;
}

/**
 * Has the provider try the saved credentials, keeps the CRM's users and lists, links users by e-mail, and starts a first
 * sync when somebody is linked. Refused credentials are `credential`; what was kept before stays.
 */
export async function authorizeConnection(
  parts: AuthorizeParts,
  record: ConnectionRecord,
): Promise<{ connection: ConnectionRecord; sync: z.infer<typeof SyncStarted> }> {
  const { connections, links, askProvider, clock } = parts;
  const { _id, org, provider } = record;
  const { users, lookups, state } = await askProvider(provider, authorize, { org, connection: _id });
  await keepLists(parts, { org, connection: _id }, { users, lookups });
  const now = new Date(clock());
  const changes = { state, state_at: now, updated_at: now };
  const connection = found(await connections.change(org, _id, changes), 'connection');
  const { polls } = await askProvider(provider, describeProvider, {});
  if (!polls) return { connection, sync: { started: false, note: NOTHING_COMES } };
  const linked = await links.activeCrmIds(org, _id);
  if (linked.length > 0) return { connection, sync: await trySync(askProvider, record, 'authorized') };
  return { connection, sync: { started: false, note: connection.crm_users.length === 0 ? NO_USERS : LINK_FIRST } };
}
