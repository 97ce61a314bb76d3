import {
  abortDelivery,
  DeliveryDetail,
  DeliveryFilter,
  DeliveryState,
  DeliverySummary,
  getDelivery,
  HubId,
  Instant,
  ProviderId,
  replayDeliveries,
  searchDeliveries,
} from '@occ-hub/contracts';
import { z } from 'zod';
import { mapPage, PageQuery, pageShape } from '../store/page.ts';
import { InOrg, NoParams } from '../http/params.ts';
import { type Access, type Call, type Route, route } from '../http/route.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import { AuditRecord } from './audit.store.ts';
import { audited, type AuditParts } from './audited.ts';

const tag = 'Deliveries';
const OfProvider = z.object({ provider: ProviderId });

const Search = OfProvider.extend({
  state: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(DeliveryState))
    .optional()
    .meta({ override: { type: 'string' }, description: 'States joined by commas' }),
  connection: HubId.optional(),
  code: z.string().max(200).optional().describe('An error code, or its beginning'),
  event_type: z.string().max(200).optional(),
  subject: z.string().max(400).optional(),
  since: Instant.optional(),
  until: Instant.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional(),
});

const Replay = OfProvider.extend({
  deliveries: z.array(HubId).min(1).max(1000).optional(),
  filter: DeliveryFilter.optional(),
  plan: z.boolean().default(true).describe('true only counts; look at the plan, then ask again with false'),
  send_again: z.boolean().default(false).describe('For `uncertain`: you have looked, and the CRM does not have it'),
}).refine((body) => (body.deliveries === undefined) !== (body.filter === undefined), {
  message: 'Name deliveries or give a filter, one of the two.',
});

const Abort = OfProvider.extend({ reason: z.string().trim().min(1).max(500) });

const AuditView = AuditRecord.omit({ _id: true, at: true }).extend({ id: HubId, at: Instant });

export interface DeliveryRouteParts extends AuditParts {
  readonly askProvider: AskProvider;
}

/** The same routes twice: for operators over all orgs, and for an org's admins over their own. */
export function deliveryRoutes(parts: DeliveryRouteParts): readonly Route[] {
  return [
    ...routesUnder(parts, { base: '/v1', access: ['operator'], params: NoParams }),
    ...routesUnder(parts, { base: '/v1/orgs/{org}', access: ['org-admin', 'operator'], params: InOrg }),
  ];
}

interface Place {
  readonly base: string;
  readonly access: Access;
  readonly params: z.ZodObject;
}

function routesUnder(parts: DeliveryRouteParts, { base, access, params }: Place): readonly Route[] {
  const { askProvider, audit } = parts;
  const orgOf = (call: { params: Record<string, unknown> }) => call.params['org'] as string | undefined;
  const InDelivery = params.extend({ delivery: HubId });
  const deliveryOf = (call: { params: Record<string, unknown> }) => call.params['delivery'] as string;
  return [
    route({
      method: 'get',
      path: `${base}/deliveries`,
      tag,
      summary: 'Deliveries of a provider, newest first',
      access,
      params,
      query: Search,
      replies: { 200: pageShape(DeliverySummary) },
      handle: async (call) => {
        const { provider, limit, cursor, ...filter } = call.query;
        const asked = { org: orgOf(call), filter, limit, cursor };
        const { deliveries, next_cursor } = await askProvider(provider, searchDeliveries, asked);
        return { status: 200, body: { items: deliveries, next_cursor } };
      },
    }),
    route({
      method: 'get',
      path: `${base}/deliveries/{delivery}`,
      tag,
      summary: 'One delivery with its attempts, steps and replays',
      access,
      params: InDelivery,
      query: OfProvider,
      replies: { 200: DeliveryDetail },
      handle: async (call) => {
        const asked = { org: orgOf(call), delivery: deliveryOf(call) };
        const { delivery } = await askProvider(call.query.provider, getDelivery, asked);
        return { status: 200, body: delivery };
      },
    }),
    route({
      method: 'post',
      path: `${base}/deliveries/replays`,
      tag,
      summary: 'Plan a replay, or replay; finished steps are never repeated',
      access,
      params,
      body: Replay,
      replies: { 200: replayDeliveries.answer },
      handle: async (call) => ({ status: 200, body: await replay(parts, call, orgOf(call)) }),
    }),
    route({
      method: 'post',
      path: `${base}/deliveries/{delivery}/abort`,
      tag,
      summary: 'End a parked delivery without sending it',
      access,
      params: InDelivery,
      body: Abort,
      replies: { 200: DeliverySummary },
      handle: async (call) => {
        const { provider, reason } = call.body;
        const [org, delivery] = [orgOf(call), deliveryOf(call)];
        const what = { org, provider, action: 'abort', deliveries: [delivery], reason } as const;
        const body = await audited(parts, { caller: call.caller, what }, async () => {
          const asked = { org, delivery, by: call.caller.member, reason };
          const aborted = await askProvider(provider, abortDelivery, asked);
          return { result: aborted.delivery, affected: [delivery] };
        });
        return { status: 200, body };
      },
    }),
    route({
      method: 'get',
      path: `${base}/audit`,
      tag,
      summary: 'Who replayed and aborted what, newest first',
      access,
      params,
      query: PageQuery,
      replies: { 200: pageShape(AuditView) },
      handle: async (call) => {
        const view = ({ _id, at, ...rest }: AuditRecord) => ({ id: _id, at: at.toISOString(), ...rest });
        return { status: 200, body: mapPage(await audit.list(orgOf(call), call.query), view) };
      },
    }),
  ];
}

type ReplayCall = Pick<Call<unknown, unknown, z.output<typeof Replay>>, 'body' | 'caller'>;

/** A plan changes nothing and is not audited; a replay is. */
async function replay(parts: DeliveryRouteParts, { body, caller }: ReplayCall, org: string | undefined) {
  const { provider, ...what } = body;
  const act = () => parts.askProvider(provider, replayDeliveries, { org, by: caller.member, ...what });
  if (body.plan) return act();
  const { deliveries, filter, send_again } = what;
  const entry = { org, provider, action: 'replay', deliveries, filter, send_again } as const;
  return audited(parts, { caller, what: entry }, async () => {
    const result = await act();
    return { result, affected: result.replayed };
  });
}
