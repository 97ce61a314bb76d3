import { HubId } from '@occ-hub/contracts';
import type { Clock } from '@occ-hub/service';
import { isDuplicateKey } from '@occ-hub/store';
import { mapPage, PageQuery, pageShape } from '../store/page.ts';
import { alreadyThere } from '../http/already-there.ts';
import { found } from '../store/found.ts';
import { InOrg } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import { MemberView, memberView, NewMember } from './member.ts';
import type { MemberStore } from './member.store.ts';
import type { OrgStore } from '../orgs/org.store.ts';

const tag = 'Members';
const InMember = InOrg.extend({ member: HubId });

interface MemberRoutesParts {
  readonly orgs: OrgStore;
  readonly members: MemberStore;
  readonly clock: Clock;
}

export function memberRoutes({ orgs, members, clock }: MemberRoutesParts): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/orgs/{org}/members',
      tag,
      summary: 'The members of an org',
      access: ['operator', 'org-admin', 'org-user'],
      params: InOrg,
      query: PageQuery,
      replies: { 200: pageShape(MemberView) },
      handle: async ({ params, query }) => {
        return { status: 200, body: mapPage(await members.list(params.org, query), memberView) };
      },
    }),
    route({
      method: 'post',
      path: '/v1/orgs/{org}/members',
      tag,
      summary: 'Add a member',
      access: ['operator', 'org-admin'],
      creates: true,
      params: InOrg,
      body: NewMember,
      replies: { 201: MemberView },
      handle: async ({ params, body, newId }) => {
        found(await orgs.find(params.org), 'org');
        const { id, ...facts } = body;
        const member = { _id: id ?? newId('mem'), org: params.org, ...facts, created_at: new Date(clock()) };
        if (await members.add(member)) return { status: 201, body: memberView(member) };
        throw taken();
      },
    }),
    route({
      method: 'get',
      path: '/v1/orgs/{org}/members/{member}',
      tag,
      summary: 'One member',
      access: ['operator', 'org-admin', 'org-user'],
      params: InMember,
      replies: { 200: MemberView },
      handle: async ({ params }) => {
        return { status: 200, body: memberView(found(await members.find(params.org, params.member), 'member')) };
      },
    }),
    route({
      method: 'put',
      path: '/v1/orgs/{org}/members/{member}',
      tag,
      summary: 'Change a member',
      access: ['operator', 'org-admin'],
      params: InMember,
      body: NewMember.omit({ id: true }),
      replies: { 200: MemberView },
      handle: async ({ params, body }) => {
        try {
          const member = await members.change(params.org, params.member, body);
          return { status: 200, body: memberView(found(member, 'member')) };
        } catch (error) {
          throw isDuplicateKey(error) ? taken() : error;
        }
      },
    }),
  ];
}

function taken() {
  return alreadyThere('member', 'A member with this id or e-mail address is there already.');
}
