import { HubId, listRuns, syncNow, SyncRun } from '@occ-hub/contracts';
import { z } from 'zod';
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
      query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
      replies: { 200: z.object({ items: z.array(SyncRun) }) },
      handle: async ({ params: { org, connection }, query: { limit } }) => {
        const { provider } = found(await connections.find(org, connection), 'connection');
        const { runs } = await askProvider(provider, listRuns, { org, connection, limit });
        return { status: 200, body: { items: runs } };
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
