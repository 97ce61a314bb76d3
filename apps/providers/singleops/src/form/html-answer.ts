import type { EndpointAnswer } from '@occ-hub/provider-kit';
import { styleSource } from './style.ts';

/**
 * A page of the form. It loads nothing but its own style, posts to nowhere but here, and stands in pages of the named sites
 * alone: browsers follow `frame-ancestors` over the X-Frame-Options that every answer of the hub has.
 */
export function htmlAnswer(
  body: string,
  { status, sites }: { status: number; sites: readonly string[] },
): EndpointAnswer {
  const policy = [
    "default-src 'none'",
    `style-src ${styleSource}`,
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${sites.length > 0 ? sites.join(' ') : "'none'"}`,
  ];
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  };
  return { status, headers, body };
}
