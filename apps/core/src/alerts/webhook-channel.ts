import { isHubError } from '@occ-hub/errors';
import { type Clock, insideCode, publicLookup, type Secret } from '@occ-hub/service';
import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import type { AlertMessage } from './alert-message.ts';
import type { AlertSettings, ChannelReady } from './alert-settings.ts';
import { codeOf, delivered, failed, givenUp, type Tried } from './tried.ts';
import { webhookSecret } from './webhook-secret.ts';
import { checkWebhookUrl } from './webhook-url.ts';

interface Posting {
  readonly settings: AlertSettings;
  readonly message: AlertMessage;
  readonly stopping: AbortSignal;
}

export interface WebhookChannel {
  readonly ready: ChannelReady;
  /** True where webhooks may be http and lie inside. */
  readonly any: boolean;
  /** The secret of an org's webhook; undefined while the channel is off. */
  secretOf(org: string, seed: string): string | undefined;
  /** Posts one alert, signed. Never throws. */
  send(posting: Posting): Promise<Tried>;
  close(): Promise<void>;
}

const connectMs = 5_000;
const answerMs = 10_000;
const off = 'Webhook alerts are off: who runs the hub has to set ALERT_WEBHOOK_KEY.';

/** Alerts by signed webhook (Standard Webhooks). The event's id is the webhook's, so a receiver knows a repeat. */
export function createWebhookChannel(parts: { key: Secret | undefined; any: boolean; clock: Clock }): WebhookChannel {
  const { key, any, clock } = parts;
  const agent = new Agent({
    connect: { timeout: connectMs, ...(any ? {} : { lookup: publicLookup }) },
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
  });
  const secretOf = (org: string, seed: string) => key && webhookSecret(key, { org, seed });
  return {
    ready: key === undefined ? { on: false, note: off } : { on: true },
    any,
    secretOf,
    async send({ settings: { _id: org, webhook }, message: { event, hook }, stopping }) {
      const secret = webhook && secretOf(org, webhook.seed);
      if (webhook === undefined || secret === undefined) return givenUp('off', off);
      try {
        checkWebhookUrl(webhook.url, any);
        const now = new Date(clock());
        const body = JSON.stringify(hook);
        const headers = {
          'content-type': 'application/json',
          'user-agent': 'occ-hub',
          'webhook-id': event,
          'webhook-timestamp': `${Math.floor(now.getTime() / 1000)}`,
          'webhook-signature': new Webhook(secret).sign(event, now, body),
        };
        const signal = AbortSignal.any([stopping, AbortSignal.timeout(connectMs + answerMs)]);
        const answer = await request(webhook.url, { method: 'POST', headers, body, dispatcher: agent, signal });
        await answer.body.dump({ limit: 16_384 }).catch(() => undefined);
        return triedBy(answer.statusCode);
      } catch (error) {
        return notReached(error);
      }
    },
    close: () => agent.destroy(),
  };
}

function notReached(error: unknown): Tried {
  if (isHubError(error)) return givenUp(error.code, error.message);
  const code = codeOf(error);
  if (code === insideCode) return failed(code, "The webhook's name leads to an address inside the hub's network.");
  return failed(code, `The webhook could not be reached (${code}). Its side; it is tried again.`);
}

function triedBy(status: number): Tried {
  const code = `${status}`;
  if (status >= 200 && status < 300) return delivered;
  if (status === 410) return givenUp(code, 'The webhook answered 410: it is gone. Enter another.');
  if (status >= 300 && status < 400) {
    return failed(code, `The webhook answered ${status}. Enter the address that it leads to.`);
  }
  return failed(code, `The webhook answered ${status}. Its side; it is tried again.`);
}
