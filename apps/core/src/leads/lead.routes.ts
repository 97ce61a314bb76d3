import { HubId } from '@occ-hub/contracts';
import { InOrg } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import { found } from '../store/found.ts';
import { PageQuery, pageShape } from '../store/page.ts';
import { LeadView } from './lead.ts';
import { type LeadViewParts, leadViews } from './lead-views.ts';

const facts = { method: 'get', tag: 'Leads', access: ['org-user', 'org-admin'] } as const;

export type LeadRouteParts = LeadViewParts;

export function leadRoutes(parts: LeadRouteParts): readonly Route[] {
  return [
    route({
      ...facts,
      path: '/v1/orgs/{org}/leads',
      summary: 'Leads that lead sources handed over, newest first, and what became of them',
      params: InOrg,
      query: PageQuery,
      replies: { 200: pageShape(LeadView) },
      handle: async ({ params: { org }, query }) => {
        const { items, ...rest } = await parts.leads.list(org, query);
        return { status: 200, body: { ...rest, items: await leadViews(parts, org, items) } };
      },
    }),
    route({
      ...facts,
      path: '/v1/orgs/{org}/leads/{lead}',
      summary: 'One lead',
      params: InOrg.extend({ lead: HubId }),
      replies: { 200: LeadView },
      handle: async ({ params: { org, lead } }) => {
        const [view] = await leadViews(parts, org, [found(await parts.leads.find(org, lead), 'lead')]);
        return { status: 200, body: view };
      },
    }),
  ];
}
