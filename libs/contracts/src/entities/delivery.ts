import { z } from 'zod';
import { HubId, Instant } from './ids.ts';

/**
 * Where a delivery stands. `waiting` is due or will be; `sending` is in somebody's hands; the rest are ends, of which
 * `parked` and `uncertain` wait for a person.
 */
export const DeliveryState = z.enum([
  'waiting',
  'sending',
  'delivered',
  'parked',
  'uncertain',
  'superseded',
  'skipped',
  'aborted',
]);
export type DeliveryState = z.infer<typeof DeliveryState>;

export const DeliveryFilter = z.object({
  state: z.array(DeliveryState).optional(),
  connection: HubId.optional(),
  code: z.string().optional().describe('An error code, or its beginning'),
  event_type: z.string().optional(),
  subject: z.string().optional(),
  since: Instant.optional(),
  until: Instant.optional(),
});
export type DeliveryFilter = z.infer<typeof DeliveryFilter>;

export const DeliverySummary = z.object({
  id: HubId,
  org: HubId,
  provider: z.string(),
  connection: HubId,
  event_type: z.string(),
  subject: z.string(),
  state: DeliveryState,
  attempts: z.int(),
  created_at: Instant,
  updated_at: Instant,
  next_attempt_at: Instant.optional(),
  kind: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional().describe('What happened, whose side, what to do'),
});
export type DeliverySummary = z.infer<typeof DeliverySummary>;

/** One HTTP exchange with the vendor, redacted: shapes and codes, no secrets, no people's data. */
export const Exchange = z.object({
  method: z.string(),
  path: z.string(),
  request: z.string(),
  status: z.int().optional(),
  answer: z.string(),
  ms: z.number(),
});
export type Exchange = z.infer<typeof Exchange>;

export const DeliveryDetail = DeliverySummary.extend({
  steps: z
    .array(z.object({ name: z.string(), result: z.record(z.string(), z.string()) }))
    .describe('Finished steps: they never run again'),
  in_doubt: z
    .boolean()
    .describe('An attempt ended without anybody knowing how; the CRM is asked before anything is sent again'),
  history: z.array(
    z.object({
      attempt: z.int(),
      at: Instant,
      ms: z.number(),
      outcome: z.string(),
      code: z.string().optional(),
      message: z.string().optional(),
      exchanges: z.array(Exchange),
    }),
  ),
  replays: z.array(z.object({ at: Instant, by: z.string(), send_again: z.boolean() })),
  vendor_ids: z.record(z.string(), z.string()),
});
export type DeliveryDetail = z.infer<typeof DeliveryDetail>;
