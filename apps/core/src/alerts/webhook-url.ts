import { HubError } from '@occ-hub/errors';
import { isInsideHost } from '@occ-hub/service';

/**
 * Refuses where alerts may not go: by http, to an address inside, or with a password in it. Names are looked at when
 * they are connected to. `any` leaves all of it to who runs the hub.
 */
export function checkWebhookUrl(text: string, any: boolean): void {
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw refused('Leave user and password out: they would be shown.');
  if (!['https:', 'http:'].includes(url.protocol)) throw refused('A webhook is an https address.');
  if (any) return;
  if (url.protocol !== 'https:') throw refused('A webhook is an https address.');
  if (isInsideHost(url)) throw refused('Enter an address that the internet reaches.');
}

function refused(message: string): HubError {
  return new HubError({
    kind: 'rejected',
    code: 'core.alerts.webhook-url',
    message: `Alerts cannot go to this webhook. ${message}`,
    fields: [{ pointer: '/webhook/url', message }],
  });
}
