import { HubError } from '@occ-hub/errors';
import type { Clock, Log, Metrics } from '@occ-hub/service';
import type { Leases } from '@occ-hub/store';
import { startAlertRelay } from './alerts/alert-relay.ts';
import { createMailChannel, type MailChannel } from './alerts/mail-channel.ts';
import { type AlertEnd, sendAlert } from './alerts/send-alert.ts';
import { createWebhookChannel, type WebhookChannel } from './alerts/webhook-channel.ts';
import type { CoreEnv } from './env.ts';
import type { AskProvider } from './providers/ask-provider.ts';
import type { LeasedLoop } from './store/leased-loop.ts';
import type { Stores } from './stores.ts';

/** The ways by which alerts go out. */
export interface AlertChannels {
  readonly mail: MailChannel;
  readonly webhook: WebhookChannel;
}

/** Makes the channels that the settings allow, and says which are off. Throws HubError(config) for half a setting. */
export function openAlertChannels(env: CoreEnv, { clock, log }: { clock: Clock; log: Log }): AlertChannels {
  const { SMTP_URL: url, ALERT_FROM: from, ALERT_WEBHOOK_KEY: key } = env;
  if (url !== undefined && from === undefined) throw noSender();
  const mail = createMailChannel(url === undefined || from === undefined ? undefined : { url, from });
  const webhook = createWebhookChannel({ key, any: env.ALERT_WEBHOOKS_ANY === 'on', clock });
  if (!mail.ready.on) log.info({ part: 'alerts', outcome: 'off' }, 'e-mail alerts are off: SMTP_URL is not set');
  if (!webhook.ready.on) {
    log.info({ part: 'alerts', outcome: 'off' }, 'webhook alerts are off: ALERT_WEBHOOK_KEY is not set');
  }
  return { mail, webhook };
}

export interface AlertCoreParts {
  readonly env: CoreEnv;
  readonly channels: AlertChannels;
  readonly stores: Stores;
  readonly askProvider: AskProvider;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Starts sending alerts. */
export function relayAlerts({ env, channels, stores, ...parts }: AlertCoreParts): LeasedLoop {
  const { leases, clock, log } = parts;
  const tries = parts.metrics.counter({
    name: 'occ_core_alert_tries_total',
    help: 'Tries to deliver an alert, by channel and what became of it',
    labels: ['channel', 'outcome'],
  });
  const observe = ({ alert, channel, state, code }: AlertEnd): void => {
    tries.inc({ channel, outcome: state });
    const whose = { eventId: alert._id, orgId: alert.org, connectionId: alert.connection, provider: alert.provider };
    const facts = { part: 'alerts', ...whose, kind: channel, outcome: state, code };
    if (state === 'undelivered') log.error(facts, 'alert could not be delivered');
    else if (state === 'waiting') log.warn(facts, 'alert is tried again');
    else log.info(facts, 'alert was dealt with');
  };
  const { alerts, alertSettings, orgs } = stores;
  const stop = new AbortController();
  const sending = {
    ...{ alerts, alertSettings, orgs, ...channels, askProvider: parts.askProvider },
    ...{ appUrl: env.APP_URL, stopping: stop.signal, clock, random: Math.random, observe },
  };
  const relay = startAlertRelay({ alerts, leases, clock, log, send: (alert) => sendAlert(sending, alert) });
  return {
    ...relay,
    stop() {
      stop.abort();
      return relay.stop();
    },
  };
}

function noSender(): HubError {
  return new HubError({
    kind: 'config',
    code: 'core.alert-from',
    message: 'SMTP_URL is set, but not ALERT_FROM: alerts need a sender. Set it, e.g. OCC Hub <hub@example.com>.',
  });
}
