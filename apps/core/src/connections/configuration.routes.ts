import {
  ConfigurationPartName,
  ConfigurationState,
  ConfigurationVersion,
  listConfigurationVersions,
  previewTransfer,
  readConfiguration,
  restoreConfiguration,
  saveConfiguration,
} from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import { decodeCursor, encodeCursor } from '@occ-hub/store';
import { z } from 'zod';
import { InConnection } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import { found, NotFound } from '../store/found.ts';
import { PageQuery, pageShape } from '../store/page.ts';
import type { ConnectionStore } from './connection.store.ts';
import { refuseCardNumbers } from '../http/refuse-card-numbers.ts';

const base = '/v1/orgs/{org}/connections/{connection}';
const path = `${base}/configuration/{part}`;
const facts = { tag: 'Configuration', access: ['org-admin'] } as const;
const InPart = InConnection.extend({ part: ConfigurationPartName });

const ReadQuery = z.object({
  version: z.coerce.number().int().min(0).optional().describe('One version; as it stands when absent'),
  offers: z.enum(['true', 'false']).default('false').describe('With what may be chosen, as the vendor has it now'),
});
const Save = z.object({
  value: z.unknown().describe('The whole part, of the shape that `schema` says'),
  version: z.int().min(0).describe('The version that this was made from'),
});
const Restore = restoreConfiguration.ask.pick({ to: true, version: true });
const Sample = z.object({ sample: z.unknown().describe('What to try it with, as the provider says') });

export interface ConfigurationRouteParts {
  readonly connections: ConnectionStore;
  readonly askProvider: AskProvider;
}

/** What an org decides about a connection beyond its settings. It lives at the provider; core keeps nothing of it. */
export function configurationRoutes(parts: ConfigurationRouteParts): readonly Route[] {
  return [...partRoutes(parts), ...versionRoutes(parts), previewRoute(parts)];
}

function partRoutes({ connections, askProvider }: ConfigurationRouteParts): readonly Route[] {
  return [
    route({
      ...facts,
      method: 'get',
      path,
      summary: 'A part of the configuration, as it stands or as one version had it',
      params: InPart,
      query: ReadQuery,
      replies: { 200: ConfigurationState },
      handle: async ({ params, query: { version, offers } }) => {
        const { provider } = found(await connections.find(params.org, params.connection), 'connection');
        const ask = { ...params, version, offers: offers === 'true' };
        return { status: 200, body: await orNotFound(askProvider(provider, readConfiguration, ask)) };
      },
    }),
    route({
      ...facts,
      method: 'put',
      path,
      summary: 'Save a part as a new version; refused where somebody else saved meanwhile',
      params: InPart,
      body: Save,
      replies: { 200: ConfigurationState },
      handle: async ({ params, body, caller, request }) => {
        refuseCardNumbers(request);
        const { provider } = found(await connections.find(params.org, params.connection), 'connection');
        const ask = { ...params, ...body, by: caller.member };
        return { status: 200, body: await orNotFound(askProvider(provider, saveConfiguration, ask)) };
      },
    }),
  ];
}

function versionRoutes({ connections, askProvider }: ConfigurationRouteParts): readonly Route[] {
  return [
    route({
      ...facts,
      method: 'get',
      path: `${path}/versions`,
      summary: 'Who saved a part, and when, newest first',
      params: InPart,
      query: PageQuery,
      replies: { 200: pageShape(ConfigurationVersion) },
      handle: async ({ params, query: { limit, cursor } }) => {
        const { provider } = found(await connections.find(params.org, params.connection), 'connection');
        const before = cursor === undefined ? undefined : decodeCursor(cursor).at;
        const ask = { ...params, limit, before };
        const { versions } = await orNotFound(askProvider(provider, listConfigurationVersions, ask));
        const last = versions.length === limit ? versions.at(-1) : undefined;
        // The first version is the last of the list.
        const more = last === undefined || last.version === 1 ? {} : { next_cursor: cursorOf(last) };
        return { status: 200, body: { items: versions, ...more } };
      },
    }),
    route({
      ...facts,
      method: 'post',
      path: `${path}/restore`,
      summary: 'Bring back a version, or the defaults, as a new version',
      params: InPart,
      body: Restore,
      replies: { 200: ConfigurationState },
      handle: async ({ params, body, caller }) => {
        const { provider } = found(await connections.find(params.org, params.connection), 'connection');
        const ask = { ...params, ...body, by: caller.member };
        return { status: 200, body: await orNotFound(askProvider(provider, restoreConfiguration, ask)) };
      },
    }),
  ];
}

function previewRoute({ connections, askProvider }: ConfigurationRouteParts): Route {
  return route({
    ...facts,
    method: 'post',
    path: `${base}/preview`,
    summary: 'What would be sent for a sample, by the configuration as it stands; sends and keeps nothing',
    params: InConnection,
    body: Sample,
    replies: { 200: previewTransfer.answer },
    handle: async ({ params, body, request, response }) => {
      refuseCardNumbers(request);
      const { provider } = found(await connections.find(params.org, params.connection), 'connection');
      response.set('cache-control', 'no-store');
      return { status: 200, body: await askProvider(provider, previewTransfer, { ...params, ...body }) };
    },
  });
}

function cursorOf({ version }: ConfigurationVersion): string {
  return encodeCursor({ at: version, id: 'version' });
}

/** A part or a version that the provider does not know is an address that is not there. */
async function orNotFound<Found>(asked: Promise<Found>): Promise<Found> {
  try {
    return await asked;
  } catch (error) {
    const isUnknown = isHubError(error) && /^configuration\.(version-)?unknown$/.test(error.code);
    if (!isUnknown) throw error;
    throw new NotFound({ kind: 'rejected', code: error.code, message: error.message });
  }
}
