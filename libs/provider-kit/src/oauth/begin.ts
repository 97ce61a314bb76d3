import { createHash } from 'node:crypto';
import type { Clock, RandomBytes } from '@occ-hub/service';
import type { Clients } from '../connections/clients.ts';
import type { Connection } from '../connections/connection.ts';
import type { VendorSender } from '../http/vendor-sender.ts';
import type { Vault } from '../vault/vault.ts';
import type { OAuthApp } from './app-of.ts';
import type { Consents } from './consents.ts';
import type { PendingStore } from './pending.store.ts';
import { preflight } from './preflight.ts';
import type { States } from './state.ts';

export interface BeginParts {
  readonly consents: Consents;
  readonly clients: Clients;
  readonly pendings: PendingStore;
  readonly states: States;
  readonly vault: Vault;
  readonly sender: Pick<VendorSender, 'send'>;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

/** How long a person may take on the vendor's page. */
const pendingMs = 10 * 60_000;

/** The name under which the verifier of a pending authorization is sealed. */
export function pendingRecord(pending: string): string {
  return `pending/${pending}`;
}

/**
 * Begins an authorization for one browser: gives the vendor's page to open in it. Fails as `rejected` where no settings
 * are saved, or the vendor says at once that it does not know the app or the callback.
 */
export async function beginConsentOf(
  parts: BeginParts,
  connection: Connection,
  browser: string,
): Promise<{ url: string; expires_at: string }> {
  const { consents, clients, pendings, states, vault, clock, random } = parts;
  const { settings } = await clients.open(connection);
  const app = consents.appOf(settings);
  const verifier = consents.declared.pkce(settings) ? base64url(random(32)) : undefined;
  const url = authorizeUrlOf(consents, app, verifier);
  await preflight(consents, parts.sender, url.href);

  const [id, expiresAt] = [base64url(random(18)), clock() + pendingMs];
  await pendings.add({
    _id: id,
    org: connection.org,
    connection: connection._id,
    app: app.key,
    browser,
    verifier: verifier === undefined ? null : await vault.seal(pendingRecord(id), verifier),
    expiresAt: new Date(expiresAt),
  });
  url.searchParams.set('state', await states.sign(id, expiresAt));
  return { url: url.href, expires_at: new Date(expiresAt).toISOString() };
}

function authorizeUrlOf({ declared, callbackUrl }: Consents, app: OAuthApp, verifier: string | undefined): URL {
  const url = new URL(app.server.authorizeUrl);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', app.id);
  url.searchParams.set('redirect_uri', callbackUrl);
  url.searchParams.set('scope', declared.scope);
  if (verifier !== undefined) {
    // RFC 7636, S256.
    url.searchParams.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'));
    url.searchParams.set('code_challenge_method', 'S256');
  }
  return url;
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
