import { createHash } from 'node:crypto';
import { beginConsent, consentCookie, describeProvider } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import type { RandomBytes } from '@occ-hub/service';
import type { AskProvider } from '../providers/ask-provider.ts';
import type { ConnectionRecord } from './connection.ts';

const secretBytes = 32;
/** As long as a person may take on the vendor's page. */
const cookieMs = 600_000;

/**
 * Asks the provider for the vendor's page and makes the secret that ties the consent to one browser: the provider knows
 * its SHA-256 alone. Always a new one, so that a consent begun elsewhere cannot be ended here.
 */
export async function beginConnectionConsent(
  { askProvider, random }: { askProvider: AskProvider; random: RandomBytes },
  { _id, org, provider }: Pick<ConnectionRecord, '_id' | 'org' | 'provider'>,
): Promise<{ url: string; expires_at: string; secret: string }> {
  const { authorization, title } = await askProvider(provider, describeProvider, {});
  if (authorization !== 'consent') throw noConsent(title);
  const secret = Buffer.from(random(secretBytes)).toString('base64url');
  const browser = createHash('sha256').update(secret).digest('hex');
  return { ...(await askProvider(provider, beginConsent, { org, connection: _id, browser })), secret };
}

/** The cookie that holds the secret: no script reads it, and it goes to the callback only. */
export function browserCookie(publicUrl: string | undefined) {
  return {
    name: consentCookie,
    httpOnly: true,
    sameSite: 'lax',
    path: '/auth',
    maxAge: cookieMs,
    secure: publicUrl?.startsWith('https:') ?? false,
  } as const;
}

function noConsent(title: string): HubError {
  return new HubError({
    kind: 'rejected',
    code: 'core.connection.no-consent',
    message: `${title} is authorized by the credentials in its settings, not on a page of its own. Save them, then authorize.`,
  });
}
