import { HubError } from '@occ-hub/errors';
import type { EndpointRequest } from './endpoint.ts';

type Asked = Pick<EndpointRequest, 'headers'>;

/** The `Idempotency-Key` of a call: 1 to 200 visible ASCII characters, as core takes it. Fails as `unreadable` without one. */
export function idempotencyKeyOf({ headers }: Asked): string {
  const key = headers['idempotency-key'] ?? '';
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  const message =
    'Send an Idempotency-Key header of 1 to 200 visible ASCII characters: the same one whenever this is sent again, another one for everything else.';
  throw new HubError({ kind: 'unreadable', code: 'endpoint.idempotency-key', message });
}

const usualWaitSeconds = 25;
const longestWaitSeconds = 60;

/** How long the caller wants to wait for the end, ms: `Prefer: wait=5` of RFC 7240 in seconds, at most 60; else 25 seconds. */
export function waitMsOf({ headers }: Asked): number {
  const asked = /(?:^|[,;])\s*wait\s*=\s*"?(\d+)/i.exec(headers['prefer'] ?? '')?.[1];
  return Math.min(asked === undefined ? usualWaitSeconds : Number(asked), longestWaitSeconds) * 1000;
}
