import { HubId, listRuns, syncNow, SyncRun } from '@occ-hub/contracts';
import { decodeCursor, encodeCursor } from '@occ-hub/store';
import { z } from 'zod';
import { PageQuery, pageShape } from '../store/page.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';
import { found } from '../store/found.ts';
import { InConnection } from '../http/params.ts';
import { type Route, route, streamed } from '../http/route.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import { type ProgressParts, streamProgress } from './progress-stream.ts';

const tag = 'Syncs';
const base = '/v1/orgs/{org}/connections/{connection}/syncs';
const InRun = InConnection.extend({ run: HubId });

export interface SyncRouteParts {
  readonly connections: ConnectionStore;
  readonly askProvider: AskProvider;
  readonly subscribe: ProgressParts['subscribe'];
  readonly stopping: AbortSignal;
}

const RunsQuery = PageQuery.extend({ limit: z.coerce.number().int().min(1).max(100).default(20) });

export function syncRoutes({ connections, askProvider, subscribe, stopping }: SyncRouteParts): readonly Route[] {
  const findRun = async (params: z.infer<typeof InRun>): Promise<SyncRun | undefined> => {
    const { provider } = found(await connections.find(params.org, params.connection), 'connection');
    const { runs } = await askProvider(provider, listRuns, params);
    return runs.find(({ id }) => id === params.run);
  };
  return [
    route({
      method: 'post',
      path: base,
      tag,
      summary: 'Sync now, or join the run under way',
      access: ['org-admin', 'operator'],
      params: InConnection,
      replies: { 202: syncNow.answer },
      handle: async ({ params: { org, connection } }) => {
        const { provider } = found(await connections.find(org, connection), 'connection');
        return { status: 202, body: await askProvider(provider, syncNow, { org, connection, reason: 'person' }) };
      },
    }),
    route({
      method: 'get',
      path: base,
      tag,
      summary: 'The last runs, newest first',
      access: ['org-admin', 'operator'],
      params: InConnection,
      query: RunsQuery,
      replies: { 200: pageShape(SyncRun) },
      handle: async ({ params: { org, connection }, query: { limit, cursor } }) => {
        const { provider } = found(await connections.find(org, connection), 'connection');
        const before = cursor === undefined ? undefined : decodeCursor(cursor).id;
        const { runs } = await askProvider(provider, listRuns, { org, connection, limit, before });
        const last = runs.length === limit ? runs.at(-1) : undefined;
        const more = last === undefined ? {} : { next_cursor: encodeCursor({ at: 0, id: last.id }) };
        return { status: 200, body: { items: runs, ...more } };
      },
    }),
    route({
      method: 'get',
      path: `${base}/{run}`,
      tag,
      summary: 'One run',
      access: ['org-admin', 'operator'],
      params: InRun,
      replies: { 200: SyncRun },
      handle: async ({ params }) => ({ status: 200, body: found(await findRun(params), 'run') }),
    }),
    route({
      method: 'get',
      path: `${base}/{run}/events`,
      tag,
      summary: 'The progress of a run, as server-sent events `progress`; ends with the run',
      access: ['org-admin', 'operator'],
      params: InRun,
      replies: { 200: { description: 'Each event is the run as it stands', contentType: 'text/event-stream' } },
      handle: async ({ params, response }) => {
        const current = () => findRun(params);
        const there = await streamProgress({ subscribe, current, stopping }, { ...params, response });
        if (!there) found(undefined, 'run');
        return streamed;
      },
    }),
  ];
}
