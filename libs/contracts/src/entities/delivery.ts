import { z } from 'zod';
import { HubId, Instant } from './ids.ts';

/**
 * Where a delivery stands. `waiting` is due or will be; `sending` is in somebody's hands; `awaiting-choice` goes on when a
 * person has chosen, or parks when nobody did in time; the rest are ends, of which `parked` and `uncertain` wait for a person.
 */
export const DeliveryState = z.enum([
  'waiting',
  'sending',
  'awaiting-choice',
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
  failed_step: z.string().optional().describe('The step, or the question, at which the last failed attempt stopped'),
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

/** One of the things that a person may choose. */
export const ChoiceOption = z.object({
  id: z.string().min(1).max(100),
  title: z.string(),
  group: z.object({ id: z.string(), title: z.string() }).optional().describe('Options that belong together name one'),
  details: z.record(z.string(), z.string()).optional().describe('What tells it from the others, by name'),
});
export type ChoiceOption = z.infer<typeof ChoiceOption>;

/** A question that a delivery waits with; it goes when somebody has chosen, when it expires, or with an abort. */
export const DeliveryChoice = z.object({
  name: z.string(),
  prompt: z.string(),
  options: z.array(ChoiceOption),
  expires_at: Instant,
});
export type DeliveryChoice = z.infer<typeof DeliveryChoice>;

export const DeliveryDetail = DeliverySummary.extend({
  choice: DeliveryChoice.optional().describe('What a person has to choose now; only while it is `awaiting-choice`'),
  choices: z
    .array(z.object({ name: z.string(), option: z.string(), by: z.string(), at: Instant }))
    .default([])
    .describe('What people chose, in order'),
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
