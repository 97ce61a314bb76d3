import { ExternalId, listRuns, syncUsers, type SyncRun } from '@occ-hub/contracts';
import { HubError, isHubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import { z } from 'zod';
import { type Page, PageQuery, pageShape } from '../store/page.ts';
import { pageOfAll } from '../store/page-of-all.ts';
import { type ConnectionRecord, SyncStarted } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';
import { keepLists } from '../crm-lists/keep-lists.ts';
import { found } from '../store/found.ts';
import { InConnection } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { MemberStore } from '../members/member.store.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import { trySync } from '../syncs/start-sync.ts';
import { CrmUserRow, crmUserList, withSuggestions } from './crm-user-list.ts';
import { linkIdOf, opensAppointments, SetUserLink, UserLinkView, userLinkView } from './user-link.ts';
import type { UserLinkStore } from './user-link.store.ts';

const tag = 'User links';
const base = '/v1/orgs/{org}/connections/{connection}';
const InLink = InConnection.extend({ crm_id: ExternalId });
const CrmUsers = z.object({
  ...pageShape(CrmUserRow).shape,
  note: z.string().optional().describe('Why the counts of skipped appointments are missing'),
});

export interface UserLinkRouteParts {
  readonly connections: ConnectionStore;
  readonly links: UserLinkStore;
  readonly members: MemberStore;
  readonly askProvider: AskProvider;
  readonly clock: Clock;
}

export function userLinkRoutes(parts: UserLinkRouteParts): readonly Route[] {
  return [...crmUserRoutes(parts), ...linkRoutes(parts)];
}

function crmUserRoutes(parts: UserLinkRouteParts): readonly Route[] {
  const { connections, askProvider } = parts;
  return [
    route({
      method: 'get',
      path: `${base}/crm-users`,
      tag,
      summary: "The CRM's users with their links, suggestions and skipped appointments",
      access: ['org-admin'],
      params: InConnection,
      query: PageQuery,
      replies: { 200: CrmUsers },
      handle: async ({ params: { org, connection }, query }) => {
        const record = found(await connections.find(org, connection), 'connection');
        return { status: 200, body: await crmUsers(parts, record, query) };
      },
    }),
    route({
      method: 'post',
      path: `${base}/crm-users/refresh`,
      tag,
      summary: "Read the CRM's users now, and link them by e-mail where there is no doubt",
      access: ['org-admin'],
      params: InConnection,
      query: PageQuery,
      replies: { 200: CrmUsers },
      handle: async ({ params: { org, connection }, query }) => {
        const { provider } = found(await connections.find(org, connection), 'connection');
        const { users } = await askProvider(provider, syncUsers, { org, connection });
        const record = await keepLists(parts, { org, connection }, { users });
        return { status: 200, body: await crmUsers(parts, record, query) };
      },
    }),
  ];
}

function linkRoutes({ connections, links, members, askProvider, clock }: UserLinkRouteParts): readonly Route[] {
  return [
    route({
      method: 'get',
      path: `${base}/user-links`,
      tag,
      summary: 'Who is who',
      access: ['org-admin'],
      params: InConnection,
      query: PageQuery,
      replies: { 200: pageShape(UserLinkView) },
      handle: async ({ params: { org, connection }, query }) => {
        found(await connections.find(org, connection), 'connection');
        const records = await links.ofConnection(org, connection);
        const names = await members.named(org, [...new Set(records.map(({ member }) => member))]);
        const views = records.map((record) => userLinkView(record, names));
        return { status: 200, body: pageOfAll(views, ({ crm_id }) => crm_id, query) };
      },
    }),
    route({
      method: 'put',
      path: `${base}/user-links/{crm_id}`,
      tag,
      summary: 'Link a CRM user to a member, or change the link; a new link starts a sync',
      access: ['org-admin'],
      params: InLink,
      body: SetUserLink,
      replies: { 200: z.object({ link: UserLinkView, sync: SyncStarted.optional() }) },
      handle: async ({ params: { org, connection, crm_id }, body, caller }) => {
        const record = found(await connections.find(org, connection), 'connection');
        const member = await members.find(org, body.member);
        if (member === null) throw unknownMember();
        const link = {
          _id: linkIdOf(connection, crm_id),
          org,
          connection,
          crm_id,
          ...body,
          changed_by: caller.member,
          updated_at: new Date(clock()),
        };
        const { before, after } = await links.put(link);
        const view = userLinkView(after, new Map([[member._id, member.name]]));
        if (!opensAppointments(before, after)) return { status: 200, body: { link: view } };
        return { status: 200, body: { link: view, sync: await trySync(askProvider, record, 'link-made') } };
      },
    }),
    route({
      method: 'delete',
      path: `${base}/user-links/{crm_id}`,
      tag,
      summary: 'Make a link inactive; what came in by it stays',
      access: ['org-admin'],
      params: InLink,
      replies: { 200: z.object({ link: UserLinkView }) },
      handle: async ({ params: { org, connection, crm_id }, caller }) => {
        const held = found(await links.find(org, connection, crm_id), 'user-link');
        const { created_at: _created, ...rest } = held;
        const link = { ...rest, active: false, changed_by: caller.member, updated_at: new Date(clock()) };
        const { after } = await links.put(link);
        return { status: 200, body: { link: userLinkView(after, await members.named(org, [after.member])) } };
      },
    }),
  ];
}

async function crmUsers(
  { links, members, askProvider }: UserLinkRouteParts,
  record: ConnectionRecord,
  query: PageQuery,
): Promise<Page<CrmUserRow> & { note?: string }> {
  const { org, _id } = record;
  const [linked, all, runs] = await Promise.all([
    links.ofConnection(org, _id),
    members.all(org),
    lastRuns(askProvider, record),
  ]);
  const people = all.map(({ _id: id, name, email }) => ({ id, name, email }));
  const rows = crmUserList({ users: record.crm_users, links: linked, members: people, skipped: runs.skipped });
  const page = pageOfAll(rows, ({ crm_id }) => crm_id, query);
  return {
    ...page,
    items: withSuggestions(page.items, { links: linked, members: people }),
    ...(runs.note === undefined ? {} : { note: runs.note }),
  };
}

async function lastRuns(
  askProvider: AskProvider,
  { org, _id, provider }: ConnectionRecord,
): Promise<{ skipped: SyncRun['skipped_reps']; note?: string }> {
  try {
    const { runs } = await askProvider(provider, listRuns, { org, connection: _id, limit: 5 });
    return { skipped: runs.find(({ state }) => state === 'done')?.skipped_reps ?? [] };
  } catch (error) {
    if (!isHubError(error)) throw error;
    return { skipped: [], note: `Counts of skipped appointments are missing. ${error.message}` };
  }
}

function unknownMember(): HubError {
  return new HubError({
    kind: 'rejected',
    code: 'core.user-link.member-unknown',
    message: 'There is no such member in this org. Choose one of GET /members.',
    fields: [{ pointer: '/member', message: 'not a member' }],
  });
}
