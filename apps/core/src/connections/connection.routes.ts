import { ConnectionState, pauseConnection, saveSettings, syncLookups } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import { z } from 'zod';
import { keepLists } from '../crm-lists/keep-lists.ts';
import { KeptLookups } from '../crm-lists/kept-lookups.ts';
import { mapPage, PageQuery, pageShape } from '../store/page.ts';
import { alreadyThere } from '../http/already-there.ts';
import { found } from '../store/found.ts';
import { InConnection, InOrg } from '../http/params.ts';
import { type Answer, type Route, route } from '../http/route.ts';
import type { OrgStore } from '../orgs/org.store.ts';
import type { ProviderList } from '../providers/provider-list.ts';
import { askHealth } from './ask-health.ts';
import { authorizeConnection, type AuthorizeParts } from './authorize-connection.ts';
import {
  ConnectionDetail,
  type ConnectionRecord,
  ConnectionView,
  connectionView,
  NewConnection,
  SettingsBody,
  SyncStarted,
} from './connection.ts';

const tag = 'Connections';

export interface ConnectionRouteParts extends AuthorizeParts {
  readonly orgs: OrgStore;
  readonly providers: ProviderList;
}

export function connectionRoutes(parts: ConnectionRouteParts): readonly Route[] {
  return [...readingRoutes(parts), ...settingUpRoutes(parts), ...runningRoutes(parts)];
}

function readingRoutes({ connections, askProvider, clock }: ConnectionRouteParts): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/orgs/{org}/connections',
      tag,
      summary: 'The connections of an org',
      access: ['org-admin', 'operator'],
      params: InOrg,
      query: PageQuery,
      replies: { 200: pageShape(ConnectionView) },
      handle: async ({ params: { org }, query }) => {
        return { status: 200, body: mapPage(await connections.list(org, query), connectionView) };
      },
    }),
    route({
      method: 'get',
      path: '/v1/orgs/{org}/connections/{connection}',
      tag,
      summary: 'One connection, with its health as the provider sees it now',
      access: ['org-admin', 'operator'],
      params: InConnection,
      replies: { 200: ConnectionDetail },
      handle: async ({ params: { org, connection } }) => {
        const record = found(await connections.find(org, connection), 'connection');
        const health = await askHealth(askProvider, record);
        if (health.live && health.state !== record.state) {
          // The list shows what was known last: keep it near the truth.
          await connections.change(org, connection, { state: health.state, ...stamp(clock) });
        }
        return { status: 200, body: { ...connectionView(record), state: health.state, health } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/orgs/{org}/connections/{connection}/lookups',
      tag,
      summary: "The CRM's lists, as last read",
      access: ['org-admin', 'org-user', 'operator'],
      params: InConnection,
      replies: { 200: z.object({ lookups: KeptLookups }) },
      handle: async ({ params: { org, connection } }) => {
        const { lookups } = found(await connections.find(org, connection), 'connection');
        return { status: 200, body: { lookups } };
      },
    }),
  ];
}

function settingUpRoutes(parts: ConnectionRouteParts): readonly Route[] {
  const { connections, orgs, providers, askProvider, clock } = parts;
  return [
    route({
      method: 'post',
      path: '/v1/orgs/{org}/connections',
      tag,
      summary: 'Connect an org to a provider; settings come next',
      access: ['org-admin'],
      creates: true,
      params: InOrg,
      body: NewConnection,
      replies: { 201: ConnectionView },
      handle: async ({ params: { org }, body: { provider }, newId }) => {
        found(await orgs.find(org), 'org');
        if ((await providers.find(provider)) === undefined) throw notRunning(provider);
        const record = draft({ _id: newId('con'), org, provider }, new Date(clock()));
        if (await connections.add(record)) return { status: 201, body: connectionView(record) };
        throw alreadyThere('connection', 'This org is connected to this provider already. Change that connection.');
      },
    }),
    route({
      method: 'put',
      path: '/v1/orgs/{org}/connections/{connection}/settings',
      tag,
      summary: "Save settings; secrets go to the provider's vault and are not kept here",
      access: ['org-admin'],
      params: InConnection,
      body: SettingsBody,
      replies: { 200: ConnectionView },
      handle: async ({ params: { org, connection }, body }) => {
        const { provider } = found(await connections.find(org, connection), 'connection');
        const saved = await askProvider(provider, saveSettings, { org, connection, ...body });
        const changed = await connections.change(org, connection, { ...saved, ...stamp(clock) });
        return { status: 200, body: connectionView(found(changed, 'connection')) };
      },
    }),
    route({
      method: 'post',
      path: '/v1/orgs/{org}/connections/{connection}/authorize',
      tag,
      summary: "Try the saved credentials; brings the CRM's users and lists",
      access: ['org-admin'],
      params: InConnection,
      replies: { 200: z.object({ connection: ConnectionView, sync: SyncStarted }) },
      handle: async ({ params: { org, connection } }) => {
        const record = found(await connections.find(org, connection), 'connection');
        const authorized = await authorizeConnection(parts, record);
        return {
          status: 200,
          body: { connection: connectionView(authorized.connection), sync: authorized.sync },
        };
      },
    }),
    route({
      method: 'post',
      path: '/v1/orgs/{org}/connections/{connection}/lookups/refresh',
      tag,
      summary: "Read the CRM's lists now",
      access: ['org-admin'],
      params: InConnection,
      replies: { 200: z.object({ lookups: KeptLookups }) },
      handle: async ({ params: { org, connection } }) => {
        const { provider } = found(await connections.find(org, connection), 'connection');
        const read = await askProvider(provider, syncLookups, { org, connection });
        const { lookups } = await keepLists(parts, { org, connection }, read);
        return { status: 200, body: { lookups } };
      },
    }),
  ];
}

function runningRoutes({ connections, askProvider, clock }: ConnectionRouteParts): readonly Route[] {
  const setPaused = async (params: { org: string; connection: string }, paused: boolean): Promise<Answer> => {
    const { provider } = found(await connections.find(params.org, params.connection), 'connection');
    const { state } = await askProvider(provider, pauseConnection, { ...params, paused });
    await connections.change(params.org, params.connection, { state, ...stamp(clock) });
    return { status: 200, body: { state } };
  };
  const facts = {
    method: 'post',
    tag,
    access: ['org-admin', 'operator'],
    params: InConnection,
    replies: { 200: z.object({ state: ConnectionState }) },
  } as const;
  return [
    route({
      ...facts,
      path: '/v1/orgs/{org}/connections/{connection}/pause',
      summary: 'Stop all work of a connection; nothing is lost',
      handle: ({ params }) => setPaused(params, true),
    }),
    route({
      ...facts,
      path: '/v1/orgs/{org}/connections/{connection}/resume',
      summary: 'Let a paused connection go on',
      handle: ({ params }) => setPaused(params, false),
    }),
  ];
}

/** The times of a change of state. */
function stamp(clock: Clock): Pick<ConnectionRecord, 'state_at' | 'updated_at'> {
  const now = new Date(clock());
  return { state_at: now, updated_at: now };
}

function draft(ids: Pick<ConnectionRecord, '_id' | 'org' | 'provider'>, now: Date): ConnectionRecord {
  return {
    ...ids,
    settings: {},
    secrets: [],
    state: 'draft',
    state_at: now,
    lookups: {},
    crm_users: [],
    created_at: now,
    updated_at: now,
  };
}

function notRunning(provider: string): HubError {
  return new HubError({
    kind: 'rejected',
    code: 'core.provider.unknown',
    message: `No provider named ${provider} is running. Choose one of GET /v1/providers, or start it.`,
    fields: [{ pointer: '/provider', message: 'not running' }],
  });
}
