import { ConnectionState, HubId, Instant, ProviderId } from '@occ-hub/contracts';
import { z } from 'zod';

/** What an alert says of a connection: a person is needed, or no longer. */
const ConnectionAlertKind = z.enum(['needs-you', 'works-again']);
export type ConnectionAlertKind = z.infer<typeof ConnectionAlertKind>;

/** What an alert says: of a connection, or that one write could not be delivered. */
const AlertKind = z.enum([...ConnectionAlertKind.options, 'delivery-failed']);

const Channel = z.enum(['email', 'webhook']);

/** Where one alert goes, and how that went. */
export const AlertTarget = z.object({
  channel: Channel,
  to: z.string().describe('The address; of a webhook empty, for it goes where the settings say then'),
  state: z.enum(['waiting', 'sent', 'undelivered', 'dropped']),
  note: z.string().optional().describe('How the last try failed, or why it was dropped'),
  at: z.date().optional().describe('When it was tried last'),
});
export type AlertTarget = z.infer<typeof AlertTarget>;

/** An alert as it is stored: kept before anything is sent, one of each cause. */
const Raised = z.object({
  _id: HubId,
  org: HubId,
  connection: HubId,
  provider: ProviderId,
  at: z.date().describe('When it happened'),
  raised_at: z.date(),
  attempts: z.int(),
  due_at: z.date().optional().describe('Next try; absent when nothing waits'),
  targets: z.array(AlertTarget),
});

/** Of a connection; its id is that of the event that caused it. Later news of the connection overtakes it. */
export const ConnectionAlert = Raised.extend({
  kind: ConnectionAlertKind,
  state: ConnectionState,
  reason: z.string(),
});
export type ConnectionAlert = z.infer<typeof ConnectionAlert>;

/** Of a write that waits for a person, to whom its connection names for that. */
export const FailureAlert = Raised.extend({
  kind: z.literal('delivery-failed'),
  delivery: HubId,
  event_type: z.string(),
  subject: z.string(),
  step: z.string().optional(),
  reason: z.string(),
});
export type FailureAlert = z.infer<typeof FailureAlert>;

export const AlertRecord = z.discriminatedUnion('kind', [ConnectionAlert, FailureAlert]);
export type AlertRecord = z.infer<typeof AlertRecord>;

/** An alert that could not be delivered. */
export const UndeliveredAlert = z.object({
  event: HubId.describe('The id of the alert'),
  delivery: HubId.optional().describe('The write that could not be delivered, of a delivery-failed'),
  connection: HubId,
  provider: ProviderId,
  kind: AlertKind,
  at: Instant.describe('When the connection changed, or the write failed'),
  channel: Channel,
  to: z.string(),
  note: z.string().optional().describe('How the last try failed'),
});
export type UndeliveredAlert = z.infer<typeof UndeliveredAlert>;

/** What of some alerts was given up, target by target. */
export function undeliveredOf(alerts: readonly AlertRecord[]): readonly UndeliveredAlert[] {
  return alerts.flatMap((alert) => {
    const { _id: event, connection, provider, kind, at, targets } = alert;
    const whose = kind === 'delivery-failed' ? { delivery: alert.delivery } : {};
    return targets
      .filter(({ state }) => state === 'undelivered')
      .map(({ channel, to, note }) => {
        return { event, ...whose, connection, provider, kind, at: at.toISOString(), channel, to, note };
      });
  });
}
