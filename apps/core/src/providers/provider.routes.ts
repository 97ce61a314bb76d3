import { describeProvider } from '@occ-hub/contracts';
import { NoParams } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import { PageQuery, pageShape } from '../store/page.ts';
import { pageOfAll } from '../store/page-of-all.ts';
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
      query: PageQuery,
      replies: { 200: pageShape(describeProvider.answer) },
      handle: async ({ query }) => ({ status: 200, body: pageOfAll(await providers.all(), ({ id }) => id, query) }),
    }),
  ];
}
