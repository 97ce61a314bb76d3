import { HubId, Instant } from '@occ-hub/contracts';
import { z } from 'zod';
import { UndeliveredAlert } from './alert.ts';

/** Where an org's alerts go, as it is stored. The webhook's secret is not: it is made from the seed when it is needed. */
export const AlertSettings = z.object({
  _id: HubId.describe('The org'),
  emails: z.array(z.string()),
  webhook: z.object({ url: z.string(), seed: z.string(), secret_since: z.date() }).optional(),
  updated_at: z.date(),
});
export type AlertSettings = z.infer<typeof AlertSettings>;

const Email = z.string().trim().toLowerCase().pipe(z.email().max(254));

/** What an org says. */
export const AlertsBody = z.object({
  emails: z
    .array(Email)
    .max(20)
    .transform((emails) => [...new Set(emails)]),
  webhook: z
    .object({ url: z.url().max(2000) })
    .optional()
    .describe('Absent: no webhook. A first one gets a secret, which is shown in the reply and never again'),
});
export type AlertsBody = z.output<typeof AlertsBody>;

/** Whether a channel is there at all. */
export const ChannelReady = z.object({
  on: z.boolean(),
  note: z.string().optional().describe('Why it is off, and what to do'),
});
export type ChannelReady = z.infer<typeof ChannelReady>;

export const WebhookSecret = z
  .string()
  .describe('Verifies `webhook-signature` by Standard Webhooks. Shown this one time: keep it');

export const AlertsView = z.object({
  emails: z.array(z.string()),
  webhook: z.object({ url: z.string(), secret_since: Instant }).optional(),
  email_channel: ChannelReady,
  webhook_channel: ChannelReady,
  undelivered: z.array(UndeliveredAlert).describe('Given up after 24 hours, newest first, 50 alerts at most'),
});
export const AlertsSaved = AlertsView.extend({ webhook_secret: WebhookSecret.optional() });
