import {
  DeliveryDetail,
  DeliveryState,
  DeliverySummary,
  getDelivery,
  HubId,
  Instant,
  searchDeliveries,
} from '@occ-hub/contracts';
import { z } from 'zod';
import { mapPage, PageQuery, pageShape } from '../store/page.ts';
import { InOrg, NoParams } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import { AuditRecord } from './audit.store.ts';
import { type DeliveryRouteParts, deliveryOf, OfProvider, orgOf, type Place, tag } from './place.ts';
import { putRightRoutes } from './put-right.routes.ts';

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

const AuditView = AuditRecord.omit({ _id: true, at: true }).extend({ id: HubId, at: Instant });

export type { DeliveryRouteParts };

/** The same routes twice: for operators over all orgs, and for an org's admins over their own. */
export function deliveryRoutes(parts: DeliveryRouteParts): readonly Route[] {
  return [
    ...routesUnder(parts, { base: '/v1', access: ['operator'], params: NoParams }),
    ...routesUnder(parts, { base: '/v1/orgs/{org}', access: ['org-admin', 'operator'], params: InOrg }),
  ];
}

function routesUnder(parts: DeliveryRouteParts, place: Place): readonly Route[] {
  const { base, access, params } = place;
  const { askProvider, audit } = parts;
  const InDelivery = params.extend({ delivery: HubId });
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
    ...putRightRoutes(parts, place),
    route({
      method: 'get',
      path: `${base}/audit`,
      tag,
      summary: 'Who replayed, aborted and chose what, newest first',
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
