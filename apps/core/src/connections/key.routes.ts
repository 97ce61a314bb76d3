import { ApiKey, createKey, HubId, listKeys, revokeKey } from '@occ-hub/contracts';
import { z } from 'zod';
import { InConnection } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import { found } from '../store/found.ts';
import { PageQuery, pageShape } from '../store/page.ts';
import { pageOfAll } from '../store/page-of-all.ts';
import type { ConnectionStore } from './connection.store.ts';

const path = '/v1/orgs/{org}/connections/{connection}/keys';
const facts = { tag: 'API keys', access: ['org-admin'] } as const;
const InKey = InConnection.extend({ key: HubId });
const NewKey = createKey.ask.pick({ name: true, scopes: true });

export interface KeyRouteParts {
  readonly connections: ConnectionStore;
  readonly askProvider: AskProvider;
}

/** Keys by which lead sources and CRMs call a provider's endpoints. They live at the provider; core keeps nothing of them. */
export function keyRoutes({ connections, askProvider }: KeyRouteParts): readonly Route[] {
  return [
    route({
      ...facts,
      method: 'get',
      path,
      summary: 'The keys that are good, without their texts',
      params: InConnection,
      query: PageQuery,
      replies: { 200: pageShape(ApiKey) },
      handle: async ({ params, query }) => {
        const { provider } = found(await connections.find(params.org, params.connection), 'connection');
        const { keys } = await askProvider(provider, listKeys, params);
        return { status: 200, body: pageOfAll(keys, ({ id }) => id, query) };
      },
    }),
    route({
      ...facts,
      method: 'post',
      path,
      summary: 'Make a key; its text is in this answer and nowhere else',
      // No Idempotency-Key: the answer would be kept for a repeat, and the text with it.
      params: InConnection,
      body: NewKey,
      replies: { 201: createKey.answer },
      handle: async ({ params, body, caller, response }) => {
        const { provider } = found(await connections.find(params.org, params.connection), 'connection');
        const made = await askProvider(provider, createKey, { ...params, ...body, by: caller.member });
        response.set('cache-control', 'no-store');
        return { status: 201, body: made };
      },
    }),
    route({
      ...facts,
      method: 'delete',
      path: `${path}/{key}`,
      summary: 'End a key; within seconds it is not taken any more',
      params: InKey,
      replies: { 200: z.object({ revoked: z.literal(true) }) },
      handle: async ({ params }) => {
        const { provider } = found(await connections.find(params.org, params.connection), 'connection');
        const { revoked } = await askProvider(provider, revokeKey, params);
        return { status: 200, body: { revoked: found(revoked || undefined, 'key') } };
      },
    }),
  ];
}
