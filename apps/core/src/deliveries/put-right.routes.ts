import {
  abortDelivery,
  chooseDelivery,
  DeliveryFilter,
  DeliverySummary,
  HubId,
  replayDeliveries,
} from '@occ-hub/contracts';
import { z } from 'zod';
import { refuseCardNumbers } from '../http/refuse-card-numbers.ts';
import { type Call, type Route, route } from '../http/route.ts';
import { audited } from './audited.ts';
import { type DeliveryRouteParts, deliveryOf, OfProvider, orgOf, type Place, tag } from './place.ts';

const Replay = OfProvider.extend({
  deliveries: z.array(HubId).min(1).max(1000).optional(),
  filter: DeliveryFilter.optional(),
  plan: z.boolean().default(true).describe('true only counts; look at the plan, then ask again with false'),
  send_again: z.boolean().default(false).describe('For `uncertain`: you have looked, and the CRM does not have it'),
}).refine((body) => (body.deliveries === undefined) !== (body.filter === undefined), {
  message: 'Name deliveries or give a filter, one of the two.',
});

const Abort = OfProvider.extend({ reason: z.string().trim().min(1).max(500) });

const Choice = OfProvider.extend({
  choice: z
    .string()
    .max(200)
    .optional()
    .describe('The name of the question; a later question is then not answered by it'),
  option: z.string().min(1).max(100).describe('The id of one of the options that the delivery shows'),
});

/** Where a person puts right what waits for one: each action leaves its trace in the audit, which takes no card number. */
export function putRightRoutes(parts: DeliveryRouteParts, { base, access, params }: Place): readonly Route[] {
  const { askProvider } = parts;
  const InDelivery = params.extend({ delivery: HubId });
  return [
    route({
      method: 'post',
      path: `${base}/deliveries/replays`,
      tag,
      summary: 'Plan a replay, or replay; finished steps are never repeated',
      access,
      params,
      body: Replay,
      replies: { 200: replayDeliveries.answer },
      handle: async (call) => {
        refuseCardNumbers(call.request);
        return { status: 200, body: await replay(parts, call, orgOf(call)) };
      },
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
        refuseCardNumbers(call.request);
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
      method: 'post',
      path: `${base}/deliveries/{delivery}/choice`,
      tag,
      summary: 'Choose for a delivery that waits for a choice; it then goes on in its turn',
      access,
      params: InDelivery,
      body: Choice,
      replies: { 200: DeliverySummary },
      handle: async (call) => {
        refuseCardNumbers(call.request);
        const { provider, ...chosen } = call.body;
        const [org, delivery] = [orgOf(call), deliveryOf(call)];
        const what = { org, provider, action: 'choose', deliveries: [delivery], ...chosen } as const;
        const body = await audited(parts, { caller: call.caller, what }, async () => {
          const asked = { org, delivery, by: call.caller.member, ...chosen };
          const answered = await askProvider(provider, chooseDelivery, asked);
          return { result: answered.delivery, affected: [delivery] };
        });
        return { status: 200, body };
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
