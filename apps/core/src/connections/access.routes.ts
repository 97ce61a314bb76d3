import { disconnect } from '@occ-hub/contracts';
import type { RandomBytes } from '@occ-hub/service';
import { z } from 'zod';
import { found } from '../store/found.ts';
import { InConnection } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { AuthorizeParts } from './authorize-connection.ts';
import { beginConnectionConsent, browserCookie } from './begin-connection-consent.ts';
import { ConnectionView, connectionView, ConsentBegun } from './connection.ts';

export interface AccessRouteParts extends Pick<AuthorizeParts, 'connections' | 'askProvider' | 'clock'> {
  /** Base of the API as browsers see it: an https one makes cookies that only travel by https. */
  readonly publicUrl: string | undefined;
  readonly random: RandomBytes;
}

const facts = { method: 'post', tag: 'Connections', access: ['org-admin'], params: InConnection } as const;

/** Getting access by a person's consent, and giving it back. */
export function accessRoutes({
  connections,
  askProvider,
  clock,
  random,
  publicUrl,
}: AccessRouteParts): readonly Route[] {
  return [
    route({
      ...facts,
      path: '/v1/orgs/{org}/connections/{connection}/consent',
      summary: "Begin a person's consent on the vendor's page; ties it to this browser by a cookie",
      replies: { 200: ConsentBegun },
      handle: async ({ params: { org, connection }, response }) => {
        const record = found(await connections.find(org, connection), 'connection');
        const { secret, ...begun } = await beginConnectionConsent({ askProvider, random }, record);
        const { name, ...options } = browserCookie(publicUrl);
        response.cookie(name, secret, options);
        return { status: 200, body: begun };
      },
    }),
    route({
      ...facts,
      path: '/v1/orgs/{org}/connections/{connection}/disconnect',
      summary: 'Give the access back to the vendor and forget all credentials; links and what came in stay',
      replies: { 200: z.object({ connection: ConnectionView, note: z.string().optional() }) },
      handle: async ({ params: { org, connection } }) => {
        const { provider } = found(await connections.find(org, connection), 'connection');
        const { state, note } = await askProvider(provider, disconnect, { org, connection });
        const now = new Date(clock());
        const changes = { state, secrets: [], state_at: now, updated_at: now };
        const changed = found(await connections.change(org, connection, changes), 'connection');
        return { status: 200, body: { connection: connectionView(changed), note } };
      },
    }),
  ];
}
