import { HubError } from '@occ-hub/errors';
import type { Clock, RandomBytes } from '@occ-hub/service';
import { z } from 'zod';
import { InOrg } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { OrgStore } from '../orgs/org.store.ts';
import { found } from '../store/found.ts';
import { undeliveredOf } from './alert.ts';
import { AlertsBody, AlertsSaved, AlertsView, WebhookSecret } from './alert-settings.ts';
import type { AlertSettingsStore } from './alert-settings.store.ts';
import type { AlertStore } from './alert.store.ts';
import type { MailChannel } from './mail-channel.ts';
import type { WebhookChannel } from './webhook-channel.ts';
import { checkWebhookUrl } from './webhook-url.ts';

export interface AlertRouteParts {
  readonly orgs: OrgStore;
  readonly alerts: AlertStore;
  readonly alertSettings: AlertSettingsStore;
  readonly mail: MailChannel;
  readonly webhook: WebhookChannel;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

const tag = 'Alerts';
const path = '/v1/orgs/{org}/alerts';
const seedBytes = 16;

export function alertRoutes(parts: AlertRouteParts): readonly Route[] {
  const { orgs, alertSettings } = parts;
  return [
    route({
      method: 'get',
      path,
      tag,
      summary: 'Where alerts about connections go, and which could not be delivered',
      access: ['org-admin', 'operator'],
      params: InOrg,
      replies: { 200: AlertsView },
      handle: async ({ params: { org } }) => ({ status: 200, body: await viewOf(parts, org) }),
    }),
    route({
      method: 'put',
      path,
      tag,
      summary: 'Say where alerts go: when a connection needs a person, and when it works again',
      access: ['org-admin'],
      params: InOrg,
      body: AlertsBody,
      replies: { 200: AlertsSaved },
      handle: async ({ params: { org }, body }) => {
        found(await orgs.find(org), 'org');
        if (body.webhook !== undefined) checkWebhookUrl(body.webhook.url, parts.webhook.any);
        const seed = newSeed(parts);
        const isFirst = await alertSettings.save(org, body, seed);
        const secret = isFirst ? { webhook_secret: parts.webhook.secretOf(org, seed.seed) } : {};
        return { status: 200, body: { ...(await viewOf(parts, org)), ...secret } };
      },
    }),
    route({
      method: 'post',
      path: `${path}/webhook-secret`,
      tag,
      summary: 'Make a new secret for the webhook; the old one signs nothing any more',
      access: ['org-admin'],
      params: InOrg,
      replies: { 200: z.object({ webhook_secret: WebhookSecret }) },
      handle: async ({ params: { org } }) => {
        const seed = newSeed(parts);
        const secret = parts.webhook.secretOf(org, seed.seed);
        if (secret === undefined) throw channelOff(parts.webhook.ready.note ?? '');
        if (!(await alertSettings.reseed(org, seed))) throw noWebhook();
        return { status: 200, body: { webhook_secret: secret } };
      },
    }),
  ];
}

function newSeed({ random, clock }: AlertRouteParts): { seed: string; now: Date } {
  return { seed: Buffer.from(random(seedBytes)).toString('base64url'), now: new Date(clock()) };
}

async function viewOf(
  { alerts, alertSettings, ...channels }: AlertRouteParts,
  org: string,
): Promise<z.input<typeof AlertsView>> {
  const [settings, undelivered] = await Promise.all([alertSettings.find(org), alerts.undelivered(org)]);
  const { emails = [], webhook } = settings ?? {};
  return {
    emails,
    webhook: webhook && { url: webhook.url, secret_since: webhook.secret_since.toISOString() },
    email_channel: channels.mail.ready,
    webhook_channel: channels.webhook.ready,
    undelivered: [...undeliveredOf(undelivered)],
  };
}

function noWebhook(): HubError {
  return new HubError({
    kind: 'rejected',
    code: 'core.alerts.no-webhook',
    message: 'This org has no webhook for alerts. Enter one first: that shows its secret.',
  });
}

function channelOff(message: string): HubError {
  return new HubError({ kind: 'rejected', code: 'core.alerts.webhook-off', message });
}
