import { type Clock } from '@occ-hub/service';
import { mapPage, PageQuery, pageShape } from '../store/page.ts';
import { alreadyThere } from '../http/already-there.ts';
import { found } from '../store/found.ts';
import { InOrg, NoParams } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import { NewOrg, OrgView, orgView } from './org.ts';
import type { OrgStore } from './org.store.ts';

const tag = 'Orgs';

export function orgRoutes({ orgs, clock }: { orgs: OrgStore; clock: Clock }): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/orgs',
      tag,
      summary: 'Make an org',
      access: ['operator'],
      creates: true,
      params: NoParams,
      body: NewOrg,
      replies: { 201: OrgView },
      handle: async ({ body, newId }) => {
        const { id, ...facts } = body;
        const org = { _id: id ?? newId('org'), ...facts, created_at: new Date(clock()) };
        if (await orgs.add(org)) return { status: 201, body: orgView(org) };
        throw alreadyThere('org', 'There is an org with this id. Choose another, or leave the id out.');
      },
    }),
    route({
      method: 'get',
      path: '/v1/orgs',
      tag,
      summary: 'All orgs',
      access: ['operator'],
      params: NoParams,
      query: PageQuery,
      replies: { 200: pageShape(OrgView) },
      handle: async ({ query }) => ({ status: 200, body: mapPage(await orgs.list(query), orgView) }),
    }),
    route({
      method: 'get',
      path: '/v1/orgs/{org}',
      tag,
      summary: 'One org',
      access: ['operator', 'org-admin', 'org-user'],
      params: InOrg,
      replies: { 200: OrgView },
      handle: async ({ params }) => ({ status: 200, body: orgView(found(await orgs.find(params.org), 'org')) }),
    }),
    route({
      method: 'put',
      path: '/v1/orgs/{org}',
      tag,
      summary: 'Change the name and the time zone',
      access: ['operator', 'org-admin'],
      params: InOrg,
      body: NewOrg.omit({ id: true }),
      replies: { 200: OrgView },
      handle: async ({ params, body }) => {
        return { status: 200, body: orgView(found(await orgs.change(params.org, body), 'org')) };
      },
    }),
  ];
}
