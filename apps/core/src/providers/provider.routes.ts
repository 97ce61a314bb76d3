import { describeProvider } from '@occ-hub/contracts';
import { z } from 'zod';
import { NoParams } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { ProviderList } from './provider-list.ts';

export function providerRoutes({ providers }: { providers: ProviderList }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/providers',
      tag: 'Connections',
      summary: 'The providers that are running, with the JSON Schema of their settings',
      access: ['operator', 'org-admin', 'org-user'],
      params: NoParams,
      replies: { 200: z.object({ items: z.array(describeProvider.answer) }) },
      handle: async () => ({ status: 200, body: { items: await providers.all() } }),
    }),
  ];
}
