import { ConnectionState, HubId, Instant, ProviderId } from '@occ-hub/contracts';
import { z } from 'zod';

/** What an alert says: a person is needed, or no longer. */
export const AlertKind = z.enum(['needs-you', 'works-again']);
export type AlertKind = z.infer<typeof AlertKind>;

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

/** An alert as it is stored: one per event, kept before anything is sent. */
export const AlertRecord = z.object({
  _id: HubId.describe('The event that caused it'),
  org: HubId,
  connection: HubId,
  provider: ProviderId,
  kind: AlertKind,
  state: ConnectionState,
  reason: z.string(),
  at: z.date().describe('When the connection changed'),
  raised_at: z.date(),
  attempts: z.int(),
  due_at: z.date().optional().describe('Next try; absent when nothing waits'),
  targets: z.array(AlertTarget),
});
export type AlertRecord = z.infer<typeof AlertRecord>;

/** An alert that could not be delivered. */
export const UndeliveredAlert = z.object({
  event: HubId,
  connection: HubId,
  provider: ProviderId,
  kind: AlertKind,
  at: Instant.describe('When the connection changed'),
  channel: Channel,
  to: z.string(),
  note: z.string().optional().describe('How the last try failed'),
});
export type UndeliveredAlert = z.infer<typeof UndeliveredAlert>;

/** What of some alerts was given up, target by target. */
export function undeliveredOf(alerts: readonly AlertRecord[]): readonly UndeliveredAlert[] {
  return alerts.flatMap(({ _id, connection, provider, kind, at, targets }) =>
    targets
      .filter(({ state }) => state === 'undelivered')
      .map(({ channel, to, note }) => {
        return { event: _id, connection, provider, kind, at: at.toISOString(), channel, to, note };
      }),
  );
}
